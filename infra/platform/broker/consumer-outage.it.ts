import { expect, test, vi } from 'vitest';
import { handleOnce } from '../inbox.ts';
import { query } from '../sql.ts';
import { createTestBroker } from '../testing/broker.ts';
import { createTestDatabase } from '../testing/database.ts';
import { deadLetters, queue, send, soon, startConsumer, topology } from '../testing/task-queue.ts';

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
