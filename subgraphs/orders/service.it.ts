import { randomUUID } from 'node:crypto';
import { commandQueue, eventsExchange, sagaReplyQueue } from '@comptoir/schema/topology.ts';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { command, newSaga, orderData, startOrders } from './testing/orders.ts';

let test: Awaited<ReturnType<typeof startOrders>>;
let channel: Awaited<ReturnType<typeof test.broker.channel>>;
// biome-ignore lint/suspicious/noExplicitAny: replies carry whatever the step answers
const replies = new Map<string, any[]>();
beforeAll(async () => {
  // Longer than any test: what waits is given up when a test says so.
  test = await startOrders({ customerPatienceMs: 600_000 });
  channel = await test.broker.channel();
  await channel.assertQueue(sagaReplyQueue, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 } });
  await channel.consume(
    sagaReplyQueue,
    (message) => {
      if (!message) return;
      const reply = JSON.parse(message.content.toString());
      replies.set(reply.saga_id, [...(replies.get(reply.saga_id) ?? []), reply]);
    },
    { noAck: true },
  );
  // Its start waits for no broker: until it listens, what is told reaches nobody.
  await vi.waitFor(
    async () => {
      customerCreated(1);
      expect(await test.count('customer')).toBe(1);
    },
    { timeout: 30_000, interval: 200 },
  );
});
afterAll(() => test?.[Symbol.asyncDispose]());

const bound = { timeout: 15_000 };
const tell = (type: string, event: object) =>
  channel.publish(
    eventsExchange,
    type,
    Buffer.from(JSON.stringify({ event: type.replace('.', '_'), timestamp: new Date().toISOString(), ...event })),
    {
      type,
      messageId: randomUUID(),
    },
  );
const customerCreated = (id: number) =>
  tell('client.created', {
    client_id: id,
    data: { id, nom: 'Ledoux', prenom: 'Aline', email: `a${id}@example.com`, telephone: null, actif: true, version: 1 },
  });
const send = (participant: 'orders' | 'payments', type: string, body: ReturnType<typeof command>) =>
  channel.sendToQueue(commandQueue(participant), Buffer.from(JSON.stringify(body)), { type, messageId: body.command_id, persistent: true });
/** The replies to a saga's commands, once there are so many. */
async function repliesTo(saga: string, count = 1) {
  await expect.poll(() => replies.get(saga)?.length ?? 0, bound).toBe(count);
  return replies.get(saga) ?? [];
}
/** An order that a saga has created, taken the payment for and confirmed, all over the broker. */
async function processed(customerId: number) {
  customerCreated(customerId);
  const saga = newSaga();
  send('orders', 'order.create', command(saga, 'CREATE_ORDER', orderData(customerId)));
  const [created] = await repliesTo(saga);
  expect(created).toMatchObject({ outcome: 'SUCCESS' });
  const { order_id, amount_minor, currency } = created.data;
  send('payments', 'payment.process', command(saga, 'PROCESS_PAYMENT', { order_id, amount_minor, currency, method: 'card' }));
  await repliesTo(saga, 2);
  send('orders', 'order.confirm', command(saga, 'CONFIRM_ORDER', { order_id }));
  expect((await repliesTo(saga, 3))[2]).toMatchObject({ step: 'CONFIRM_ORDER', outcome: 'SUCCESS' });
  return { saga, id: String(order_id) };
}
const order = async (id: string) =>
  (
    await test.ask('query ($id: ID!) { order(id: $id) { status customerDeleted payment { status } lines { productId productDeleted } } }', {
      id,
    })
  ).data.order;

