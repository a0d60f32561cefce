/**
 * The floor, as a process: the same commits, confirmed publications and acknowledged deliveries as a saga of ours has, by hand with pg and amqplib. No engine: no
 * outbox, no inbox, no timers; a crash loses or doubles what is under way.
 */
import { randomUUID } from 'node:crypto';
import { type Channel, type ConfirmChannel, connect } from 'amqplib';
import { Pool } from 'pg';
import { openDoor } from './door.ts';
import * as shop from './shop.ts';

const { BENCH_RUNS_URL: runsUrl, BENCH_INVENTORY_URL: inventoryUrl, BENCH_ORDERS_URL: ordersUrl } = process.env;
const { BENCH_AMQP_URL: amqpUrl = '', BENCH_PROVIDER_URL: providerUrl = '' } = process.env;
const connections = 10;
/** As the services have it. */
const prefetch = 20;
const events = 'bench_events';
const queues = {
  inventory: 'bench.inventory.commands',
  orders: 'bench.orders.commands',
  payments: 'bench.payments.commands',
  replies: 'bench.replies',
  sales: 'bench.sales',
};
const quorum = { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 } };

/** What a run knows; stored with it, and carried by its messages. */
interface Run {
  readonly id: string;
  readonly order: shop.Order;
  readonly lines: readonly shop.PricedLine[];
  readonly payment: shop.Payment;
}
type StepName = 'CHECK_STOCK' | 'RESERVE_STOCK' | 'CREATE_ORDER' | 'PROCESS_PAYMENT' | 'CONFIRM_ORDER';
interface Message {
  readonly step: StepName;
  readonly run: Run;
}

const steps: readonly { readonly name: StepName; readonly queue: string }[] = [
  { name: 'CHECK_STOCK', queue: queues.inventory },
  { name: 'RESERVE_STOCK', queue: queues.inventory },
  { name: 'CREATE_ORDER', queue: queues.orders },
  { name: 'PROCESS_PAYMENT', queue: queues.payments },
  { name: 'CONFIRM_ORDER', queue: queues.orders },
];

/** A service's pool and its two connections to the broker, as ours have them. */
async function openService(url: string | undefined) {
  const pool = new Pool({ connectionString: url, max: connections });
  const publisher: ConfirmChannel = await (await connect(amqpUrl, { noDelay: true })).createConfirmChannel();
  const consumers = await connect(amqpUrl, { noDelay: true });
  await publisher.assertExchange(events, 'topic', { durable: true });
  for (const queue of Object.values(queues)) await publisher.assertQueue(queue, quorum);
  await publisher.bindQueue(queues.sales, events, 'run.completed');

  return {
    async transaction<T>(work: (query: shop.Query) => Promise<T>): Promise<T> {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(async (sql, parameters) => (await client.query(sql, [...parameters])).rows);
        await client.query('COMMIT');
        return result;
      } finally {
        client.release();
      }
    },
    publish: (exchange: string, routingKey: string, message: object) =>
      new Promise<void>((resolve, reject) => {
        const content = Buffer.from(JSON.stringify(message));
        const options = { persistent: true, mandatory: exchange === '', contentType: 'application/json', messageId: randomUUID() };
        publisher.publish(exchange, routingKey, content, options, (error) => (error ? reject(error) : resolve()));
      }),
    async consume(queue: string, handle: (message: Message) => Promise<void>): Promise<void> {
      const channel: Channel = await consumers.createChannel();
      await channel.prefetch(prefetch);
      await channel.consume(queue, (message) => {
        if (!message) return;
        handle(JSON.parse(message.content.toString()) as Message).then(() => channel.ack(message), fatal);
      });
    },
  };
}

function fatal(error: unknown): void {
  console.error(error);
  process.exit(1);
}

const orchestrator = await openService(runsUrl);
const inventory = await openService(inventoryUrl);
const orders = await openService(ordersUrl);
const completions = new Map<string, () => void>();

const reply = async (service: typeof orders, message: Message, told: readonly string[] = []) => {
  await Promise.all([
    service.publish('', queues.replies, message),
    ...told.map((event) => service.publish(events, event, { id: message.run.id })),
  ]);
};

await inventory.consume(queues.inventory, async ({ step, run }) => {
  if (step === 'CHECK_STOCK') {
    const lines = await inventory.transaction((query) => shop.checkStock(query, run.order));
    await reply(inventory, { step, run: { ...run, lines } });
  } else {
    await inventory.transaction((query) => shop.reserveStock(query, run.id, run.lines));
    await reply(inventory, { step, run }, ['stock.changed', 'stock.changed']);
  }
});
await orders.consume(queues.orders, async ({ step, run }) => {
  if (step === 'CREATE_ORDER') {
    const payment = await orders.transaction((query) => shop.createOrder(query, run.id, run.order, run.lines));
    await reply(orders, { step, run: { ...run, payment } }, ['order.created']);
  } else {
    await orders.transaction((query) => shop.confirmOrder(query, run.payment));
    await reply(orders, { step, run }, ['order.updated']);
  }
});
await orders.consume(queues.payments, async ({ step, run }) => {
  await orders.transaction((query) => shop.intendPayment(query, run.id, run.payment));
  const reference = await shop.capture(providerUrl, run.id, run.payment);
  await orders.transaction((query) => shop.settlePayment(query, run.id, run.payment, reference));
  await reply(orders, { step, run }, ['order.updated']);
});
await orchestrator.consume(queues.replies, async ({ step, run }) => {
  const next = steps[steps.findIndex(({ name }) => name === step) + 1];
  const state = next ? next.name : 'COMPLETED';
  await orchestrator.transaction((query) =>
    query('UPDATE run SET state = $2, data = $3::json, updated_at = clock_timestamp() WHERE id = $1', [run.id, state, JSON.stringify(run)]),
  );
  if (!next) completions.get(run.id)?.();
  await Promise.all([
    orchestrator.publish(events, next ? 'run.step' : 'run.completed', { run }),
    ...(next ? [orchestrator.publish('', next.queue, { step: next.name, run })] : []),
  ]);
});
await inventory.consume(queues.sales, async ({ run }) => {
  await inventory.transaction((query) => shop.sellReserved(query, run.id));
  await Promise.all(run.lines.map(() => inventory.publish(events, 'stock.changed', { id: run.id })));
});

const url = await openDoor((order) => {
  const id = randomUUID();
  const completed = new Promise<void>((resolve) => {
    completions.set(id, () => {
      completions.delete(id);
      resolve();
    });
  });
  const run: Run = { id, order, lines: [], payment: { orderId: 0, amountMinor: '0' } };
  const accepted = orchestrator.transaction((query) =>
    query('INSERT INTO run (id, state, data) VALUES ($1, $2, $3::json)', [id, 'CHECK_STOCK', JSON.stringify(run)]),
  );
  accepted
    .then(() =>
      Promise.all([
        orchestrator.publish('', queues.inventory, { step: 'CHECK_STOCK', run }),
        orchestrator.publish(events, 'run.started', { id }),
      ]),
    )
    .catch(fatal);
  return { accepted, completed };
});
process.send?.({ type: 'ready', url });
process.on('disconnect', () => process.exit());
