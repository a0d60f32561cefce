import type { Topology } from '@comptoir/schema/topology.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Service } from '../service.ts';
import type { Consumption, ConsumptionSpec } from './consumption.ts';
import type { Publication } from './publisher.ts';

export type LinkState = 'connecting' | 'connected' | 'blocked' | 'closed';

export interface BrokerLinkConfig {
  /** With the virtual host as its path. */
  readonly url: string;
  /** Shown by the broker beside the connections. */
  readonly name: string;
  readonly topology: Topology;
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
  /** Keeps a consumer on a queue through every loss of connection, channel or queue until it is cancelled. */
  consume(spec: ConsumptionSpec): Consumption;
  /** Rejects with QueueMissingError where there is no such queue, with PublishError CLOSED where the broker is away. */
  checkQueue(name: string): Promise<{ ready: number; consumers: number }>;
}

export function createBrokerLink(_config: BrokerLinkConfig, _deps: { log: Log; metrics?: Metrics }): BrokerLink {
  throw new Error('createBrokerLink is not written yet');
}
