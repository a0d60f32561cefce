import { expect, test, vi } from 'vitest';
import { ComptoirError } from '../errors.ts';
import { createTestBroker } from '../testing/broker.ts';
import { testLog } from '../testing/log.ts';
import { deadLetters, queue, retries, send, soon, topology } from '../testing/task-queue.ts';
import { createBatchConsumer } from './batch-consumer.ts';
import { ofType } from './message.ts';

test('a batch takes what is there, and a bad message in it fails alone', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const letters = await deadLetters(broker);
  const stored: string[] = [];
  const sizes: number[] = [];
  const consumer = createBatchConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      maxBatch: 50,
      maxWaitMs: 30,
      retryDelays: retries.retryDelays,
      async handle(messages) {
        sizes.push(messages.length);
        // Like a statement for all of them: one that cannot be stored fails them all.
        if (messages.some(({ messageId }) => messageId === 'unstorable')) throw new Error('violates a constraint');
        return messages.map(({ messageId }) => {
          if (messageId === 'conflict') return new ComptoirError('MESSAGE_CONFLICT', 'contradicts');
          stored.push(messageId!);
          return 'ok';
        });
      },
    },
    { link, log: testLog() },
  );
  const ids = Array.from({ length: 200 }, (_, n) => String(n));
  for (const id of [...ids, 'unstorable', 'conflict']) await send(link, id);
  await send(link, 'garbage', Buffer.from('garbage'));
  await consumer.start();
  await vi.waitFor(() => expect(letters).toHaveLength(3), soon);
  expect(new Set(letters.map(({ properties }) => `${properties.messageId} ${properties.headers?.['x-dead-letter-code']}`))).toEqual(
    new Set(['unstorable RETRIES_EXHAUSTED', 'conflict MESSAGE_CONFLICT', 'garbage MESSAGE_INVALID']),
  );
  expect(stored.sort()).toEqual([...ids].sort());
  expect(Math.max(...sizes)).toBe(50);
  await consumer.stop();
  expect(await link.checkQueue(queue)).toEqual({ ready: 0, consumers: 0 });
});

test('without a wait a message alone is handled at once, and those that come meanwhile make up the next batch', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const batches: (string | null)[][] = [];
  const all = Promise.withResolvers<void>();
  const others = ['b', 'c', 'd'];
  const consumer = createBatchConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      maxBatch: 50,
      maxWaitMs: 0,
      async handle(messages) {
        batches.push(messages.map(({ messageId }) => messageId));
        if (batches.length === 1) {
          for (const id of others) await send(link, id);
          // Delivered, and waiting for this one.
          await vi.waitFor(async () => expect(await link.checkQueue(queue)).toMatchObject({ ready: 0 }), soon);
        } else all.resolve();
        return messages.map(() => 'ok');
      },
    },
    { link, log: testLog() },
  );
  await consumer.start();
  await send(link, 'a');
  await all.promise;
  expect(batches[0]).toEqual(['a']);
  await vi.waitFor(() => expect(batches.slice(1).flat()).toEqual(others), soon);
  await consumer.stop();
});

test('a batch met by an outage waits for its end and is handled once more, whole', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  let down = true;
  const stored: string[] = [];
  const consumer = createBatchConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      maxBatch: 10,
      maxWaitMs: 10,
      async handle(messages) {
        if (down) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
        stored.push(...messages.map(({ messageId }) => messageId!));
        return messages.map(() => 'ok');
      },
    },
    { link, log: testLog() },
  );
  for (let n = 0; n < 10; n++) await send(link, String(n));
  await consumer.start();
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toEqual({ ready: 0, consumers: 0 }), soon);
  down = false;
  await vi.waitFor(() => expect(stored).toHaveLength(10), soon);
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toMatchObject({ consumers: 1 }), soon);
  await consumer.stop();
  expect(await link.checkQueue(queue)).toEqual({ ready: 0, consumers: 0 });
});

test('a queue of several types is handled in batches too, each message as the one that its type says', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const letters = await deadLetters(broker);
  const seen: string[] = [];
  const consumer = createBatchConsumer(
    {
      service: 'test',
      queue,
      type: ['calculation.task', 'client.deleted'],
      maxBatch: 10,
      maxWaitMs: 0,
      async handle(messages) {
        for (const { body } of ofType('calculation.task', messages)) seen.push(`task ${body.request_id}`);
        for (const { body } of ofType('client.deleted', messages)) seen.push(`customer ${body.client_id}`);
        return messages.map(() => 'ok');
      },
    },
    { link, log: testLog() },
  );
  const deletion = { event: 'client_deleted', client_id: 5, timestamp: new Date().toISOString() };
  const post = (type: string | undefined, content: object) =>
    link.publish({ exchange: '', routingKey: queue, content: Buffer.from(JSON.stringify(content)), properties: { messageId: type, type } });
  await send(link, 'a');
  await post('client.deleted', deletion);
  await post('saga.reply', deletion);
  await post(undefined, deletion);
  await consumer.start();
  await vi.waitFor(() => expect(seen.toSorted()).toEqual(['customer 5', 'task a']), soon);
  await vi.waitFor(() => expect(letters).toHaveLength(2), soon);
  for (const { properties } of letters)
    expect(properties.headers).toMatchObject({
      'x-dead-letter-code': 'MESSAGE_INVALID',
      'x-dead-letter-reason': expect.stringMatching(/the queue takes calculation.task, client.deleted/),
    });
  await consumer.stop();
});

test('what comes again is handled by itself, for it may be what ended the process that had it', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const ids = ['a', 'b', 'c', 'd'];
  for (const id of ids) await send(link, id);
  const sizes: number[] = [];
  const gate = Promise.withResolvers<void>();
  const consumer = createBatchConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      maxBatch: 4,
      maxWaitMs: 1_000,
      async handle(messages) {
        sizes.push(messages.length);
        await gate.promise; // not acknowledged when the connection goes
        return messages.map(() => 'ok');
      },
    },
    { link, log: testLog() },
  );
  await consumer.start();
  await vi.waitFor(() => expect(sizes).toEqual([4]), soon);
  await broker.killConnections(/consumes$/);
  gate.resolve();
  await vi.waitFor(() => expect(sizes).toEqual([4, 1, 1, 1, 1]), soon);
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toEqual({ ready: 0, consumers: 1 }), soon);
  await consumer.stop();
});
