import type { Topology } from '@comptoir/schema/topology.ts';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTestBroker } from '../testing/broker.ts';
import { createTcpProxy } from '../testing/tcp-proxy.ts';
import type { LinkState } from './link.ts';
import type { Publication } from './publisher.ts';

const topology: Topology = { exchanges: [], queues: [{ name: 'work' }], bindings: [] };
const soon = { timeout: 20_000, interval: 20 };
const message = (id: string): Publication => ({
  exchange: '',
  routingKey: 'work',
  content: Buffer.from(id),
  properties: { messageId: id },
});

/** A method frame on channel 0, as the broker sends it when it runs short of memory and when that is over. */
function connectionMethod(method: number, parameters: Buffer): Buffer {
  const payload = Buffer.concat([Buffer.from([0, 10, 0, method]), parameters]);
  const header = Buffer.from([1, 0, 0, 0, 0, 0, payload.length]);
  return Buffer.concat([header, payload, Buffer.from([0xce])]);
}
const blocked = connectionMethod(60, Buffer.from('\x0alow memory'));
const unblocked = connectionMethod(61, Buffer.alloc(0));
/** Class and method of basic.publish. */
const publishMethod = Buffer.from([0, 60, 0, 40]);

test('while the broker takes no messages publications wait within their bound, and go out when it takes them again', async () => {
  await using broker = await createTestBroker();
  await using proxy = await createTcpProxy(broker.url);
  const link = await broker.link(topology, { url: proxy.url, publishTimeoutMs: 3_000 });
  const states: LinkState[] = [];
  link.onState((state) => states.push(state));
  await link.publish(message('before'));
  proxy.inject(blocked);
  await vi.waitFor(() => expect(link.state()).toBe('blocked'), soon);
  await expect(link.publish(message('too early'))).rejects.toMatchObject({ code: 'TIMEOUT' });
  const waiting = link.publish(message('patient'));
  proxy.inject(unblocked);
  await waiting;
  expect(link.state()).toBe('connected');
  expect(states).toEqual(['blocked', 'connected']);
  expect(await link.checkQueue('work')).toMatchObject({ ready: 2 });
});

// Catches the mutant "shared connection": the broker stops reading from a connection that published, so what is consumed could not be acknowledged.
test('publishing and consuming take a connection each, and consuming goes on while the broker takes no messages', async () => {
  await using broker = await createTestBroker();
  await using proxy = await createTcpProxy(broker.url);
  const link = await broker.link(topology, { url: proxy.url });
  const received: string[] = [];
  link.consume({
    queue: 'work',
    prefetch: 1,
    onMessage(delivery) {
      received.push(delivery.content.toString());
      delivery.ack();
    },
  });
  await vi.waitFor(async () => expect(await link.checkQueue('work')).toMatchObject({ consumers: 1 }), soon);
  await vi.waitFor(async () => {
    const connections = await broker.management.connections(broker.vhost);
    expect(connections.map(({ client_properties }) => client_properties?.connection_name).sort()).toEqual([
      'test consumes',
      'test publishes',
    ]);
  }, soon);
  await link.publish(message('before'));
  await vi.waitFor(() => expect(received).toEqual(['before']), soon);
  proxy.inject(blocked);
  proxy.holdUploads(publishMethod); // as RabbitMQ does: it stops reading from whoever published
  await vi.waitFor(() => expect(link.state()).toBe('blocked'), soon);
  const other = await broker.channel();
  for (const id of ['a', 'b', 'c']) other.sendToQueue('work', Buffer.from(id));
  await vi.waitFor(() => expect(received).toEqual(['before', 'a', 'b', 'c']), soon);
  await vi.waitFor(async () => expect(await link.checkQueue('work')).toEqual({ ready: 0, consumers: 1 }), soon);
}, 40_000);

test('a broker that falls silent lets every publication settle within its bound, is noticed by its missing heartbeats, and found again', async () => {
  await using broker = await createTestBroker();
  await using proxy = await createTcpProxy(broker.url);
  const link = await broker.link(topology, { url: `${proxy.url}?heartbeat=1`, publishTimeoutMs: 3_000 });
  proxy.freeze();
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => link.publish(message(String(n)))));
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: expect.stringMatching(/TIMEOUT|CLOSED/) } });
  await vi.waitFor(() => expect(link.state()).toBe('connecting'), soon);
  await expect(link.publish(message('x'))).rejects.toMatchObject({ code: 'CLOSED' });
  proxy.thaw();
  await vi.waitFor(() => expect(link.state()).toBe('connected'), { timeout: 30_000 });
  await link.publish(message('back'));
}, 60_000);

test('a link stops within seconds though the broker is silent', async () => {
  await using broker = await createTestBroker();
  await using proxy = await createTcpProxy(broker.url);
  // Its missing heartbeats would tell after two minutes.
  const link = await broker.link(topology, { url: `${proxy.url}?heartbeat=60` });
  link.consume({ queue: 'work', prefetch: 1, onMessage: (delivery) => delivery.ack() });
  proxy.freeze();
  const unconfirmed = link.publish(message('x'));
  unconfirmed.catch(() => undefined);
  // A clock of the test's own: what waits longer than that waits for ever.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const stopping = link.stop();
  await vi.advanceTimersByTimeAsync(8_000);
  await stopping;
  await expect(unconfirmed).rejects.toMatchObject({ code: 'CLOSED' });
  expect(link.state()).toBe('closed');
});
