import type { Topology } from '@comptoir/schema/topology.ts';
import { expect, test, vi } from 'vitest';
import { createTestBroker } from '../testing/broker.ts';
import { testLog } from '../testing/log.ts';
import { createBrokerLink, QueueMissingError } from './link.ts';
import type { Publication } from './publisher.ts';

const topology: Topology = {
  exchanges: [{ name: 'things', type: 'topic' }],
  queues: [{ name: 'work' }, { name: 'log', arguments: { 'x-message-ttl': 60_000 } }],
  bindings: [{ exchange: 'things', queue: 'log', routingKey: 'thing.*' }],
};

const toWork = (text: string): Publication => ({
  exchange: '',
  routingKey: 'work',
  content: Buffer.from(text),
  properties: { messageId: text },
  mandatory: true,
});

const soon = { timeout: 15_000, interval: 20 };

test('what is published arrives, in order, with its properties', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  expect(link.product()).toMatch(/^RabbitMQ \d/);
  expect(link.topologyFaults()).toEqual([]);
  const received: string[] = [];
  link.consume({
    queue: 'work',
    prefetch: 100,
    onMessage(delivery) {
      received.push(delivery.content.toString());
      expect(delivery.properties).toMatchObject({
        messageId: delivery.content.toString(),
        contentType: 'application/json',
        deliveryMode: 2,
      });
      delivery.ack();
    },
  });
  const texts = Array.from({ length: 1_000 }, (_, n) => String(n));
  await Promise.all(texts.map((text) => link.publish(toWork(text))));
  await vi.waitFor(() => expect(received).toHaveLength(1_000), soon);
  expect(received).toEqual(texts);
});

// Catches the mutant "no mandatory".
test('a mandatory message that reaches no queue is refused, one that is not mandatory vanishes', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const lost: Publication = { exchange: 'things', routingKey: 'nobody.listens', content: Buffer.from('x'), properties: {} };
  await expect(link.publish({ ...lost, mandatory: true })).rejects.toMatchObject({ code: 'NO_ROUTE' });
  await expect(link.publish({ ...lost, mandatory: false })).resolves.toBeUndefined();
  await expect(link.publish({ ...toWork('x'), routingKey: 'no_such_queue' })).rejects.toMatchObject({ code: 'NO_ROUTE' });
});

test('an exchange that does not exist is the fault of the message sent to it, and the others get through', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const outcomes = await Promise.allSettled([
    link.publish(toWork('a')),
    link.publish({ ...toWork('b'), exchange: 'missing' }),
    link.publish(toWork('c')),
  ]);
  expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: { code: 'NO_ROUTE' } });
  // Whatever failed beside it failed as CLOSED, which is worth another try at once.
  for (const outcome of outcomes)
    if (outcome.status === 'rejected' && outcome !== outcomes[1]) expect(outcome.reason).toMatchObject({ code: 'CLOSED' });
  await vi.waitFor(() => link.publish(toWork('d')), soon);
});

test('a queue that stands with other arguments is reported, and everything else works', async () => {
  await using broker = await createTestBroker();
  const other = await broker.channel();
  await other.assertQueue('log', { durable: true });
  const link = await broker.link(topology);
  expect(link.state()).toBe('connected');
  expect(link.topologyFaults()).toEqual([expect.stringMatching(/^queue log: .*PRECONDITION_FAILED/)]);
  await link.publish({ exchange: 'things', routingKey: 'thing.made', content: Buffer.from('x'), properties: {}, mandatory: true });
  expect(await link.checkQueue('log')).toEqual({ ready: 1, consumers: 0 });
});

test('the depth of a queue is told, and a missing queue disturbs nobody', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  await link.publish(toWork('a'));
  const answers = await Promise.allSettled([link.checkQueue('work'), link.checkQueue('nope'), link.checkQueue('work')]);
  expect(answers[0]).toEqual({ status: 'fulfilled', value: { ready: 1, consumers: 0 } });
  expect(answers[1]).toMatchObject({ status: 'rejected', reason: expect.any(QueueMissingError) });
  expect(answers[2]).toEqual({ status: 'fulfilled', value: { ready: 1, consumers: 0 } });
});

