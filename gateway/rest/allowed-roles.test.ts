import { expect, test } from 'vitest';
import { allowedRoles } from './allowed-roles.ts';

const rolesOf = (document: string) => [...(allowedRoles(document) ?? [])].sort();

test('a field without a restriction is for everybody', () => {
  expect(allowedRoles('{ stats { sentTasks } }')).toBeNull();
});

test('of several restricted fields a role of each is needed', () => {
  expect(rolesOf('mutation { shipOrder(id: "1") { __typename } cancelOrder(id: "1") { __typename } }')).toEqual([
    'ADMIN',
    'INTEGRATION',
    'MANAGER',
  ]);
});

test('of fields that are asked for only sometimes any of their roles may do', () => {
  const document =
    'mutation ($a: Boolean!, $b: Boolean!) { shipOrder(id: "1") @include(if: $a) { __typename } cancelOrder(id: "1") @include(if: $b) { __typename } }';
  expect(rolesOf(document)).toEqual(['ADMIN', 'CLERK', 'INTEGRATION', 'MANAGER', 'WAREHOUSE']);
});
