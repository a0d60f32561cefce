import type { ConfirmChannel } from 'amqplib';
import { expect, test } from 'vitest';
import { createTestSystem, submit } from './testing/compute.ts';
import { askData, listen } from './testing/graph.ts';

const taskFields = 'id n1 n2 operation source state foreign submittedBy { id } results { operation text workerId }';
const readTask = async (url: string, id: string) =>
  (await askData(url, `query ($id: ID!) { task(id: $id) { ${taskFields} } }`, { id })).task;

async function publish(channel: ConfirmChannel, exchange: string, routingKey: string, body: unknown): Promise<void> {
  channel.publish(exchange, routingKey, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
  await channel.waitForConfirms();
}

test('a worker of another make that only declares its queue as durable gets tasks, and its results show', {
  timeout: 120_000,
}, async () => {
  await using system = await createTestSystem();
  const channel = await system.broker.channel();
  // Before compute has ever been there.
  await channel.assertQueue('task_queue_add', { durable: true });
  await channel.assertQueue('result_queue', { durable: true });
  const taken: object[] = [];
  await channel.prefetch(1);
  await channel.consume('task_queue_add', (message) => {
    if (!message) return;
    const task = JSON.parse(message.content.toString());
    taken.push(task);
    const result = {
      ...task,
      operation: 'add',
      result: task.n1 + task.n2,
      worker_id: 'python_1',
      processing_time: 0.25,
      timestamp: '2026-02-27T10:18:26',
    };
    channel.sendToQueue('result_queue', Buffer.from(JSON.stringify(result)));
    channel.ack(message);
  });

  const url = (await system.compute()).url();
  await using feed = listen(url, 'subscription { calculationCompleted { text workerId processingTime completedAt task { id } } }');
  await askData(url, '{ stats { sentTasks } }');
  const id = await submit(url, 42, 'ADD', 7, 'AUTO');
  const event = await feed.waitFor(() => true);
  expect(event.calculationCompleted).toEqual({
    text: '49',
    workerId: 'python_1',
    processingTime: 0.25,
    completedAt: '2026-02-27T10:18:26.000Z',
    task: { id },
  });
  expect(taken).toEqual([
    { n1: 42, n2: 7, operation: 'add', source: 'auto', request_id: id, timestamp: expect.stringMatching(/^2\d{3}-.*Z$/) },
  ]);
  expect((await askData(url, '{ workers { id operation state currentTaskId results } }')).workers).toEqual([
    { id: 'python_1', operation: 'ADD', state: 'UNKNOWN', currentTaskId: null, results: 1 },
  ]);
});

test('a task of another program counts and shows like any other, straight to a queue or to all operations', {
  timeout: 120_000,
}, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  await system.workers();
  const channel = await system.broker.channel();
  // Until then the broker has no queue for it.
  const consumers = async () => (await askData(url, '{ queues { queues { name consumers } } }')).queues.queues;
  await expect.poll(async () => (await consumers()).every((queue: { consumers: number }) => queue.consumers > 0)).toBe(true);
  await publish(channel, '', 'task_queue_mul', {
    n1: 6,
    n2: 7,
    operation: 'mul',
    source: 'web',
    request_id: 'abc123',
    timestamp: '2024-12-03T15:30:45',
  });
  await publish(channel, 'all_operations', '', { n1: 8, n2: 2, operation: 'all', source: 'auto', request_id: 'all-1', surprise: true });
  await expect.poll(() => readTask(url, 'abc123'), { timeout: 40_000 }).toMatchObject({ state: 'COMPLETED' });
  expect(await readTask(url, 'abc123')).toEqual({
    id: 'abc123',
    n1: 6,
    n2: 7,
    operation: 'MUL',
    source: 'WEB',
    state: 'COMPLETED',
    foreign: true,
    submittedBy: null,
    results: [{ operation: 'MUL', text: '42', workerId: expect.any(String) }],
  });
  await expect.poll(async () => (await readTask(url, 'all-1'))?.state, { timeout: 40_000 }).toBe('COMPLETED');
  const all = await readTask(url, 'all-1');
  expect(all).toMatchObject({ operation: 'ALL', source: 'AUTO', foreign: true });
  expect(all.results.map(({ operation, text }: { operation: string; text: string }) => `${operation} ${text}`).toSorted()).toEqual([
    'ADD 10',
    'DIV 4',
    'MUL 16',
    'SUB 6',
  ]);
  expect((await askData(url, '{ stats { sentTasks receivedResults pending operations { sent received } } }')).stats).toEqual({
    sentTasks: 2,
    receivedResults: 5,
    pending: 0,
    operations: [1, 1, 2, 1].map((count) => ({ sent: count, received: count })),
  });
});

test('a second operation under one foreign id shows that all four were asked for', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  const channel = await system.broker.channel();
  await channel.assertQueue('result_queue', { durable: true });
  const result = (operation: string, value: unknown) => ({ n1: 5, n2: 0, operation, request_id: 'x', result: value, worker_id: 'w' });
  await publish(channel, '', 'result_queue', result('add', 5));
  await expect.poll(() => readTask(url, 'x'), { timeout: 40_000 }).toMatchObject({ operation: 'ADD', state: 'COMPLETED' });
  await publish(channel, '', 'result_queue', result('div', null));
  await expect.poll(() => readTask(url, 'x'), { timeout: 40_000 }).toMatchObject({ operation: 'ALL', state: 'PENDING' });
  expect((await askData(url, '{ stats { sentTasks pending } }')).stats).toEqual({ sentTasks: 1, pending: 2 });
  for (const message of [result('sub', 5), result('sub', 5), result('div', 'Infinity'), result('mul', 0)])
    await publish(channel, '', 'result_queue', message);
  await expect.poll(() => readTask(url, 'x'), { timeout: 40_000 }).toMatchObject({ operation: 'ALL', state: 'COMPLETED' });
  expect((await readTask(url, 'x')).results.map(({ text }: { text: string }) => text)).toEqual(['5', 'Infinity', '5', '0']);
});

