import { expect, test } from 'vitest';
import { actionGroups } from './actions.ts';
import { entryAddress } from './entry-address.ts';
import { readValue } from './read-value.ts';
import { belongs } from './use-journal-filter.ts';

const entry = {
  id: '7',
  at: '2026-11-29T10:00:00.000Z',
  actorId: 'staff:2',
  actorName: 'Gisèle Exemple',
  action: 'session.refused',
  entityType: 'staff',
  entityId: '2',
  entityName: 'Gisèle Exemple',
  changes: [],
};

test.each([
  [{}, true],
  [{ actorId: 'staff:2' }, true],
  [{ actorId: 'staff:3' }, false],
  [{ action: 'session.' }, true],
  [{ action: 'session.refused' }, true],
  [{ action: 'session.started' }, false],
  [{ entityType: 'staff', entityId: '3' }, false],
  [{ since: '2026-11-29T10:00:00.000Z', until: '2026-11-29T10:00:00.001Z' }, true],
  [{ since: '2026-11-29T10:00:00.001Z' }, false],
  [{ until: '2026-11-29T10:00:00.000Z' }, false],
])('an entry that has just come is listed as the server would list it: %j', (filter, listed) => {
  expect(belongs(filter, entry)).toBe(listed);
});

test('an action that this page does not know can be chosen all the same', () => {
  expect(actionGroups('product', 'product.merged').at(-1)).toEqual({ kind: 'product', actions: ['product.merged'] });
  expect(actionGroups('role', '').map(({ kind }) => kind)).toEqual(['role']);
});

test.each([
  [null, { kind: 'nothing' }],
  ['null', { kind: 'nothing' }],
  ['""', { kind: 'nothing' }],
  ['[]', { kind: 'nothing' }],
  ['true', { kind: 'truth', value: true }],
  ['"2026-11-29T10:00:00.000Z"', { kind: 'moment', at: '2026-11-29T10:00:00.000Z' }],
  ['"Lille"', { kind: 'plain', text: 'Lille' }],
  ['12.5', { kind: 'plain', text: '12.5' }],
  ['["CLERK","ADMIN"]', { kind: 'list', texts: ['CLERK', 'ADMIN'] }],
  ['{"a":1}', { kind: 'deep', text: '{\n  "a": 1\n}' }],
  ['{"a":"cut sho…', { kind: 'deep', text: '{"a":"cut sho…' }],
])('the value %s is read', (json, read) => {
  expect(readValue(json)).toEqual(read);
});

test('an entry is found again by its moment', () => {
  expect(entryAddress(entry)).toBe('/app/comptes/journal/7?le=2026-11-29T10%3A00%3A00.000Z');
});
