import { createMetrics } from '@comptoir/platform/metrics.ts';
import { expect, it } from 'vitest';
import { createOrder } from '../commands/create-order.ts';
import { deleteOrder } from '../commands/delete-order.ts';
import { caller, openStore } from '../testing/orders.ts';
import { readOrderFigures } from './order-figures.ts';
import { createOrderMetrics } from './order-metrics.ts';

it('orders and their mean value are told right by every instance, with many created at once, and after a restart', async () => {
  await using store = await openStore();
  const instance = () => {
    const metrics = createMetrics({ service: 'orders', instanceId: 'test', processMetrics: false });
    createOrderMetrics(metrics, () => readOrderFigures(store.database));
    return async () => (await metrics.registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  };
  const [first, second] = [instance(), instance()];
  expect(await first()).toEqual(['total_orders_created 0']);

  const place = (minor: number, idempotencyKey?: string) =>
    createOrder(store.database, {
      input: { customerId: '7', lines: [{ productId: '5', quantity: 2, unitPriceMinor: minor }] },
      idempotencyKey,
      caller,
    });
  const placed = await Promise.all(Array.from({ length: 12 }, (_, n) => place(500 + n)));
  await place(1_000, 'repeated');
  await place(1_000, 'repeated');
  await expect(place(-1)).rejects.toThrow();
  await deleteOrder(store.database, String(placed[0]?.id), { caller });
  expect(await store.count('order_tally')).toBeLessThanOrEqual(16);
  // 12 orders of 10.00 to 10.22, mean 10.11, and one of 20.00.
  for (const read of [first, first, second, instance()]) {
    const [orders, average] = await read();
    expect(orders).toBe('total_orders_created 13');
    expect(average).toMatch(/^average_order_value{currency="EUR"} /);
    expect(Number(average?.split(' ')[1])).toBeCloseTo((12 * 10.11 + 20) / 13, 9);
  }
});

it('the figures last read stand while the database is away', async () => {
  await using store = await openStore();
  await createOrder(store.database, {
    input: { customerId: '7', lines: [{ productId: '5', quantity: 1, unitPriceMinor: 199 }] },
    caller,
  });
  let away = false;
  const metrics = createMetrics({ service: 'orders', instanceId: 'test', processMetrics: false });
  createOrderMetrics(metrics, async () => {
    if (away) throw new Error('connect ECONNREFUSED');
    return readOrderFigures(store.database);
  });
  const before = await metrics.registry.metrics();
  expect(before).toContain('average_order_value{currency="EUR"} 1.99');
  away = true;
  expect(await metrics.registry.metrics()).toBe(before);
});