describe('over the broker', () => {
  it('an order is created, paid and confirmed', async () => {
    const { id } = await processed(101);
    expect(await order(id)).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED' } });
  });

  it('an order whose customer is heard of a moment later is created then, one whose customer is not is refused in the end', async () => {
    const [early, unknown] = [newSaga(), newSaga()];
    send('orders', 'order.create', command(early, 'CREATE_ORDER', orderData(202)));
    send('orders', 'order.create', command(unknown, 'CREATE_ORDER', orderData(99_999)));
    await expect.poll(() => test.count('waiting_command'), bound).toBe(2);
    customerCreated(202);
    expect(await repliesTo(early)).toMatchObject([{ outcome: 'SUCCESS' }]);
    expect(replies.get(unknown)).toBeUndefined();
    await test.database.query('UPDATE waiting_command SET give_up_at = clock_timestamp()');
    expect(await repliesTo(unknown)).toMatchObject([{ outcome: 'REFUSED', code: 'CUSTOMER_UNKNOWN' }]);
    await expect.poll(() => test.count('waiting_command'), bound).toBe(0);
  });

  it('the orders of a deleted customer and the lines of a deleted product are marked', async () => {
    const { id } = await processed(303);
    tell('client.deleted', { client_id: 303 });
    tell('produit.deleted', { produit_id: 5 });
    await expect.poll(() => order(id), bound).toMatchObject({ customerDeleted: true, lines: [{ productId: '5', productDeleted: true }] });
  });
});

describe('the graph', () => {
  const outcomeOf = async (mutation: string, roles?: Parameters<typeof test.ask>[2]) => {
    const { data, errors } = await test.ask(`mutation { outcome: ${mutation} { __typename } }`, {}, roles);
    return errors?.[0]?.extensions.code ?? data.outcome.__typename;
  };

  it('lets each do what the role may', async () => {
    const { id } = await processed(404);
    expect(await outcomeOf(`shipOrder(id: "${id}")`, ['CLERK'])).toBe('FORBIDDEN');
    expect(await outcomeOf(`cancelOrder(id: "${id}")`, ['WAREHOUSE'])).toBe('FORBIDDEN');
    expect(await outcomeOf(`refundOrder(id: "${id}")`, ['CLERK'])).toBe('FORBIDDEN');
    expect(await outcomeOf(`refundOrder(id: "${id}")`, ['MANAGER'])).toBe('RefundRefused');
    expect(await outcomeOf(`shipOrder(id: "${id}")`, ['WAREHOUSE'])).toBe('OrderChanged');
  });

  it('follows an order from where it stands, and the orders of a customer', async () => {
    const client = createClient({
      url: test.orders.url().replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { principal: test.principal(['CLERK']) },
      retryAttempts: 0,
    });
    const seen: Record<string, { status: string }>[] = [];
    const watch = (query: string) =>
      client.subscribe(
        { query },
        { next: ({ data }) => void seen.push(data as never), error: (error) => void seen.push(error as never), complete: () => undefined },
      );
    watch('subscription { orders(customerId: "505") { status customerId } }');
    try {
      const { id } = await processed(505);
      watch(`subscription { orderUpdated(id: "${id}") { status } }`);
      await expect.poll(() => seen.filter(({ orderUpdated }) => orderUpdated), bound).toEqual([{ orderUpdated: { status: 'CONFIRMED' } }]);
      await outcomeOf(`shipOrder(id: "${id}")`);
      await expect.poll(() => seen.flatMap(({ orderUpdated }) => orderUpdated?.status ?? []), bound).toEqual(['CONFIRMED', 'SHIPPED']);
      await expect.poll(() => seen.findLast(({ orders }) => orders)?.orders, bound).toEqual({ status: 'SHIPPED', customerId: '505' });
    } finally {
      await client.dispose();
    }
  });

  it('tells what there is not, and shows no deleted order', async () => {
    const { data } = await test.ask('{ order(id: "0") { id } payment(id: "x") { id } shipment(id: "x") { id } cart(id: "999999") { id } }');
    expect(data).toEqual({ order: null, payment: null, shipment: null, cart: null });
    const missing = await test.ask(
      'mutation { a: cancelOrder(id: "x") { ... on NotFound { kind id } } b: setCartLines(id: "7", lines: []) { ... on NotFound { kind id } } }',
    );
    expect(missing.data).toEqual({ a: { kind: 'order', id: 'x' }, b: { kind: 'cart', id: '7' } });
    const made = await test.ask(
      'mutation { createOrder(input: { customerId: "1", lines: [{ productId: "1", quantity: 1, unitPriceMinor: 5 }] }) { ... on OrderCreated { order { id } } } }',
    );
    const { id } = made.data.createOrder.order;
    expect(await outcomeOf(`deleteOrder(id: "${id}")`)).toBe('OrderChanged');
    expect(await order(id)).toBeNull();
  });
});
