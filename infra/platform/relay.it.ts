import { eventsExchange, type Topology } from '@comptoir/schema/topology.ts';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { BrokerLink } from './broker/link.ts';
import { PublishError } from './broker/publisher.ts';
import type { Database } from './database.ts';
import { appendToOutbox, eventMessage, type OutboxMessage, writeOutbox } from './outbox.ts';
import { createRelay, type RelayConfig } from './relay.ts';
import { query } from './sql.ts';
import { createTestBroker } from './testing/broker.ts';
import { createTestDatabase } from './testing/database.ts';
import { testLog } from './testing/log.ts';

const topology: Topology = {
  exchanges: [{ name: eventsExchange, type: 'topic' }],
  queues: [{ name: 'task_queue_add' }, { name: 'events' }],
  bindings: [{ exchange: eventsExchange, queue: 'events', routingKey: '#' }],
};

const soon = { timeout: 15_000, interval: 20 };

const task = (id: string, aggregate = id): OutboxMessage => ({
  messageId: id,
  exchange: '',
  routingKey: 'task_queue_add',
  type: 'calculation.task',
  payload: { n1: 1, n2: 2, request_id: id },
  aggregate: { type: 'task', id: aggregate },
  mandatory: true,
});

const changed = (aggregate: string) => eventMessage('calcul.stats_changed', { type: 'stats', id: aggregate }, { cause: 'submitted' });

const startRelay = async (database: Database, link: BrokerLink, config: Partial<RelayConfig> = {}) => {
  const relay = createRelay({ service: 'test', pollMs: 50, retryMs: 50, ...config }, { database, link, log: testLog() });
  await relay.start();
  return { ...relay, [Symbol.asyncDispose]: () => relay.stop() };
};

const append = (database: Database, messages: readonly OutboxMessage[]) => database.transaction((em) => appendToOutbox(em, messages));

/** The ids of the messages that arrive in a queue, in order of arrival. */
async function arrivals(broker: Awaited<ReturnType<typeof createTestBroker>>, queue: string) {
  const channel = await broker.channel();
  const ids: string[] = [];
  await channel.consume(queue, (message) => message && ids.push(message.properties.messageId), { noAck: true });
  return ids;
}

const unsentCount = async (database: Database) =>
  Number((await database.query<{ count: string }>('SELECT count(*) FROM outbox WHERE sent_at IS NULL'))[0]?.count);

test('a message goes out after the commit, with everything that belongs to it', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  await using _relay = await startRelay(database, link, { pollMs: 10_000 }); // woken by the commit, not by the poll
  const channel = await broker.channel();
  const arrived = Promise.withResolvers<Parameters<Parameters<typeof channel.consume>[1]>[0]>();
  await channel.consume('task_queue_add', arrived.resolve, { noAck: true });
  await append(database, [{ ...task('m1'), correlationId: 'c1' }]);
  const message = await arrived.promise;
  expect(JSON.parse(message!.content.toString())).toEqual({ n1: 1, n2: 2, request_id: 'm1' });
  expect(message!.properties).toMatchObject({
    messageId: 'm1',
    type: 'calculation.task',
    correlationId: 'c1',
    contentType: 'application/json',
    deliveryMode: 2,
    timestamp: expect.any(Number),
    headers: { traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/) },
  });
  await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), soon);
});

// Catches the mutant "publish-before-commit".
test('what is rolled back is never sent, and what does not match its schema is never written', async () => {
  await using server = await createTestDatabase();
  const database = await server.open();
  const failing = database.transaction(async (em) => {
    await appendToOutbox(em, [task('a')]);
    throw new Error('rolled back');
  });
  await expect(failing).rejects.toThrow('rolled back');
  await expect(append(database, [{ ...task('b'), payload: { n1: 'x' } }])).rejects.toThrow(/n1 must be number/);
  await expect(appendToOutbox(database.fork(), [task('c')])).rejects.toThrow(/in the transaction/);
  expect(await database.query('SELECT * FROM outbox')).toEqual([]);
});

test('every page waits until what goes before sending is idle, and goes out in the end where that never is', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  const steps: string[] = [];
  const publish: BrokerLink['publish'] = (message) => {
    steps.push(`sent ${message.properties.messageId}`);
    return link.publish(message);
  };
  await using relay = await startRelay(database, { ...link, publish });
  relay.giveWayTo(async () => void steps.push('idle'));
  await append(database, [task('a')]);
  await vi.waitFor(() => expect(steps).toContain('sent a'), soon);
  expect(steps[steps.indexOf('sent a') - 1]).toBe('idle');
  relay.giveWayTo(() => new Promise(() => undefined));
  await append(database, [task('b')]);
  await vi.waitFor(() => expect(steps).toContain('sent b'), soon);
});

