import { expect, test } from 'vitest';
import { rightsOf, shareKey } from './keys.ts';

test('equal values have equal keys whatever the order of their fields, and other values have others', () => {
  expect(shareKey([{ a: 1, b: { c: [1, 2], d: null } }])).toBe(shareKey([{ b: { d: null, c: [1, 2] }, a: 1 }]));
  expect(shareKey([{ a: [1, 2] }])).not.toBe(shareKey([{ a: [2, 1] }]));
  expect(shareKey(['a', 'b'])).not.toBe(shareKey(['ab']));
});

test('keys are of bounded length', () => {
  expect(shareKey(['x'.repeat(100_000)]).length).toBeLessThanOrEqual(256);
});

test('rights are the roles and stores in any order and number; with scope consumer, of one consumer', () => {
  const caller = { consumerId: '1', name: 'one', roles: ['CLERK', 'ADMIN', 'CLERK'] as const, stores: ['2', '1', '2'] };
  const other = { consumerId: '2', name: 'two', roles: ['ADMIN', 'CLERK'] as const, stores: ['1', '2'] };
  expect(rightsOf(caller, 'roles')).toEqual(rightsOf(other, 'roles'));
  expect(rightsOf(caller, 'roles').principal.consumerId).not.toBe('1');
  expect(rightsOf(caller, 'roles').key).not.toBe(rightsOf({ ...caller, roles: ['ADMIN'] }, 'roles').key);
  expect(rightsOf(caller, 'consumer').key).not.toBe(rightsOf(other, 'consumer').key);
  expect(rightsOf(caller, 'consumer').principal).toEqual({
    consumerId: '1',
    name: 'one',
    roles: ['ADMIN', 'CLERK'],
    stores: ['1', '2'],
  });
  for (const stores of [null, [], ['1'], ['1', '2', '3']])
    expect(rightsOf({ ...caller, stores }, 'roles').key, JSON.stringify(stores)).not.toBe(rightsOf(caller, 'roles').key);
});
