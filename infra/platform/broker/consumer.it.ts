import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { createTestBroker } from '../testing/broker.ts';
import { queue, send, soon, startConsumer, type Task, topology } from '../testing/task-queue.ts';

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

// The mutant "nack for reject" shows only from RabbitMQ 4.3 on, which is not run here: it is caught by its spelling.
test('a message is given back by reject, never by nack', () => {
  const source = readFileSync(new URL('./consumption.ts', import.meta.url), 'utf8');
  expect(source).toContain('.reject(');
  expect(source).not.toMatch(/\.nack(All)?\(/);
});
