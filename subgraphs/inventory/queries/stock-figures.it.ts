import { createMetrics } from '@comptoir/platform/metrics.ts';
import { expect, it } from 'vitest';
import { restock, sellReserved } from '../commands/end-reservations.ts';
import { reserveStock } from '../commands/reserve-stock.ts';
import { openStore } from '../testing/inventory.ts';
import { readStockFigures } from './stock-figures.ts';
import { createStockMetrics } from './stock-metrics.ts';

it('what was sold and what is low are told right by every instance, with many sold at once, and after a restart', async () => {
  await using store = await openStore();
  const { database } = store;
  const instance = () => {
    const metrics = createMetrics({ service: 'inventory', instanceId: 'test', processMetrics: false });
    createStockMetrics(metrics, () => readStockFigures(database));
    return async () => (await metrics.registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  };
  const [first, second] = [instance(), instance()];
  const [product, other] = [await store.addProduct({ stock: 64, threshold: 40 }), await store.addProduct({ stock: 5, threshold: 5 })];
  expect(await first()).toEqual(['total_products_sold 0', 'inventory_low_stock_alerts 0']);

  const lines: [{ product_id: number; quantity: number }] = [{ product_id: product, quantity: 3 }];
  const sell = async (saga: string) => {
    await database.transaction((em) => reserveStock(em, [{ sagaId: saga, lines }], { expiryMs: 60_000 }));
    await sellReserved(database, [saga]);
    await sellReserved(database, [saga]);
  };
  await Promise.all(Array.from({ length: 8 }, (_, n) => sell(`saga-${n}`)));
  await database.transaction((em) =>
    reserveStock(em, [{ sagaId: 'held', lines: [{ product_id: other, quantity: 1 }] }], { expiryMs: 60_000 }),
  );
  expect(await first()).toEqual(['total_products_sold 24', 'inventory_low_stock_alerts 1']);
  await database.transaction((em) => restock(em, ['saga-1']));
  await sell('another');
  await sell('one more');
  const told = ['total_products_sold 30', 'inventory_low_stock_alerts 2'];
  expect([await first(), await first(), await second(), await instance()()]).toEqual([told, told, told, told]);
  await database.query('UPDATE product SET active = false WHERE id = $1', [other]);
  expect(await first()).toEqual(['total_products_sold 30', 'inventory_low_stock_alerts 1']);
});

it('what is low is counted without reading every level', async () => {
  await using store = await openStore();
  const { database } = store;
  await database.query(
    `INSERT INTO product (sku, name, price_minor, tax_ppm, alert_threshold) SELECT 'S-' || n, 'Café ' || n, 100, 0, 5 FROM generate_series(1, 10000) AS n`,
  );
  await database.query(
    `INSERT INTO stock_level (product_id, place_id, on_hand, threshold) SELECT p.id, place.id, CASE p.id % 1000 WHEN 0 THEN 0 ELSE 9 END, 5 FROM product p, place`,
  );
  await database.query('ANALYZE');
  expect((await readStockFigures(database)).low).toBe(30);
  const plan = await database.query<{ 'QUERY PLAN': string }>(
    'EXPLAIN SELECT count(*) FROM stock_level l JOIN product p ON p.id = l.product_id WHERE l.low AND p.active',
  );
  const text = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toContain('stock_level_low');
  expect(text).not.toContain('Seq Scan');
});
