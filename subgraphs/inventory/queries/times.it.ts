import { expect, test } from 'vitest';
import { startGraph } from '../testing/inventory.ts';

test('the times of a product are told to the millisecond', async () => {
  await using graph = await startGraph();
  await graph.database.query(
    `UPDATE product SET created_at = '2026-02-27T10:18:26.123999Z', updated_at = '2026-07-01T00:00:00+02:00' WHERE id = 1`,
  );
  const times = { createdAt: '2026-02-27T10:18:26.123Z', updatedAt: '2026-06-30T22:00:00.000Z' };
  const { data } = await graph.ask(`{
    product(id: "1") { createdAt updatedAt }
    products(filter: { active: null }, first: 100) { nodes { createdAt } }
    _entities(representations: [{ __typename: "Product", id: "1" }]) { ... on Product { createdAt updatedAt } }
  }`);
  expect(data.product).toEqual(times);
  expect(data._entities).toEqual([times]);
  for (const { createdAt } of data.products.nodes) expect(createdAt).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
});
