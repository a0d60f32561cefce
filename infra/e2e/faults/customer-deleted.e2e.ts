import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { createRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const rounds = size({ small: 40, large: 1_000 });
const lanes = 5;
/** About as long as it takes from the acceptance of an order to its creation. */
const apartMs = 400;

test('a customer is deleted while an order for it is created, now the one first, now the other: no live order of a deleted customer is unmarked (F19)', {
  timeout: 900_000,
}, async () => {
  await using stack = await startStack({ timeScale: 2 });
  const productId = await stack.addProduct({ stock: 100_000 });
  const customers = await stack.addCustomers(rounds);
  const random = createRandom();

  async function remove(id: string): Promise<void> {
    const { data, errors } = await stack.graph('customers', 'mutation ($id: ID!) { deleteCustomer(id: $id) { __typename } }', { id });
    expect(errors).toBeUndefined();
    expect(data.deleteCustomer.__typename).toBe('CustomerDeleted');
  }
  /** Now as a client orders, by a saga, now as a clerk does, at once. */
  async function order(customerId: string, bySaga: boolean): Promise<void> {
    const lines = [{ productId, quantity: 1 }];
    if (bySaga) return void (await stack.startOrder({ customerId, lines }));
    const input = { customerId, lines: [{ productId, quantity: 1, unitPriceMinor: 1_250 }], shippingAddress: 'Lyon' };
    const { errors } = await stack.graph('orders', 'mutation ($input: CreateOrderInput!) { createOrder(input: $input) { __typename } }', {
      input,
    });
    // Refused where the deletion has been heard of.
    expect(errors?.filter(({ message }) => !message.endsWith('was deleted')) ?? []).toEqual([]);
  }

  const open = customers.map((id, index) => ({ id, bySaga: index % 2 === 0, apartMs: random.between(-apartMs, apartMs) }));
  const race = async () => {
    for (let next = open.pop(); next; next = open.pop()) {
      const { id, bySaga, apartMs: ahead } = next;
      await Promise.all([
        delay(Math.max(0, -ahead)).then(() => order(id, bySaga)),
        delay(Math.max(0, bySaga ? ahead : ahead / 8)).then(() => remove(id)),
      ]);
    }
  };
  await Promise.all(Array.from({ length: lanes }, race));
  await until(
    async () => {
      const buried = await stack.sql('orders', 'SELECT FROM customer WHERE deleted_at IS NOT NULL AND id = ANY($1::int[])', [customers]);
      return buried.length === rounds;
    },
    60_000,
    () => `orders has not heard of every deletion. ${stack.trail}`,
  );
  await stack.settle(120_000);

  const orders = await stack.sql<{ id: number; status: string; customer_deleted: boolean }>(
    'orders',
    'SELECT id, status, customer_deleted FROM customer_order WHERE customer_id = ANY($1::int[]) AND deleted_at IS NULL',
    [customers],
  );
  expect(orders.filter(({ status, customer_deleted }) => status !== 'CANCELLED' && !customer_deleted)).toEqual([]);
  // Both have come first.
  expect(orders.length, stack.trail).toBeGreaterThan(0);
  expect(orders.length, stack.trail).toBeLessThan(rounds);
  expect(await findViolations(stack)).toEqual([]);
});
