import { expect, test } from 'vitest';
import { allowedRoles } from './allowed-roles.ts';

const rolesOf = (document: string) => [...(allowedRoles(document) ?? [])].sort();

test('a field without a restriction is for everybody', () => {
  expect(allowedRoles('{ __typename }')).toBeNull();
});

test('a field within, and the type of a field, restrict as well', () => {
  expect(rolesOf('{ product(id: "1") { name } }')).toHaveLength(7);
  expect(rolesOf('{ product(id: "1") { ...money } } fragment money on Product { price { minor } cost { minor } }')).toEqual([
    'ADMIN',
    'ANALYST',
    'MANAGER',
  ]);
  expect(rolesOf('{ orders { nodes { id customer { ... on Customer { lastName } } } } }')).not.toContain('ANALYST');
  expect(rolesOf('{ orders { nodes { id customer { id } } } }')).toContain('ANALYST');
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