test('10,000 messages flow, in order', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  const ids = await arrivals(broker, 'task_queue_add');
  await append(
    database,
    Array.from({ length: 10_000 }, (_, n) => task(String(n))),
  );
  await using _relay = await startRelay(database, link);
  await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), { timeout: 50_000, interval: 20 });
  await vi.waitFor(() => expect(ids).toHaveLength(10_000), soon);
  expect(ids).toEqual(Array.from({ length: 10_000 }, (_, n) => String(n)));
}, 60_000);

// Catches the mutant "no mandatory": the row would count as sent.
test('a message that reaches no queue is never marked sent, holds back what follows it, and goes out once there is a queue', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link({ ...topology, queues: [{ name: 'events' }] });
  await using _relay = await startRelay(database, link);
  await append(database, [task('a1', 'a'), { ...task('a2', 'a') }, { ...task('b1'), routingKey: 'events' }]);
  await vi.waitFor(async () => {
    const rows = await database.query('SELECT message_id, sent_at IS NOT NULL AS sent, attempts > 0 AS tried FROM outbox ORDER BY id');
    expect(rows).toEqual([
      { message_id: 'a1', sent: false, tried: true },
      { message_id: 'a2', sent: false, tried: false },
      { message_id: 'b1', sent: true, tried: false },
    ]);
  }, soon);
  const channel = await broker.channel();
  await channel.assertQueue('task_queue_add', { durable: true });
  const ids = await arrivals(broker, 'task_queue_add');
  await vi.waitFor(() => expect(ids).toEqual(['a1', 'a2']), soon);
  await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), soon);
});

test('a message refused too often is parked, and the rest of its aggregate with it', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  await using _relay = await startRelay(database, link, { retryMs: 1, maxAttempts: 3 });
  await append(database, [{ ...task('a1', 'a'), routingKey: 'nowhere' }, task('a2', 'a'), task('b1')]);
  const ids = await arrivals(broker, 'task_queue_add');
  await vi.waitFor(async () => {
    const [row] = await database.query('SELECT attempts, parked_at IS NOT NULL AS parked, last_error FROM outbox WHERE message_id = $1', [
      'a1',
    ]);
    expect(row).toEqual({ attempts: 3, parked: true, last_error: expect.stringMatching(/^NO_ROUTE/) });
  }, soon);
  await append(database, [task('c1')]);
  await vi.waitFor(() => expect(ids).toEqual(['b1', 'c1']), soon);
  expect(await unsentCount(database)).toBe(2);
});

test('a relay whose session dies between confirm and mark sends again, under the same id', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  let confirmed = 0;
  const crashing: BrokerLink = {
    ...link,
    async publish(message) {
      await link.publish(message);
      // Confirmed, and not yet marked: the first time the session that would mark it is ended.
      if (++confirmed === 1) await server.terminateSessions();
    },
  };
  await append(database, [task('only')]);
  const ids = await arrivals(broker, 'task_queue_add');
  await using _relay = await startRelay(database, crashing);
  await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), soon);
  await vi.waitFor(() => expect(ids).toEqual(['only', 'only']), soon);
});

test('a broker that is away leaves the rows unsent and lets the log grow; they flow when it is back', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  let state: 'connecting' | 'connected' = 'connecting';
  const away: BrokerLink = { ...link, state: () => state };
  await using _relay = await startRelay(database, away);
  await append(database, [task('a'), task('b')]);
  await vi.waitFor(
    async () => expect(await database.query('SELECT position FROM outbox ORDER BY id')).toEqual([{ position: '1' }, { position: '2' }]),
    soon,
  );
  expect(await unsentCount(database)).toBe(2);
  state = 'connected';
  await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), soon);
});

