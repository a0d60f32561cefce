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

async function publish(queue: string, body: string) {
  const connection = await connect(system.broker.url, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  channel.sendToQueue(queue, Buffer.from(body), { contentType: 'application/json' });
  await channel.waitForConfirms();
  await connection.close();
}

const letters = async () => {
  const { data } = await ask(system.url, '{ deadLetters(first: 100) { nodes { id queue code reason payload state } } }');
  return data.deadLetters.nodes as { id: string; queue: string; code: string; reason: string; payload: string; state: string }[];
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
  await expect
    .poll(async () => (await letters()).filter(({ payload }) => payload === body), { timeout: 15_000 })
    .toEqual([
      { id: expect.any(String), queue, code: 'MESSAGE_INVALID', reason: expect.stringMatching(reason), payload: body, state: 'NEW' },
    ]);
  void feed;
  await ask(system.url, 'mutation { submitCalculation(input: { n1: 5, n2: 1, operation: ALL }) { __typename } }');
  await expect.poll(() => results.events.length, { timeout: 15_000 }).toBe(4);
});

test('a dead letter that was mended and replayed is handled, once', async () => {
  const body = '{"n1": "40", "n2": 2, "request_id": "to-be-mended"}';
  await publish('task_queue_add', body);
  await expect.poll(async () => (await letters()).some(({ payload }) => payload === body), { timeout: 15_000 }).toBe(true);
  const letter = (await letters()).find(({ payload }) => payload === body);
  const { data } = await ask(
    system.url,
    'mutation ($id: ID!, $payload: String) { replayDeadLetter(id: $id, payload: $payload) { ... on DeadLetterReplayed { deadLetter { state replayedBy } } } }',
    { id: letter?.id, payload: body.replace('"40"', '40') },
  );
  expect(data.replayDeadLetter.deadLetter).toEqual({ state: 'REPLAYED', replayedBy: 'admin-user' });
  const task = async () => (await ask(system.url, '{ task(id: "to-be-mended") { state foreign results { text } } }')).data.task;
  await expect.poll(task, { timeout: 15_000 }).toEqual({ state: 'COMPLETED', foreign: true, results: [{ text: '42' }] });
});

test('only an administrator may purge, and then they are gone', async () => {
  const purge = 'mutation { purgeDeadLetters(state: REPLAYED) { purged } }';
  expect((await ask(system.url, purge, {}, 'frontend-key-67890')).errors[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await ask(system.url, purge)).data.purgeDeadLetters.purged).toBeGreaterThan(0);
  expect((await letters()).filter(({ state }) => state === 'REPLAYED')).toEqual([]);
});
