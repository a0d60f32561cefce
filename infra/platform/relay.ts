import type { BrokerLink } from './broker/link.ts';
import type { Database } from './database.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Service } from './service.ts';

export interface RelayConfig {
  readonly service: string;
  /** Time between two looks at the outbox where nothing woke the relay; 1000 by default. */
  readonly pollMs?: number;
}

export interface RelayDeps {
  readonly database: Database;
  readonly link: BrokerLink;
  readonly log: Log;
  readonly metrics?: Metrics;
}

export interface Relay extends Service {
  wake(): void;
}

export function createRelay(_config: RelayConfig, _deps: RelayDeps): Relay {
  throw new Error('createRelay is not written yet');
}
