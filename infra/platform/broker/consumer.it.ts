import { readFileSync } from 'node:fs';
import type { CalculationTask } from '@comptoir/schema/generated/messages.ts';
import { deadLetterQueue, mergeTopologies, serviceTopology } from '@comptoir/schema/topology.ts';
import type { ConsumeMessage } from 'amqplib';
import { expect, test, vi } from 'vitest';
import { ComptoirError } from '../errors.ts';
import { handleOnce } from '../inbox.ts';
import { query } from '../sql.ts';
import { createTestBroker, type TestBroker } from '../testing/broker.ts';
import { createTestDatabase } from '../testing/database.ts';
import { testLog } from '../testing/log.ts';
import { shortRetries } from '../testing/retries.ts';
import { createBatchConsumer } from './batch-consumer.ts';
import { createConsumer } from './consumer.ts';
import type { BrokerLink } from './link.ts';
import type { Message } from './message.ts';

const queue = 'task_queue_add';
const retries = shortRetries([100, 200]);
const topology = mergeTopologies(serviceTopology('test'), retries.topology, { exchanges: [], queues: [{ name: queue }], bindings: [] });
const soon = { timeout: 20_000, interval: 20 };

type Task = Message<CalculationTask>;

const body = (id: string) => Buffer.from(JSON.stringify({ n1: 1, n2: 2, request_id: id }));

const send = (link: BrokerLink, id: string, content: Buffer = body(id)) =>
  link.publish({
    exchange: '',
    routingKey: queue,
    content,
    properties: { messageId: id, type: 'calculation.task', headers: { colour: 'blue' } },
    mandatory: true,
  });

const startConsumer = async (
  link: BrokerLink,
  handle: (message: Task, context: { signal: AbortSignal }) => Promise<void>,
  options: { prefetch?: number; stopTimeoutMs?: number; probe?: () => Promise<unknown> } = {},
) => {
  const consumer = createConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      prefetch: options.prefetch ?? 10,
      retryDelays: retries.retryDelays,
      stopTimeoutMs: options.stopTimeoutMs,
      handle,
    },
    { link, log: testLog(), probe: options.probe },
  );
  await consumer.start();
  return { ...consumer, [Symbol.asyncDispose]: () => consumer.stop() };
};

async function deadLetters(broker: TestBroker): Promise<ConsumeMessage[]> {
  const channel = await broker.channel();
  const letters: ConsumeMessage[] = [];
  await channel.consume(deadLetterQueue, (message) => message && letters.push(message), { noAck: true });
  return letters;
}

test('a message is handled as the sender meant it and then gone from the queue', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const seen: Task[] = [];
  await using _consumer = await startConsumer(link, async (message) => {
    seen.push(message);
  });
  await send(link, 'a');
  await vi.waitFor(() => expect(seen).toHaveLength(1), soon);
  expect(seen[0]).toMatchObject({
    body: { n1: 1, n2: 2, request_id: 'a' },
    messageId: 'a',
    attempt: 1,
    redelivered: false,
    queue,
    headers: { colour: 'blue' },
  });
  expect(Math.abs(seen[0]!.timestamp!.getTime() - Date.now())).toBeLessThan(60_000);
  await _consumer.stop();
  expect(await link.checkQueue(queue)).toEqual({ ready: 0, consumers: 0 });
});

const poison: [string, Buffer, RegExp][] = [
  ['not JSON', Buffer.from('{"n1": 1,'), /not JSON/],
  ['empty', Buffer.alloc(0), /not JSON/],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /not UTF-8/],
  [
    'of wrong types',
    Buffer.from('{"n1": "1", "n2": [], "request_id": 5}'),
    /n1 must be number; n2 must be number; request_id must be string/,
  ],
  ['without a field', Buffer.from('{"n1": 1, "n2": 2}'), /request_id/],
  ['beyond the numbers', Buffer.from('{"n1": 1e999, "n2": 2, "request_id": "x"}'), /n1/],
];

