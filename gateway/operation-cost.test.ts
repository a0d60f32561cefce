import { buildSchema, getOperationAST, parse } from 'graphql';
import { expect, test } from 'vitest';
import { operationCost } from './operation-cost.ts';

const schema = buildSchema(`
  type Query { thing: Thing things(first: Int = 20): Page tags: [Thing] limited(limit: Int): [Thing] name: String }
  type Page { nodes: [Thing] total: Int info: Info }
  type Info { more: Boolean }
  type Thing { id: ID things(first: Int = 20): Page parts: [Thing] codes: [String] }
  type Mutation { change: Thing }
`);

const cost = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  return operationCost({ schema, document, operation: getOperationAST(document)!, variables });
};

test.each([
  ['{ name }', 0],
  ['{ thing { id codes } }', 1],
  ['{ things { nodes { id } total info { more } } }', 1 + 20 + 1],
  ['{ things(first: 3) { nodes { parts { id } } } }', 1 + 3 * (1 + 5)],
  ['{ tags { id } }', 5],
  ['{ limited(limit: 7) { id } }', 7],
  ['{ limited { id } }', 50],
  ['{ things(first: 10) { nodes { things(first: 10) { nodes { id } } } } }', 1 + 10 * (1 + 1 + 10)],
  ['mutation { change { id } again: change { id } }', 2 * 11],
  ['{ thing { __typename } __typename __schema { types { name } } }', 1],
  ['{ nonsense { nodes { id } } }', 0],
])('%s costs %i', (query, expected) => {
  expect(cost(query)).toBe(expected);
});

test('the values of variables count, else their defaults, else those of the schema', () => {
  const query = 'query ($n: Int = 4) { things(first: $n) { nodes { id } } }';
  expect(cost(query, { n: 1_000_000 })).toBe(1_000_001);
  expect(cost(query)).toBe(5);
  expect(cost(query, { n: null })).toBe(21);
  expect(cost('query ($n: Int) { things(first: $n) { nodes { id } } }', { n: -5 })).toBe(51);
});

test('what a condition leaves out costs nothing', () => {
  const query = 'query ($all: Boolean!) { thing @skip(if: $all) { id } tags @include(if: $all) { id } name @skip(if: true) }';
  expect(cost(query, { all: true })).toBe(5);
  expect(cost(query, { all: false })).toBe(1);
});

test('fragments cost where they are spread, without being expanded', () => {
  expect(
    cost('{ ...A ... on Query { thing { id } } } fragment A on Query { things(first: 2) { ...P } } fragment P on Page { nodes { id } }'),
  ).toBe(4);
  const doubling = Array.from({ length: 80 }, (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`).join(' ');
  expect(cost(`{ ...F0 } ${doubling} fragment F80 on Query { thing { id } }`)).toBe(Number.MAX_SAFE_INTEGER);
  expect(cost('{ ...F } fragment F on Query { thing { id } ...F }')).toBe(1);
});
