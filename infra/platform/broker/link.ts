import type { Topology } from '@comptoir/schema/topology.ts';
import type { Channel } from 'amqplib';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Service } from '../service.ts';
import { type Consumption, type ConsumptionSpec, createConsumption } from './consumption.ts';
import { createLane } from './lane.ts';
import { brokerMetrics } from './metrics.ts';
import { createPublisher, type Publication, PublishError } from './publisher.ts';
import type { Session } from './session.ts';
import { assertTopology } from './topology.ts';

export type LinkState = 'connecting' | 'connected' | 'blocked' | 'closed';

export interface BrokerLinkConfig {
  /** With the virtual host as its path. */
  readonly url: string;
  /** Shown by the broker beside the connections. */
  readonly name: string;
  readonly topology: Topology;
  /** Within which every publication settles; 15 s by default. */
  readonly publishTimeoutMs?: number;
}

export interface BrokerLink extends Service {
  /** `blocked`: connected, but the broker takes no publications for want of memory or disk. */
  state(): LinkState;
  /** Calls the listener on every change until the returned function is called. */
  onState(listener: (state: LinkState) => void): () => void;
  /** Product and version, e.g. `RabbitMQ 3.10.8`; null before the first connection. */
  product(): string | null;
  /** What of the topology the broker refused, e.g. a queue that exists with other arguments; empty when all stands. */
  topologyFaults(): readonly string[];
  /** Settles when the broker has confirmed it, or rejects with a PublishError within 15 s. A rejected message may still have been stored. */
  publish(message: Publication): Promise<void>;
  /** Keeps a consumer on a queue through every loss of connection, channel or queue until it is released. */
  consume(spec: ConsumptionSpec): Consumption;
  /** Rejects with QueueMissingError where there is no such queue, with PublishError CLOSED where the broker is away. */
  checkQueue(name: string): Promise<{ ready: number; consumers: number }>;
  /** Sees to it that there is a durable classic queue of that name, beside the topology. Rejects like checkQueue. */
  declareQueue(name: string): Promise<void>;
}

export class QueueMissingError extends Error {
  override readonly name = 'QueueMissingError';
}

/** With the closing of channels and connections less than what a process has to stop. */
const confirmTimeoutMs = 3_000;

/**
 * The process's way to the broker: one connection that publishes and one that consumes, for a broker short of memory stops reading from those that publish.
 * `start` does not wait for the broker, and neither connection is ever given up.
 */
export function createBrokerLink(config: BrokerLinkConfig, { log, metrics }: { log: Log; metrics?: Metrics }): BrokerLink {
  const { url, name, topology, publishTimeoutMs } = config;
  const families = metrics && brokerMetrics(metrics);
  const listeners = new Set<(state: LinkState) => void>();
  const consumptions = new Set<Consumption>();
  let faults: readonly string[] = [];
  let product: string | null = null;
  let closed = false;
  let last: LinkState = 'connecting';
  let checks: Promise<unknown> = Promise.resolve();
  let checkChannel: { session: Session; channel: Channel } | null = null;

  const state = (): LinkState => {
    if (closed) return 'closed';
    if (!publishing.session() || !publisher.isOpen() || !consuming.session()) return 'connecting';
    return publisher.isBlocked() ? 'blocked' : 'connected';
  };

  function onChange(): void {
    const now = state();
    families?.up.set({ link: name }, now === 'connected' ? 1 : 0);
    if (now === last) return;
    last = now;
    log.info({ event: 'broker_state', link: name, state: now }, `broker ${now}`);
    for (const listener of [...listeners]) listener(now);
  }

  async function restore(session: Session): Promise<void> {
    const found = await assertTopology(session, topology);
    // Said once and on every change, not on every connection.
    if (found.join('\n') !== faults.join('\n')) {
      if (found.length > 0)
        log.error({ event: 'topology_refused', link: name, faults: found }, 'the broker refused a part of the topology');
      else log.info({ event: 'topology_stands', link: name }, 'the topology stands');
    }
    faults = found;
  }

  const publisher = createPublisher({ log, timeoutMs: publishTimeoutMs, restore, onChange });
  const publishing = createLane({
    url,
    name: `${name} publishes`,
    log,
    onChange,
    async setUp(session) {
      product = session.product();
      families?.connections.inc({ link: name });
      await restore(session);
      await publisher.attach(session);
    },
  });
  const consuming = createLane({ url, name: `${name} consumes`, log, onChange, setUp: restore });

  /** A call about a queue on a channel that is kept for such calls. */
  async function ask<T>(queue: string, call: (channel: Channel) => Promise<T>): Promise<T> {
    const session = consuming.session();
    if (!session) throw new PublishError('CLOSED', 'There is no connection to the broker');
    if (checkChannel?.session !== session) {
      const opened = await session.rpc('opening a channel', () => session.model.createChannel());
      opened.on('error', () => undefined); // the call at hand rejects with it
      opened.on('close', () => {
        if (checkChannel?.channel === opened) checkChannel = null;
      });
      checkChannel = { session, channel: opened };
    }
    const { channel } = checkChannel;
    try {
      return await session.rpc(`asking for ${queue}`, () => call(channel));
    } catch (error) {
      checkChannel = null;
      if ((error as { code?: number }).code === 404) throw new QueueMissingError(`There is no queue ${queue}`, { cause: error });
      throw error;
    }
  }

  /** One after the other: a missing queue closes the channel, which would fail the others. */
  function askInTurn<T>(queue: string, call: (channel: Channel) => Promise<T>): Promise<T> {
    const result = checks.then(() => ask(queue, call));
    checks = result.catch(() => undefined);
    return result;
  }

  return {
    name: `broker link ${name}`,
    state,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    product: () => product,
    topologyFaults: () => faults,
    publish: (message) => publisher.publish(message),
    consume(spec) {
      const consumption = createConsumption(spec, { lane: consuming, log, restore });
      consumptions.add(consumption);
      return {
        ...consumption,
        async release() {
          consumptions.delete(consumption);
          await consumption.release();
        },
      };
    },
    checkQueue: (queue) =>
      askInTurn(queue, async (channel) => {
        const { messageCount, consumerCount } = await channel.checkQueue(queue);
        return { ready: messageCount, consumers: consumerCount };
      }),
    declareQueue: (queue) =>
      askInTurn(queue, async (channel) => {
        await channel.assertQueue(queue, { durable: true });
      }),
    async start() {
      publishing.start();
      consuming.start();
    },
    async stop() {
      if (closed) return;
      closed = true;
      await Promise.all([...consumptions].map((consumption) => consumption.release()));
      await publisher.stop(confirmTimeoutMs);
      await Promise.all([publishing.stop(), consuming.stop()]);
      onChange();
    },
  };
}