test('poison is dead-lettered at once, each with its reason, and the queue goes on', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const letters = await deadLetters(broker);
  const handled: string[] = [];
  await using _consumer = await startConsumer(link, async ({ body: { request_id } }) => {
    handled.push(request_id);
  });
  for (const [name, content] of poison) await send(link, name, content);
  await send(link, 'sound');
  await vi.waitFor(() => expect(handled).toEqual(['sound']), soon);
  await vi.waitFor(() => expect(letters).toHaveLength(poison.length), soon);
  for (const [name, content, reason] of poison) {
    const letter = letters.find(({ properties }) => properties.messageId === name)!;
    expect(letter.content).toEqual(content);
    expect(letter.properties.headers).toMatchObject({
      colour: 'blue',
      'x-dead-letter-code': 'MESSAGE_INVALID',
      'x-dead-letter-reason': expect.stringMatching(reason),
      'x-dead-letter-queue': queue,
      'x-dead-letter-attempts': 1,
    });
  }
});

test('a message whose handling keeps failing comes back after each delay and is then given up, while others pass', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const letters = await deadLetters(broker);
  const attempts: { attempt: number; at: number }[] = [];
  const handled: string[] = [];
  await using _consumer = await startConsumer(link, async ({ body: { request_id }, attempt }) => {
    if (request_id !== 'bad') return void handled.push(request_id);
    attempts.push({ attempt, at: performance.now() });
    throw new Error('cannot be done');
  });
  await send(link, 'bad');
  await send(link, 'good');
  await vi.waitFor(() => expect(letters).toHaveLength(1), soon);
  expect(handled).toEqual(['good']);
  expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(attempts[1]!.at - attempts[0]!.at).toBeGreaterThanOrEqual(95);
  expect(attempts[2]!.at - attempts[1]!.at).toBeGreaterThanOrEqual(195);
  expect(letters[0]!.properties).toMatchObject({
    messageId: 'bad',
    type: 'calculation.task',
    headers: {
      colour: 'blue',
      'x-dead-letter-code': 'RETRIES_EXHAUSTED',
      'x-dead-letter-reason': expect.stringMatching(/3 times.*cannot be done/),
      'x-dead-letter-attempts': 3,
    },
  });
  expect(Object.keys(letters[0]!.properties.headers!)).not.toContain('x-death');
});

test('the delays of the topology bring a message back: the first after 5 s', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const at: number[] = [];
  const consumer = createConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      prefetch: 1,
      async handle({ attempt }) {
        at.push(performance.now());
        if (attempt === 1) throw new ComptoirError('SERVICE_UNAVAILABLE');
      },
    },
    { link, log: testLog() },
  );
  await consumer.start();
  await send(link, 'a');
  await vi.waitFor(() => expect(at).toHaveLength(2), soon);
  expect(at[1]! - at[0]!).toBeGreaterThan(4_900);
  await consumer.stop();
}, 40_000);

test('an error that the catalogue dead-letters is not retried', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const letters = await deadLetters(broker);
  let runs = 0;
  await using _consumer = await startConsumer(link, async () => {
    runs++;
    throw new ComptoirError('MESSAGE_CONFLICT', 'it contradicts what is stored');
  });
  await send(link, 'a');
  await vi.waitFor(() => expect(letters).toHaveLength(1), soon);
  expect(runs).toBe(1);
  expect(letters[0]!.properties.headers).toMatchObject({
    'x-dead-letter-code': 'MESSAGE_CONFLICT',
    'x-dead-letter-reason': 'it contradicts what is stored',
  });
});

