import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { buildSupergraph } from '../supergraph/supergraph.ts';
import { cacheRulesOf } from './rules.ts';

const supergraph = buildSupergraph(readFileSync(new URL('../../schema/generated/supergraph.graphql', import.meta.url), 'utf8'));
const rules = cacheRulesOf(supergraph);

function operationOf(text: string) {
  const document = parse(text);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no operation');
  return { document, operation };
}
function keeping(text: string, variables: Record<string, unknown> = {}) {
  const { document, operation } = operationOf(text);
  return rules.keeping(document, operation, variables);
}
function removed(text: string, variables: Record<string, unknown> = {}) {
  const { document, operation } = operationOf(text);
  return rules.removedBy(document, operation, variables);
}

test('a product is kept ten minutes under its id, a list five minutes under all products; both under their subgraph', () => {
  expect(keeping('query ($id: ID!) { product(id: $id) { id name } }', { id: '5' })).toEqual({
    ttlMs: 600_000,
    tags: ['inventory', 'product:5'],
  });
  expect(keeping('{ product(id: 5) { id } }')?.tags).toEqual(['inventory', 'product:5']);
  expect(keeping('{ products { nodes { id price { minor } } pageInfo { endCursor } totalCount } }')).toEqual({
    ttlMs: 300_000,
    tags: ['inventory', 'product:*'],
  });
});

test('a product that is asked for in another way than by a plain id may be any', () => {
  for (const asked of ['sku: "A"', 'id: "05"', 'id: $id', 'barcode: $code'])
    expect(keeping(`query ($id: ID, $code: String) { product(${asked}) { name } }`)?.tags).toEqual(['inventory', 'product:*']);
});

test('of several fields the shortest time holds, and the tags of all, through fragments and aliases', () => {
  expect(
    keeping('{ a: product(id: 5) { ...f } b: product(id: 6) { ...f } } fragment f on Product { name category { productCount } }'),
  ).toEqual({
    ttlMs: 300_000,
    tags: ['inventory', 'product:*', 'product:5', 'product:6'],
  });
  expect(keeping('{ ... { product(id: 5) { name } } __typename }')?.tags).toEqual(['inventory', 'product:5']);
});

test.each([
  ['a field that does not say so', '{ stock { nodes { onHand } } }'],
  ['one of which only a part says so', '{ product(id: 5) { name } stats { sentTasks } }'],
  ['what is the asker’s own', '{ me { __typename } }'],
  ['introspection', '{ __schema { queryType { name } } }'],
  ['introspection beside a product', '{ product(id: 5) { name } __type(name: "Product") { name } }'],
  ['nothing', '{ __typename }'],
  ['a mutation', 'mutation { archiveProduct(id: 5) { __typename } }'],
  ['a subscription', 'subscription { stockChanged { onHand } }'],
])('%s is not kept', (_, text) => {
  expect(keeping(text)).toBeNull();
});

test('a mutation removes what it says it changes, or all its subgraph has; of subgraphs of which nothing is kept, nothing', () => {
  expect(removed('mutation ($id: ID!) { updateProduct(id: $id, input: {}) { __typename } }', { id: '5' })).toEqual([
    'product:5',
    'product:*',
  ]);
  expect(removed('mutation { countStock(productId: 7, placeId: 1, quantity: 3) { __typename } }')).toEqual(['product:7', 'product:*']);
  expect(removed('mutation ($input: CreateProductInput!) { createProduct(input: $input) { __typename } }')).toEqual(['product:*']);
  expect(removed('mutation { updateProduct(id: "05", input: {}) { __typename } }')).toEqual(['inventory']);
  expect(removed('mutation { updateCategory(id: 1, input: {}) { __typename } }')).toEqual(['inventory']);
  expect(removed('mutation { clearStats { __typename } }')).toEqual([]);
  expect(removed('mutation { ...f } fragment f on Mutation { archiveProduct(id: 5) { __typename } }')).toEqual(['product:5', 'product:*']);
});
