import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ask, listen } from '../graph.ts';
import { type System, startSystem } from '../system.ts';

let system: System;
let connection: ChannelModel;
let channel: ConfirmChannel;

beforeAll(async () => {
  system = await startSystem();
});
beforeEach(async () => {
  connection = await connect(system.broker.url, { noDelay: true });
  channel = await connection.createConfirmChannel();
  return () => connection.close();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

test('a worker that knows nothing but the queue gets tasks, and its results show', async () => {
  await using feed = listen(system.url, {
    query: 'subscription { calculationCompleted { n1 n2 operation text workerId task { state } } }',
  });
  await channel.assertQueue('task_queue_sub', { durable: true });
  await channel.prefetch(1);
  await channel.consume('task_queue_sub', (message) => {
    if (!message) return;
    const task = JSON.parse(message.content.toString());
    const result = {
      ...task,
      operation: 'sub',
      result: task.n1 - task.n2,
      worker_id: 'python_sub',
      processing_time: 0.1,
      timestamp: new Date().toISOString(),
    };
    channel.sendToQueue('result_queue', Buffer.from(JSON.stringify(result)), { persistent: true });
    channel.ack(message);
  });
  // The broker deals the tasks out in turn: of several, some are this worker's and some are the system's own.
  const tasks = Array.from({ length: 6 }, () => '{ n1: 20, n2: 3, operation: SUB }').join(', ');
  await ask(system.url, `mutation { submitBatch(input: { tasks: [${tasks}] }) { __typename } }`);
  await feed.arrived(6);
  const results = (feed.events as { calculationCompleted: { workerId: string; text: string } }[]).map(
    (event) => event.calculationCompleted,
  );
  expect(results.map(({ text }) => text)).toEqual(Array(6).fill('17'));
  expect(new Set(results.map(({ workerId }) => workerId))).toEqual(new Set(['python_sub', 'worker_sub_1']));
  const { data } = await ask(system.url, '{ workers { id state operation } }');
  expect(data.workers).toContainEqual({ id: 'python_sub', state: 'UNKNOWN', operation: 'SUB' });
});

test('a foreign task straight to a queue is counted and shown like any other', async () => {
  const task = { n1: 42, n2: 7, operation: 'add', source: 'auto', request_id: 'abc123', timestamp: '2024-12-03T15:30:45' };
  const before = (await ask(system.url, '{ stats { sentTasks receivedResults } }')).data.stats;
  channel.sendToQueue('task_queue_add', Buffer.from(JSON.stringify(task)), { persistent: true });
  await channel.waitForConfirms();
  const read = async () =>
    (await ask(system.url, '{ task(id: "abc123") { foreign source state submittedBy { id } results { text } } }')).data.task;
  await expect
    .poll(read, { timeout: 15_000 })
    .toEqual({ foreign: true, source: 'AUTO', state: 'COMPLETED', submittedBy: null, results: [{ text: '49' }] });
  const after = (await ask(system.url, '{ stats { sentTasks receivedResults } }')).data.stats;
  expect(after).toEqual({ sentTasks: before.sentTasks + 1, receivedResults: before.receivedResults + 1 });
});

test('a foreign task to all_operations gets its four results under one id', async () => {
  const task = { n1: 100, n2: 10, operation: 'all', source: 'web', request_id: 'foreign-all' };
  channel.publish('all_operations', '', Buffer.from(JSON.stringify(task)));
  await channel.waitForConfirms();
  const read = async () => {
    const { data } = await ask(system.url, '{ task(id: "foreign-all") { operation state results { operation text } } }');
    return data.task && { ...data.task, results: data.task.results.map((result: { text: string }) => result.text).toSorted() };
  };
  await expect.poll(read, { timeout: 15_000 }).toEqual({ operation: 'ALL', state: 'COMPLETED', results: ['10', '1000', '110', '90'] });
});
