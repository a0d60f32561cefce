import { expect, test } from 'vitest';
import { fieldRights } from './rights.ts';

const operations = [...fieldRights()].filter(([name]) => /^(Query|Mutation|Subscription)\./.test(name));

test('every operation says who may ask for it', () => {
  const silent = operations.filter(([, { roles, open, hidden }]) => !roles && !open && !hidden).map(([name]) => name);
  expect(silent).toEqual([]);
});

test('no role may do what an administrator may not, and nothing is for nobody', () => {
  for (const [name, { roles }] of fieldRights()) if (roles) expect([name, roles.has('ADMIN')]).toEqual([name, true]);
});

test('what needs no credential, and what only the gateway sees, is this and no more', () => {
  const names = (is: 'open' | 'hidden') => operations.filter(([, right]) => right[is]).map(([name]) => name);
  expect(names('open')).toEqual(['Mutation.login', 'Mutation.loginWithPin', 'Mutation.refresh', 'Mutation.logout']);
  expect(names('hidden')).toEqual(['Query.consumerByApiKey', 'Query.consumerBySession']);
});

test('every argument that names a place is bound to those of the caller', () => {
  const places = (name: string) => fieldRights().get(name)?.places;
  expect(places('Mutation.adjustStock')).toEqual([{ path: 'placeId', change: true, everywhere: false }]);
  expect(places('Mutation.updateProduct')).toEqual([{ path: 'input.totalStock', change: false, everywhere: true }]);
  expect(places('Mutation.startOrderProcessing')).toEqual([{ path: 'input.placeId', change: true, everywhere: false }]);
  expect(places('Subscription.stockChanged')).toEqual([{ path: 'placeId', change: false, everywhere: false }]);
});
