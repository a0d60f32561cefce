import { connect } from 'amqplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, listen } from '../graph.ts';
import { type System, startSystem } from '../system.ts';

let system: System;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

async function publish(queue: string, body: string, options: { type?: string; messageId?: string } = {}) {
  const connection = await connect(system.broker.url, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  channel.sendToQueue(queue, Buffer.from(body), { contentType: 'application/json', ...options });
  await channel.waitForConfirms();
  await connection.close();
}

interface Letter {
  readonly id: string;
  readonly service: string | null;
  readonly queue: string;
  readonly code: string;
  readonly reason: string;
  readonly messageId: string | null;
  readonly payload: string;
  readonly state: string;
}

const letters = async (service: string | null = null) => {
  const query =
    'query ($service: String) { deadLetters(service: $service, first: 100) { nodes { id service queue code reason messageId payload state } } }';
  return (await ask(system.url, query, { service })).data.deadLetters.nodes as Letter[];
};

/** The one that such a message became. */
async function letterOf(body: string, service: string | null = null): Promise<Letter> {
  const find = async () => (await letters(service)).find(({ payload }) => payload === body);
  await expect.poll(find, { timeout: 15_000 }).toBeDefined();
  return (await find()) as Letter;
}

const replay = async ({ id }: Letter, payload: string) => {
  const mutation =
    'mutation ($id: ID!, $payload: String) { replayDeadLetter(id: $id, payload: $payload) { ... on DeadLetterReplayed { deadLetter { state replayedBy } } } }';
  return (await ask(system.url, mutation, { id, payload })).data.replayDeadLetter.deadLetter;
};

test.each([
  ['task_queue_add', 'this is not JSON', /JSON/],
  ['task_queue_sub', '{"n1": "42", "n2": 7, "request_id": "poison-1"}', /n1/],
  ['task_queue_mul', '{"n1": 1, "n2": 2, "operation": "pow", "request_id": "poison-2"}', /operation/],
  ['result_queue', '{"n1": 1, "n2": 2, "operation": "all", "request_id": "poison-3", "result": 3, "worker_id": "w"}', /operation/],
])('a poisoned message on %s is kept with its reason, live, and the queue goes on', async (queue, body, reason) => {
  await using feed = listen(system.url, { query: 'subscription { deadLetterChanged { queue payload reason state } }' });
  await using results = listen(system.url, { query: 'subscription { calculationCompleted { text } }' });
  await publish(queue, body);
  expect(await letterOf(body)).toMatchObject({
    service: 'compute',
    queue,
    code: 'MESSAGE_INVALID',
    reason: expect.stringMatching(reason),
    state: 'NEW',
  });
  expect((await letters()).filter(({ payload }) => payload === body)).toHaveLength(1);
  void feed;
  await ask(system.url, 'mutation { submitCalculation(input: { n1: 5, n2: 1, operation: ALL }) { __typename } }');
  await expect.poll(() => results.events.length, { timeout: 15_000 }).toBe(4);
});

test('a dead letter that was mended and replayed is handled, once', async () => {
  const body = '{"n1": "40", "n2": 2, "request_id": "to-be-mended"}';
  await publish('task_queue_add', body);
  const replayed = await replay(await letterOf(body), body.replace('"40"', '40'));
  expect(replayed).toEqual({ state: 'REPLAYED', replayedBy: 'admin-user' });
  const task = async () => (await ask(system.url, '{ task(id: "to-be-mended") { state foreign results { text } } }')).data.task;
  await expect.poll(task, { timeout: 15_000 }).toEqual({ state: 'COMPLETED', foreign: true, results: [{ text: '42' }] });
});

test('a command that inventory cannot handle shows as its dead letter and, mended and replayed, is carried out once', async () => {
  const saga = `saga_${'0'.repeat(26)}`;
  const body = (quantity: number | string) =>
    JSON.stringify({
      saga_id: saga,
      command_id: `${saga}:mended`,
      step: 'RESERVE_STOCK',
      direction: 'FORWARD',
      data: { place_id: null, lines: [{ product_id: 5, quantity }] },
    });
  const allocated = async () => {
    const { data } = await ask(system.url, '{ product(id: "5") { stock { allocated } } }');
    return (data.product.stock as { allocated: number }[]).reduce((sum, level) => sum + level.allocated, 0);
  };
  const before = await allocated();
  await publish('inventory.commands', body('three'), { type: 'stock.reserve', messageId: 'poisoned-command' });
  const letter = await letterOf(body('three'), 'inventory');
  expect(letter).toMatchObject({
    service: 'inventory',
    queue: 'inventory.commands',
    code: 'MESSAGE_INVALID',
    reason: expect.stringContaining('quantity'),
    messageId: 'poisoned-command',
  });
  for (let time = 0; time < 2; time++) expect(await replay(letter, body(3))).toMatchObject({ state: 'REPLAYED' });
  await expect.poll(allocated, { timeout: 15_000 }).toBe(before + 3);
  // inventory has answered both times, and the orchestrator knows of no such saga.
  await expect.poll(async () => (await letters('sagas')).map(({ queue }) => queue), { timeout: 15_000 }).toContain('sagas.replies');
  expect(await allocated()).toBe(before + 3);
});

test('news of a deleted customer that orders cannot read shows as its dead letter and, mended and replayed, marks the orders', async () => {
  const create = `mutation { createOrder(input: { customerId: "7", lines: [{ productId: "5", quantity: 1, unitPriceMinor: 1990 }] }) {
    ... on OrderCreated { order { id } } } }`;
  const { id } = (await ask(system.url, create)).data.createOrder.order;
  const body = (customer: number | string) =>
    JSON.stringify({ event: 'client_deleted', timestamp: '2026-02-27T10:18:26Z', client_id: customer });
  await publish('commandes_client_events', body('seven'));
  const letter = await letterOf(body('seven'), 'orders');
  expect(letter).toMatchObject({
    service: 'orders',
    queue: 'commandes_client_events',
    code: 'MESSAGE_INVALID',
    reason: expect.stringContaining('client_id'),
  });
  const order = async () => (await ask(system.url, 'query ($id: ID!) { order(id: $id) { customerDeleted } }', { id })).data.order;
  expect(await order()).toEqual({ customerDeleted: false });
  await replay(letter, body(7));
  await expect.poll(order, { timeout: 15_000 }).toEqual({ customerDeleted: true });
});

test('only an administrator may purge, and then they are gone', async () => {
  const purge = 'mutation { purgeDeadLetters(state: REPLAYED) { purged } }';
  expect((await ask(system.url, purge, {}, 'frontend-key-67890')).errors[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await ask(system.url, purge)).data.purgeDeadLetters.purged).toBeGreaterThan(0);
  expect((await letters()).filter(({ state }) => state === 'REPLAYED')).toEqual([]);
});
