import { setTimeout as delay } from 'node:timers/promises';
import type { TestBroker } from '@comptoir/platform/testing/broker.ts';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { createRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { hasRabbit, startPrivateRabbit } from './private-rabbit.ts';
import { size } from './size.ts';
import { type Stack, startStack } from './stack.ts';

/** Every queue with what is in it, bindings too; the connections are closed. */
async function loseEverything({ management, vhost }: TestBroker): Promise<void> {
  await management.deleteVhost(vhost);
  await management.createVhost(vhost);
}

/** Until everything that was told is at the broker and nowhere else. */
const told = (stack: Stack, service: 'sagas' | 'inventory' | 'orders' | 'customers') =>
  until(
    async () => (await stack.sql(service, 'SELECT FROM outbox WHERE sent_at IS NULL')).length === 0,
    20_000,
    () => `${service} still has something to send. ${stack.trail}`,
  );

const answerOf = async (stack: Stack, part: string, mutation: string, id: number | string) => {
  const { data, errors } = await stack.graph(part, `mutation ($id: ID!) { outcome: ${mutation}(id: $id) { __typename } }`, {
    id: String(id),
  });
  return errors ? JSON.stringify(errors) : data.outcome.__typename;
};

test('events that only the broker held when it lost its data are told again: sold goods are booked, a deleted customer is known, a promised saga starts (F4)', {
  timeout: 180_000,
}, async () => {
  await using stack = await startStack({ timeScale: 1 });
  const [leaver] = await stack.addCustomers(1);
  const early = await stack.startOrder();
  await stack.startOrder({ customerId: leaver });
  await stack.settle(60_000);

  // Paid slowly, so that inventory is gone when they end well: it does not hear that its goods are sold.
  const slow = await Promise.all(
    Array.from({ length: 10 }, () => stack.startOrder({ paymentMethod: 'tok_0000000000000000000000008_0077' })),
  );
  const reserved = () => stack.sql('inventory', `SELECT FROM reservation WHERE state = 'HELD' AND saga_id = ANY($1)`, [slow]);
  await until(
    async () => (await reserved()).length === slow.length,
    30_000,
    () => `not reserved in time. ${stack.trail}`,
  );
  // Else a reply may die with it, for which its saga would wait.
  await told(stack, 'inventory');
  await stack.kill('inventory');
  await Promise.all(
    slow.map((id) =>
      until(
        async () => (await stack.stateOf(id)) === 'COMPLETED',
        60_000,
        () => `${id} is not completed. ${stack.trail}`,
      ),
    ),
  );
  expect((await reserved()).length).toBe(slow.length);
  // Accepted, and asked of an inventory that is not there.
  for (let n = 0; n < 5; n++) await stack.startOrder();
  await told(stack, 'sagas');
  await stack.kill('sagas_1');
  await stack.kill('sagas_2');
  // Nobody is there to start the saga of a cancellation, nor to hear that a customer is gone.
  const [order] = await stack.sql<{ id: number }>('orders', 'SELECT id FROM customer_order WHERE saga_id = $1', [early]);
  expect(await answerOf(stack, 'orders', 'cancelOrder', order?.id ?? 0)).toBe('OrderChanged');
  await told(stack, 'orders');
  await stack.kill('orders');
  expect(await answerOf(stack, 'customers', 'deleteCustomer', leaver ?? '')).toBe('CustomerDeleted');
  await told(stack, 'customers');

  await loseEverything(stack.broker as TestBroker);
  await Promise.all(['inventory', 'orders', 'sagas_1', 'sagas_2'].map((part) => stack.start(part)));
  await stack.settle(90_000);
  const states = await stack.sql('sagas', 'SELECT definition, state, count(*)::int AS count FROM saga GROUP BY 1, 2 ORDER BY 1');
  expect(states).toEqual([
    { definition: 'order-cancellation', state: 'COMPLETED', count: 1 },
    { definition: 'order-processing', state: 'COMPLETED', count: 17 },
  ]);
  expect(await stack.sql('orders', 'SELECT id FROM customer WHERE deleted_at IS NOT NULL')).toEqual([{ id: Number(leaver) }]);
  expect(await findViolations(stack)).toEqual([]);
});

test('a broker that loses its data again and again while orders come in: each is carried out once (F4)', { timeout: 600_000 }, async () => {
  const rounds = size({ small: 2, large: 8 });
  const random = createRandom();
  await using stack = await startStack({ timeScale: 1 });
  await stack.startOrder();
  for (let round = 0; round < rounds; round++) {
    const orders = Promise.all(Array.from({ length: size({ small: 30, large: 150 }) }, () => stack.startOrder()));
    await delay(random.between(50, 1_500));
    await loseEverything(stack.broker as TestBroker);
    await orders;
  }
  await stack.settle(120_000);
  expect(await stack.sql('sagas', 'SELECT DISTINCT state FROM saga')).toEqual([{ state: 'COMPLETED' }]);
  expect(await findViolations(stack)).toEqual([]);
});

test.runIf(hasRabbit && size({ small: false, large: true }))(
  'RabbitMQ killed, its data folder deleted, and started empty while orders come in: each is carried out once (F4)',
  { timeout: 600_000 },
  async () => {
    const random = createRandom();
    await using rabbit = await startPrivateRabbit();
    await using stack = await startStack({ timeScale: 1, broker: rabbit });
    await stack.startOrder();
    for (let round = 0; round < 3; round++) {
      const orders = Promise.all(Array.from({ length: 60 }, () => stack.startOrder()));
      await delay(random.between(50, 1_500));
      await rabbit.end('SIGKILL');
      rabbit.wipe();
      await orders;
      await rabbit.start();
    }
    await stack.settle(180_000);
    expect(await stack.sql('sagas', 'SELECT DISTINCT state FROM saga')).toEqual([{ state: 'COMPLETED' }]);
    expect(await findViolations(stack)).toEqual([]);
  },
);