// Catches the mutants "ack-before-commit" (messages would be lost to the outage) and "no inbox" (some would count twice).
test('an outage of the database pauses the consumer; then every message has its effect once, and no attempt was used up', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  await database.query('CREATE TABLE effect (id text)');
  const link = await broker.link(topology);
  const letters = await deadLetters(broker);
  let down = false;
  const attempts = new Set<number>();
  let refused = 0;
  await using _consumer = await startConsumer(
    link,
    async ({ messageId, attempt }) => {
      attempts.add(attempt);
      await handleOnce(database, 'test', messageId!, async (em) => {
        await query(em, 'INSERT INTO effect (id) VALUES ($1)', [messageId]);
        if (!down) return;
        refused++;
        await server.terminateSessions(); // in the middle of the transaction
        await query(em, 'SELECT 1');
      });
    },
    { probe: async () => (down ? Promise.reject(new Error('still down')) : database.ping()) },
  );
  await send(link, 'before');
  await vi.waitFor(async () => expect(await database.query('SELECT id FROM effect')).toHaveLength(1), soon);
  down = true;
  const ids = Array.from({ length: 40 }, (_, n) => String(n));
  await Promise.all(ids.map((id) => send(link, id)));
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toMatchObject({ consumers: 0 }), soon);
  expect(refused).toBeGreaterThan(0);
  down = false;
  await vi.waitFor(async () => expect(await database.query('SELECT id FROM effect')).toHaveLength(41), soon);
  const effects = await database.query<{ id: string }>('SELECT id FROM effect');
  expect(new Set(effects.map(({ id }) => id))).toEqual(new Set(['before', ...ids]));
  expect(attempts).toEqual(new Set([1]));
  expect(letters).toEqual([]);
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toEqual({ ready: 0, consumers: 1 }), soon);
}, 40_000);

// Catches the mutant "no inbox".
test('connections killed while messages are handled cost redeliveries and no effect twice', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  await database.query('CREATE TABLE effect (id text)');
  const link = await broker.link(topology);
  const gate = Promise.withResolvers<void>();
  let deliveries = 0;
  await using _consumer = await startConsumer(link, async ({ messageId }) => {
    deliveries++;
    await handleOnce(database, 'test', messageId!, (em) => query(em, 'INSERT INTO effect (id) VALUES ($1)', [messageId]));
    await gate.promise; // stored, and not acknowledged when the connection goes
  });
  const ids = Array.from({ length: 10 }, (_, n) => String(n));
  await Promise.all(ids.map((id) => send(link, id)));
  await vi.waitFor(() => expect(deliveries).toBe(10), soon);
  await broker.killConnections(/consumes$/);
  gate.resolve();
  await vi.waitFor(() => expect(deliveries).toBe(20), soon);
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toEqual({ ready: 0, consumers: 1 }), soon);
  const effects = await database.query<{ id: string }>('SELECT id FROM effect');
  expect(effects.map(({ id }) => id).sort()).toEqual(ids);
}, 40_000);

test('stopping lets the handlers at work finish and gives the rest back', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const started: string[] = [];
  const gate = Promise.withResolvers<void>();
  const consumer = await startConsumer(
    link,
    async ({ messageId }) => {
      started.push(messageId!);
      await gate.promise;
    },
    { prefetch: 2 },
  );
  for (const id of ['a', 'b', 'c']) await send(link, id);
  await vi.waitFor(() => expect(started).toEqual(['a', 'b']), soon);
  const stopped = consumer.stop();
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toEqual({ ready: 1, consumers: 0 }), soon);
  gate.resolve();
  await stopped;
  expect(await link.checkQueue(queue)).toEqual({ ready: 1, consumers: 0 });
  expect(started).toEqual(['a', 'b']);
});

test('a handler that does not finish is told by its signal, and its message goes back', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const told = Promise.withResolvers<unknown>();
  const consumer = await startConsumer(
    link,
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          told.resolve(signal.reason);
          reject(signal.reason);
        });
      }),
    { stopTimeoutMs: 100 },
  );
  await send(link, 'a');
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toMatchObject({ ready: 0 }), soon);
  await consumer.stop();
  expect(await told.promise).toMatchObject({ code: 'SHUTTING_DOWN' });
  await vi.waitFor(async () => expect(await link.checkQueue(queue)).toEqual({ ready: 1, consumers: 0 }), soon);
});

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

// The mutant "nack for reject" shows only from RabbitMQ 4.3 on, which is not run here: it is caught by its spelling.
test('a message is given back by reject, never by nack', () => {
  const source = readFileSync(new URL('./consumption.ts', import.meta.url), 'utf8');
  expect(source).toContain('.reject(');
  expect(source).not.toMatch(/\.nack(All)?\(/);
});