test.each(['CLOSED', 'TIMEOUT'] as const)(
  'a message whose confirm does not come (%s) stays unsent, is not counted against it, and is sent again',
  async (code) => {
    await using server = await createTestDatabase();
    await using broker = await createTestBroker();
    const database = await server.open();
    const link = await broker.link(topology);
    const ids = await arrivals(broker, 'task_queue_add');
    let failures = 0;
    const failing: BrokerLink = {
      ...link,
      publish: (message) => (failures++ < 3 ? Promise.reject(new PublishError(code, 'gone')) : link.publish(message)),
    };
    await append(database, [task('a'), task('b')]);
    await using _relay = await startRelay(database, failing);
    await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), soon);
    await vi.waitFor(() => expect(ids.toSorted()).toEqual(['a', 'b']), soon);
    expect(await database.query('SELECT DISTINCT attempts FROM outbox')).toEqual([{ attempts: 0 }]);
  },
);

test('of two relays one works; when its sessions die the work goes on, and each aggregate keeps its order', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  const ids = await arrivals(broker, 'task_queue_add');
  await using _one = await startRelay(database, link);
  await using _two = await startRelay(database, link);
  const rounds = 40;
  for (let round = 0; round < rounds; round++) {
    await vi.waitFor(
      () =>
        append(
          database,
          ['x', 'y', 'z'].map((aggregate) => task(`${aggregate}:${round}`, aggregate)),
        ),
      soon,
    );
    if (round % 10 === 5) await server.terminateSessions();
  }
  await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), soon);
  await vi.waitFor(() => expect(new Set(ids).size).toBe(3 * rounds), soon);
  // Repetitions are allowed, their first arrivals must be in order.
  for (const aggregate of ['x', 'y', 'z']) {
    const first = [...new Set(ids)].filter((id) => id.startsWith(aggregate));
    expect(first).toEqual(Array.from({ length: rounds }, (_, round) => `${aggregate}:${round}`));
  }
}, 60_000);

// Catches the mutant "id > last": a transaction that drew its ids early and commits late would be passed over.
test('transactions that commit in another order than they drew their ids are all given a position, without a gap, and sent', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open({ poolSize: 12 });
  const link = await broker.link(topology);
  const ids = await arrivals(broker, 'events');
  await using _relay = await startRelay(database, link, { pollMs: 5 });
  let expected = 0;
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 2 }), async (commitOrder) => {
      const written = commitOrder.map(() => Promise.withResolvers<void>());
      const mayCommit = commitOrder.map(() => Promise.withResolvers<void>());
      const transactions = commitOrder.map((_, n) =>
        database.transaction(async (em) => {
          await (n === 0 ? Promise.resolve() : written[n - 1]!.promise); // ids are drawn in order
          await appendToOutbox(em, [changed(String(n))]);
          await writeOutbox(em);
          await query(em, 'SELECT'); // with which it goes out
          written[n]!.resolve();
          await mayCommit[n]!.promise;
        }),
      );
      await written.at(-1)!.promise;
      for (const n of commitOrder.map((_, index) => index).sort((a, b) => commitOrder[a]! - commitOrder[b]!)) {
        mayCommit[n]!.resolve();
        await transactions[n];
      }
      expected += commitOrder.length;
      await vi.waitFor(async () => expect(await unsentCount(database)).toBe(0), soon);
      await vi.waitFor(() => expect(ids).toHaveLength(expected), soon);
    }),
    { numRuns: 15 },
  );
  const positions = await database.query<{ position: string }>('SELECT position FROM outbox ORDER BY position');
  expect(positions.map(({ position }) => Number(position))).toEqual(Array.from({ length: expected }, (_, n) => n + 1));
}, 60_000);

test('sent messages are deleted after their time, the others stay, and positions go on where they were', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  await append(database, [task('old'), task('new'), { ...task('stuck'), routingKey: 'nowhere' }]);
  {
    await using _relay = await startRelay(database, link, { maxAttempts: 1 });
    await vi.waitFor(async () => expect(await unsentCount(database)).toBe(1), soon);
  }
  await database.query(`UPDATE outbox SET sent_at = now() - interval '73 hours' WHERE message_id = 'old'`);
  await using _relay = await startRelay(database, link);
  await vi.waitFor(
    async () =>
      expect(await database.query('SELECT message_id FROM outbox ORDER BY id')).toEqual([{ message_id: 'new' }, { message_id: 'stuck' }]),
    soon,
  );
  expect(await database.query('SELECT position, purged FROM outbox_head')).toEqual([{ position: '3', purged: '1' }]);
  await append(database, [task('next')]);
  await vi.waitFor(
    async () => expect(await database.query(`SELECT position FROM outbox WHERE message_id = 'next'`)).toEqual([{ position: '4' }]),
    soon,
  );
});
