import { expect, test, vi } from 'vitest';
import { ComptoirError } from '../errors.ts';
import { createTestBroker } from '../testing/broker.ts';
import { testLog } from '../testing/log.ts';
import { deadLetters, queue, retries, send, soon, startConsumer, type Task, topology } from '../testing/task-queue.ts';
import { createConsumer } from './consumer.ts';

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

/** The queue in which a message has waited until its time there was over, as the broker tells it. */
function waitedIn({ headers }: Pick<Task, 'headers'>): string | undefined {
  const [last] = (headers['x-death'] ?? []) as { queue: string; reason: string }[];
  return last?.reason === 'expired' ? last.queue : undefined;
}

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
  const attempts: { attempt: number; after: string | undefined }[] = [];
  const handled: string[] = [];
  await using _consumer = await startConsumer(link, async ({ body: { request_id }, attempt, headers }) => {
    if (request_id !== 'bad') return void handled.push(request_id);
    attempts.push({ attempt, after: waitedIn({ headers }) });
    throw new Error('cannot be done');
  });
  await send(link, 'bad');
  await send(link, 'good');
  await vi.waitFor(() => expect(letters).toHaveLength(1), soon);
  expect(handled).toEqual(['good']);
  const [first, second] = retries.retryDelays.map(({ name }) => name);
  expect(attempts).toEqual([
    { attempt: 1, after: undefined },
    { attempt: 2, after: first },
    { attempt: 3, after: second },
  ]);
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
  const attempts: (string | undefined)[] = [];
  const consumer = createConsumer(
    {
      service: 'test',
      queue,
      type: 'calculation.task',
      prefetch: 1,
      async handle(task) {
        attempts.push(waitedIn(task));
        if (task.attempt === 1) throw new ComptoirError('SERVICE_UNAVAILABLE');
      },
    },
    { link, log: testLog() },
  );
  await consumer.start();
  await send(link, 'a');
  await vi.waitFor(() => expect(attempts).toEqual([undefined, 'comptoir.retry.5s']), soon);
  // A queue that has another delay would refuse.
  const asDeclared = { 'x-queue-type': 'quorum', 'x-message-ttl': 5_000, 'x-dead-letter-exchange': '' };
  await (await broker.channel()).assertQueue('comptoir.retry.5s', { durable: true, arguments: asDeclared });
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
