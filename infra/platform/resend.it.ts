import { eventsExchange, markerQueue, type Topology } from '@comptoir/schema/topology.ts';
import { expect, test, vi } from 'vitest';
import type { BrokerLink } from './broker/link.ts';
import type { Database } from './database.ts';
import { createMetrics } from './metrics.ts';
import { appendToOutbox, eventMessage, type OutboxMessage } from './outbox.ts';
import { createRelay, type RelayConfig } from './relay.ts';
import { createTestBroker, type TestBroker } from './testing/broker.ts';
import { createTestDatabase } from './testing/database.ts';
import { testLog } from './testing/log.ts';

const topology: Topology = {
  exchanges: [{ name: eventsExchange, type: 'topic' }],
  queues: [{ name: 'readers' }, { name: 'work' }],
  bindings: [{ exchange: eventsExchange, queue: 'readers', routingKey: 'calcul.stats_changed' }],
};
const resend = [{ exchange: eventsExchange, routingKey: 'calcul.stats_changed' }];
const soon = { timeout: 60_000, interval: 20 };

const event = (id: string): OutboxMessage => ({
  ...eventMessage('calcul.stats_changed', { type: 'stats', id: 'all' }, { cause: 'submitted' }),
  messageId: id,
});
/** Its sender asks again by itself. */
const command = (id: string): OutboxMessage => ({
  messageId: id,
  exchange: '',
  routingKey: 'work',
  type: 'calculation.task',
  payload: { n1: 1, n2: 2, request_id: id },
  aggregate: { type: 'task', id },
});

const append = (database: Database, messages: readonly OutboxMessage[]) => database.transaction((em) => appendToOutbox(em, messages));
const allSent = (database: Database) =>
  vi.waitFor(async () => expect(await database.query('SELECT 1 FROM outbox WHERE sent_at IS NULL')).toEqual([]), soon);

function startRelay(database: Database, link: BrokerLink, config: Partial<RelayConfig> = {}) {
  const metrics = createMetrics({ service: 'test', instanceId: 'test', processMetrics: false });
  const relay = createRelay({ service: 'test', pollMs: 20, retryMs: 50, resend, ...config }, { database, link, log: testLog(), metrics });
  return relay.start().then(() => ({
    async resent() {
      const text = await metrics.registry.getSingleMetricAsString('messages_resent_total');
      return Number(/\} (\d+)/.exec(text)?.[1] ?? 0);
    },
    [Symbol.asyncDispose]: () => relay.stop(),
  }));
}

/** All that the broker held is gone; it comes back empty. */
async function loseData({ management, vhost }: TestBroker, meanwhile: () => Promise<void> = async () => undefined) {
  await management.deleteVhost(vhost);
  await meanwhile();
  await management.createVhost(vhost);
}

const hasMarker = (broker: TestBroker) =>
  vi.waitFor(
    async () => expect((await broker.management.queues(broker.vhost)).map(({ name }) => name)).toContain(markerQueue('test')),
    soon,
  );

/** Ids that wait in the queue, or that come within the time, in order. */
async function arrivals(broker: TestBroker) {
  const channel = await broker.channel();
  await channel.assertQueue('readers', { durable: true });
  const ids: string[] = [];
  await channel.consume('readers', (message) => message && ids.push(message.properties.messageId), { noAck: true });
  return ids;
}

test('what a broker lost that nobody would ask for again is sent again, in order and under the same ids; a mere reconnect sends nothing', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  await append(database, [event('too old'), event('a'), command('x'), event('b')]);
  await using relay = await startRelay(database, link);
  await allSent(database);
  await database.query(`UPDATE outbox SET sent_at = now() - interval '73 hours' WHERE message_id = 'too old'`);
  await hasMarker(broker);

  await broker.killConnections(/publishes/);
  await append(database, [event('c')]);
  await vi.waitFor(
    async () => expect(await database.query(`SELECT 1 FROM outbox WHERE message_id = 'c' AND sent_at IS NOT NULL`)).toHaveLength(1),
    soon,
  );
  expect(await relay.resent()).toBe(0);

  await loseData(broker, () => append(database, [event('d')]));
  const ids = await arrivals(broker);
  await vi.waitFor(() => expect(ids.toSorted()).toEqual(['a', 'b', 'c', 'd']), soon);
  expect(ids.filter((id) => id !== 'd')).toEqual(['a', 'b', 'c']);
  await hasMarker(broker);
  expect(await relay.resent()).toBe(3);
  expect(await link.checkQueue('work')).toMatchObject({ ready: 0 });
}, 120_000);

