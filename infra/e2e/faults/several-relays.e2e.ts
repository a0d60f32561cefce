import { setTimeout as delay } from 'node:timers/promises';
import { eventsExchange } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { createRandom } from './chaos.ts';
import type { ServiceName } from './databases.ts';
import { findViolations } from './invariants.ts';
import { startOrders } from './orders-to-be.ts';
import { size } from './size.ts';
import { type Stack, startStack } from './stack.ts';

const parts = ['payment-provider', 'customers', 'inventory_1', 'inventory_2', 'orders_1', 'orders_2', 'sagas_1', 'sagas_2'];
const { orders, changes } = size({ small: { orders: 20, changes: 400 }, large: { orders: 2_000, changes: 75_000 } });
const services: readonly ServiceName[] = ['inventory', 'orders', 'sagas'];
const lanes = 20;

/** Changes of the stock of a few products from many sides: an event each, many of one thing. */
async function changeStock(stack: Stack, count: number): Promise<void> {
  const products = await Promise.all(Array.from({ length: 4 }, () => stack.addProduct({ stock: 1_000 })));
  let left = count;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      while (left-- > 0) await stack.stockUp(products[lane % products.length] as string, 1);
    }),
  );
}

/** The lead of every relay is lost now and then, so that it goes from instance to instance. */
async function unseatRelays(stack: Stack, signal: AbortSignal): Promise<number> {
  const random = createRandom();
  let unseated = 0;
  while (!signal.aborted) {
    await delay(random.between(300, 1_500));
    const ended = await stack.sql(
      random.pick(services),
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '% relay'`,
    );
    unseated += ended.length;
  }
  return unseated;
}

test('two instances of everything, and relays that take over from each other: no saga moves twice, and the events of each thing go out in their order (F24)', {
  timeout: 1_800_000,
}, async () => {
  await using stack = await startStack({ parts, timeScale: 2 });
  const broker = stack.broker as NonNullable<typeof stack.broker>;
  const channel = await broker.channel();
  await channel.assertExchange(eventsExchange, 'topic', { durable: true });
  await channel.assertQueue('everything', { durable: true });
  await channel.bindQueue('everything', eventsExchange, '#');
  /** In the order in which they first came: a relay that takes over sends again what it cannot know to be sent. */
  const told = new Set<string>();
  await channel.consume('everything', (message) => message && told.add(message.properties.messageId), { noAck: true });

  const over = new AbortController();
  const unseating = unseatRelays(stack, over.signal);
  try {
    await Promise.all([startOrders(stack, orders), changeStock(stack, changes)]);
    await stack.settle(180_000);
  } finally {
    over.abort();
  }
  const unseated = await unseating;
  await stack.settle(60_000);

  const written = new Map<string, { aggregate: string; position: bigint }>();
  for (const service of services) {
    const rows = await stack.sql<{ message_id: string; aggregate: string; position: string }>(
      service,
      `SELECT message_id, concat_ws('/', $2::text, aggregate_type, aggregate_id) AS aggregate, position FROM outbox WHERE exchange = $1`,
      [eventsExchange, service],
    );
    for (const { message_id, aggregate, position } of rows) written.set(message_id, { aggregate, position: BigInt(position) });
  }
  await until(
    async () => [...written.keys()].every((id) => told.has(id)),
    60_000,
    () => `${[...written.keys()].filter((id) => !told.has(id)).length} events were never told. ${stack.trail}`,
  );
  const last = new Map<string, bigint>();
  const wrong: string[] = [];
  for (const id of told) {
    const event = written.get(id);
    if (!event) continue;
    if (event.position < (last.get(event.aggregate) ?? 0n))
      wrong.push(`${event.aggregate}: ${event.position} after ${last.get(event.aggregate)}`);
    last.set(event.aggregate, event.position);
  }
  expect(wrong, stack.trail).toEqual([]);
  expect(written.size).toBeGreaterThan(changes);
  expect(unseated, stack.trail).toBeGreaterThan(0);
  expect(await findViolations(stack)).toEqual([]);
  console.log(`${written.size} events, ${unseated} relays unseated. ${stack.trail}`);
});
