import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraph } from '../testing/inventory.ts';

let graph: Awaited<ReturnType<typeof startGraph>>;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const everything = `
  nodes {
    id sku name price { amount currency } cost { minor } taxPpm available active
    category { id name parent { name } children { name } productCount }
    supplier { id name leadTimeDays }
    stock { onHand allocated available low place { name kind } product { id name } }
  }
  pageInfo { hasNextPage endCursor }`;

describe('the number of SQL statements', () => {
  it.each([
    ['products', (first: number) => `{ products(first: ${first}) { ${everything} totalCount } }`],
    [
      'a search',
      (first: number) =>
        `{ products(filter: { search: "a", active: null, inStock: true, categoryId: "1" }, first: ${first}) { ${everything} } }`,
    ],
    [
      'stock',
      (first: number) =>
        `{ stock(first: ${first}) { nodes { onHand product { name category { name } supplier { name } } place { town } } } }`,
    ],
    [
      'the ledger',
      (first: number) => `{ stockMovements(first: ${first}) { nodes { kind onHandChange product { name } place { name } } } }`,
    ],
    [
      'references',
      (first: number) =>
        `{ _entities(representations: [${Array.from({ length: first }, (_, index) => `{ __typename: "Product", id: "${index + 1}" }`).join()}]) { ... on Product { name stock { place { name } onHand } } } }`,
    ],
  ])('of %s is the same for 10 and for 100', async (_what, document) => {
    const few = await graph.statementsOf(document(10));
    expect(await graph.statementsOf(document(100))).toBe(few);
    expect(few).toBeLessThanOrEqual(8);
  });

  it.each([
    ['products with their count and what is available of them', '{ products(first: 20) { nodes { id name available } totalCount } }'],
    ['a product and what is available of it', '{ product(id: "1") { id name available } }'],
    [
      'references and what is available of them',
      '{ _entities(representations: [{ __typename: "Product", id: "1" }, { __typename: "Product", id: "2" }]) { ... on Product { name available } } }',
    ],
    ['stock with its count', '{ stock(first: 20) { nodes { onHand product { id } place { name kind town } } totalCount } }'],
    ['the ledger with its count', '{ stockMovements(first: 20) { nodes { kind } totalCount } }'],
  ])('of %s is one', async (_what, document) => {
    expect(await graph.statementsOf(document)).toBe(1);
  });
});