// Catches a marker that is declared before the last page is confirmed.
test('one that is interrupted begins anew: by a relay that dies, by a broker that loses its data once more', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  const all = Array.from({ length: 1_200 }, (_, n) => String(n));
  await append(database, all.map(event));
  {
    await using _relay = await startRelay(database, link);
    await allSent(database);
    await hasMarker(broker);
  }
  let published = 0;
  const interruptions = [() => server.terminateSessions(), () => loseData(broker)];
  const interrupted: BrokerLink = {
    ...link,
    async publish(message) {
      await link.publish(message);
      if (++published % 700 === 0) await interruptions.shift()?.();
    },
  };
  await loseData(broker);
  await vi.waitFor(() => expect(link.state()).toBe('connected'), soon);
  await using _relay = await startRelay(database, interrupted);
  await hasMarker(broker);
  expect(interruptions).toEqual([]);
  // The broker lost what came before its second loss, so all that is here came after it.
  const ids = await arrivals(broker);
  await vi.waitFor(() => expect(new Set(ids).size).toBe(all.length), soon);
  expect([...new Set(ids)]).toEqual(all);
}, 180_000);

test('new messages do not wait until all old ones are sent again', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link(topology);
  const old = 6_000;
  await append(
    database,
    Array.from({ length: old }, (_, n) => event(String(n))),
  );
  {
    await using _relay = await startRelay(database, link);
    await allSent(database);
    await hasMarker(broker);
  }
  await loseData(broker);
  await vi.waitFor(() => expect(link.state()).toBe('connected'), soon);
  const ids = await arrivals(broker);
  const since = performance.now();
  let written: Promise<void> | undefined;
  const watched: BrokerLink = {
    ...link,
    publish(message) {
      written ??= append(database, [event('new')]);
      return link.publish(message);
    },
  };
  await using relay = await startRelay(database, watched);
  await vi.waitFor(() => expect(ids).toContain('new'), soon);
  await written;
  expect(ids.indexOf('new')).toBeLessThan(old);
  await vi.waitFor(async () => expect(await relay.resent()).toBe(old), soon);
  console.info(`${old} messages sent again in ${((performance.now() - since) / 1_000).toFixed(2)} s`);
}, 180_000);

test('one that is refused when it is sent again counts as unsent, and goes out once there is a queue for it', async () => {
  await using server = await createTestDatabase();
  await using broker = await createTestBroker();
  const database = await server.open();
  const link = await broker.link({ ...topology, queues: [{ name: 'readers' }] });
  const other = await broker.channel();
  await other.assertQueue('work', { durable: true });
  const config = { resend: [{ exchange: '', routingKey: 'work' }] };
  await append(database, [{ ...command('x'), mandatory: true }]);
  {
    await using _relay = await startRelay(database, link, config);
    await allSent(database);
    await hasMarker(broker);
  }
  await loseData(broker);
  await vi.waitFor(() => expect(link.state()).toBe('connected'), soon);
  await using relay = await startRelay(database, link, config);
  await vi.waitFor(async () => expect(await database.query('SELECT 1 FROM outbox WHERE sent_at IS NULL')).toHaveLength(1), soon);
  await hasMarker(broker);
  expect(await relay.resent()).toBe(0);
  await (await broker.channel()).assertQueue('work', { durable: true });
  await allSent(database);
  expect(await link.checkQueue('work')).toMatchObject({ ready: 1 });
}, 120_000);