/** A link with a consumer on `work` that collects what it gets. */
async function consuming(broker: Awaited<ReturnType<typeof createTestBroker>>) {
  const link = await broker.link(topology);
  const received = new Set<string>();
  const consumption = link.consume({
    queue: 'work',
    prefetch: 10,
    onMessage(delivery) {
      received.add(delivery.content.toString());
      delivery.ack();
    },
  });
  await vi.waitFor(() => expect(consumption.isAttached()).toBe(true), soon);
  const arrives = async (text: string) => {
    await vi.waitFor(() => link.publish(toWork(text)), soon);
    await vi.waitFor(() => expect(received).toContain(text), soon);
  };
  return { link, consumption, arrives };
}

test.each([
  ['both', /^test /],
  ['the consuming one', /consumes$/],
  ['the publishing one', /publishes$/],
])(
  'connections killed by the broker come back by themselves: %s',
  async (_, name) => {
    await using broker = await createTestBroker();
    const { link, arrives } = await consuming(broker);
    await arrives('before');
    const away = new Promise<void>((resolve) => {
      link.onState((state) => state === 'connecting' && resolve());
    });
    expect(await broker.killConnections(name)).toBeGreaterThan(0);
    await away;
    await arrives('after');
    await vi.waitFor(() => expect(link.state()).toBe('connected'), soon);
  },
  40_000,
);

test('a deleted queue is declared and consumed again', async () => {
  await using broker = await createTestBroker();
  const { arrives } = await consuming(broker);
  await arrives('before');
  await broker.management.deleteQueue(broker.vhost, 'work');
  await arrives('after');
});

test('a consumer whose channel the broker closed for want of the queue attaches once the queue is there', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const early = link.consume({ queue: 'comes_later', prefetch: 1, onMessage: (delivery) => delivery.ack() });
  await expect(link.checkQueue('comes_later')).rejects.toBeInstanceOf(QueueMissingError);
  expect(early.isAttached()).toBe(false);
  const other = await broker.channel();
  await other.assertQueue('comes_later', { durable: true });
  await vi.waitFor(() => expect(early.isAttached()).toBe(true), soon);
});

test('a paused consumer takes nothing new and can still settle what it has', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const held: { ack(): void }[] = [];
  const consumption = link.consume({ queue: 'work', prefetch: 1, onMessage: (delivery) => held.push(delivery) });
  await link.publish(toWork('a'));
  await link.publish(toWork('b'));
  await vi.waitFor(() => expect(held).toHaveLength(1), soon);
  await consumption.pause();
  expect(await link.checkQueue('work')).toEqual({ ready: 1, consumers: 0 });
  held[0]!.ack();
  consumption.resume();
  await vi.waitFor(() => expect(held).toHaveLength(2), soon);
  held[1]!.ack();
  await consumption.release();
  expect(await link.checkQueue('work')).toEqual({ ready: 0, consumers: 0 });
});

test('what was not settled when the consumer ends goes back to the queue', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  let taken = 0;
  const consumption = link.consume({ queue: 'work', prefetch: 5, onMessage: () => taken++ });
  await link.publish(toWork('a'));
  await vi.waitFor(() => expect(taken).toBe(1), soon);
  await consumption.release();
  await vi.waitFor(async () => expect(await link.checkQueue('work')).toEqual({ ready: 1, consumers: 0 }), soon);
});

test('a broker that is not there delays neither start nor stop, and publishing fails at once', async () => {
  const link = createBrokerLink({ url: 'amqp://127.0.0.1:1/', name: 'test', topology }, { log: testLog() });
  await link.start();
  const consumption = link.consume({ queue: 'work', prefetch: 1, onMessage: () => undefined });
  expect(link.state()).toBe('connecting');
  await expect(link.publish(toWork('a'))).rejects.toMatchObject({ code: 'CLOSED' });
  await expect(link.checkQueue('work')).rejects.toMatchObject({ code: 'CLOSED' });
  expect(consumption.isAttached()).toBe(false);
  await link.stop();
  expect(link.state()).toBe('closed');
  await expect(link.publish(toWork('a'))).rejects.toMatchObject({ code: 'CLOSED' });
});

test('stopping waits for the confirms on their way', async () => {
  await using broker = await createTestBroker();
  const link = await broker.link(topology);
  const published = Promise.all(Array.from({ length: 500 }, (_, n) => link.publish(toWork(String(n)))));
  await link.stop();
  await expect(published).resolves.toHaveLength(500);
});
