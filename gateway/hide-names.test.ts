import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { withoutForeignNames } from './hide-names.ts';

const schema = buildSchema(`
  enum Colour { CRIMSON AZURE }
  input Filter { colour: Colour shade: Int! }
  interface Node { key: ID }
  type Product implements Node { key: ID colour: Colour }
  type Query { product(filter: Filter, identity: ID!): Product node: Node }
`);
const messages = (query: string) => validate(schema, parse(query)).map((error) => withoutForeignNames(error.message, error));

test.each([
  ['{ produkt }', 'Cannot query field "produkt" on type "Query".'],
  ['{ product }', 'Field "product" of type "…" must have a selection of subfields.'],
  ['{ product(identitie: 1) { key } }', 'Unknown argument "identitie" on field "Query.product".'],
  ['{ product { key } }', 'Field "product" argument "…" of type "ID!" is required, but it was not provided.'],
  ['{ node { colour } }', 'Cannot query field "colour" on type "…".'],
  ['{ product(identity: 1, filter: { colour: CRIMSEN, shade: 1 }) { key } }', 'Value "CRIMSEN" does not exist in "…" enum.'],
  ['{ product(identity: 1, filter: { colur: AZURE, shade: 1 }) { key } }', 'Field "colur" is not defined by type "…".'],
  ['{ product(identity: 1, filter: { colour: AZURE }) { key } }', 'Field "…" of required type "Int!" was not provided.'],
  ['{ product(identity: 1) { ... on Prodct { key } } }', 'Unknown type "Prodct".'],
])('%s: %s', (query, message) => {
  expect(messages(query)).toContain(message);
});

test('what the client wrote itself it is told', () => {
  expect(messages('query Product { product(identity: 1) { a: key a: colour } }')[0]).toContain('"key" and "colour" are different fields');
});

test('an error without a text tells no name', () => {
  expect(withoutForeignNames('Field "secret" of "Vault".', new Error())).toBe('Field "…" of "…".');
});
