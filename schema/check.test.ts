import { expect, test } from 'vitest';
import { compareApis } from './check.ts';

const api = '"Roots." type Query { "A thing." thing("Which." id: ID!): String }';

test('an API that only grew breaks nobody', () => {
  const grown = '"Roots." type Query { "A thing." thing("Which." id: ID!): String "Another." other: Int }';
  expect(compareApis(api, grown)).toEqual({ faults: [], warnings: [] });
});

test('a removed field is a fault that names the field', () => {
  const shrunk = '"Roots." type Query { "Another." other("Which." id: ID): Int }';
  expect(compareApis(api, shrunk).faults).toEqual(['FIELD_REMOVED: Query.thing was removed.']);
});

test('an argument that became required is a fault', () => {
  const stricter = '"Roots." type Query { "A thing." thing("Which." id: ID!, "When." at: Int!): String }';
  expect(compareApis(api, stricter).faults).toEqual(['REQUIRED_ARG_ADDED: A required arg at on Query.thing was added.']);
});

test('a field, an argument or a type without a description is a fault', () => {
  const silent = '"Roots." type Query { "A thing." thing(id: ID!): String other: Silent } type Silent { x: Int }';
  expect(compareApis(api, silent).faults).toEqual([
    'NOT_DESCRIBED: Query.thing(id) has no description',
    'NOT_DESCRIBED: Query.other has no description',
    'NOT_DESCRIBED: Silent has no description',
    'NOT_DESCRIBED: Silent.x has no description',
  ]);
});