test('poisoned messages end as dead letters with their reason, can be mended and replayed, and the queues go on', {
  timeout: 120_000,
}, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  await system.worker('add');
  const channel = await system.broker.channel();
  await using changes = listen(url, 'subscription { deadLetterChanged { id queue state } }');
  await askData(url, '{ stats { sentTasks } }');
  const known = await submit(url, 1, 'ADD', 1);
  await expect.poll(async () => (await readTask(url, known)).state, { timeout: 40_000 }).toBe('COMPLETED');

  const good = { n1: 2, n2: 3, operation: 'add', request_id: 'mended', result: 5, worker_id: 'w' };
  const poison: [string, unknown, string, RegExp][] = [
    ['task_queue_add', '{"n1": 1, ', 'MESSAGE_INVALID', /not JSON/],
    ['task_queue_add', { n1: '1', n2: [], request_id: 'a' }, 'MESSAGE_INVALID', /n1 must be number; n2 must be number/],
    [
      'task_queue_add',
      { n1: 1, n2: 2, operation: 'pow', request_id: 'a' },
      'MESSAGE_INVALID',
      /operation must be .*add, sub, mul, div, all/,
    ],
    ['result_queue', 'hello', 'MESSAGE_INVALID', /not JSON/],
    ['result_queue', { ...good, operation: 'all' }, 'MESSAGE_INVALID', /operation/],
    ['result_queue', { ...good, request_id: 'nul\0' }, 'MESSAGE_INVALID', /U\+0000/],
    ['result_queue', { ...good, request_id: known, n1: 1, n2: 2 }, 'MESSAGE_CONFLICT', /about 1 and 1, not about 1 and 2/],
    ['result_queue', { ...good, request_id: known, n1: 1, n2: 1, operation: 'sub' }, 'MESSAGE_CONFLICT', /asked for ADD, not for SUB/],
  ];
  for (const [queue, body] of poison) await publish(channel, '', queue, body);
  await expect
    .poll(async () => (await askData(url, '{ deadLetters { totalCount } }')).deadLetters.totalCount, { timeout: 40_000 })
    .toBe(poison.length);
  const { nodes } = (await askData(url, '{ deadLetters { nodes { id queue code reason state payload } } }')).deadLetters;
  for (const [queue, , code, reason] of poison) {
    expect(nodes).toContainEqual(expect.objectContaining({ queue, code, state: 'NEW', reason: expect.stringMatching(reason) }));
  }
  await expect.poll(() => changes.events.length, { timeout: 5_000 }).toBe(poison.length);

  // The queue goes on, with the mended message too.
  const broken = nodes.find(({ payload }: { payload: string }) => payload.includes('"all"'));
  const replay = `mutation ($id: ID!, $payload: String) { replayDeadLetter(id: $id, payload: $payload) {
    __typename ... on DeadLetterReplayed { deadLetter { state replayedBy } } ... on NotFound { id } } }`;
  expect((await askData(url, replay, { id: broken.id, payload: JSON.stringify(good) })).replayDeadLetter).toEqual({
    __typename: 'DeadLetterReplayed',
    deadLetter: { state: 'REPLAYED', replayedBy: 'admin-user' },
  });
  expect((await askData(url, replay, { id: '999999' })).replayDeadLetter).toEqual({ __typename: 'NotFound', id: '999999' });
  await expect.poll(() => readTask(url, 'mended'), { timeout: 40_000 }).toMatchObject({ state: 'COMPLETED', foreign: true });
  await changes.waitFor(({ deadLetterChanged }) => deadLetterChanged.id === broken.id && deadLetterChanged.state === 'REPLAYED');
  const purge = 'mutation ($state: DeadLetterState, $queue: String) { purgeDeadLetters(state: $state, queue: $queue) { purged } }';
  expect((await askData(url, purge, { state: 'NEW', queue: 'task_queue_add' })).purgeDeadLetters).toEqual({ purged: 3 });
  expect((await askData(url, purge)).purgeDeadLetters).toEqual({ purged: poison.length - 3 });
});

test('a task that a worker of another make rejects is kept as a dead letter and not sent for ever', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute({ lostTasks: { intervalMs: 50, graceMs: 100, reconnectGraceMs: 100 } })).url();
  const channel = await system.broker.channel();
  await channel.assertQueue('task_queue_div', { durable: true });
  let rejected = 0;
  await channel.consume('task_queue_div', (message) => {
    if (message) channel.reject(message, false);
    rejected++;
  });
  const id = await submit(url, 1, 'DIV', 1);
  await expect
    .poll(async () => (await askData(url, '{ deadLetters { nodes { queue messageId code } } }')).deadLetters.nodes, { timeout: 40_000 })
    .toContainEqual({
      queue: 'task_queue_div',
      messageId: id,
      code: expect.any(String),
    });
  const before = rejected;
  // Whatever else is lost is sent again meanwhile: this one is not.
  await submit(url, 2, 'SUB', 1);
  await channel.purgeQueue('task_queue_sub');
  await expect.poll(async () => (await channel.checkQueue('task_queue_sub')).messageCount, { timeout: 40_000 }).toBe(1);
  expect(rejected).toBe(before);
});
