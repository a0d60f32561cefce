import type { Health } from '@comptoir/platform/health.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import type { GatewayConfig } from './config.ts';

export interface GatewayDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Gateway extends Service {
  /** Where it answers, e.g. http://127.0.0.1:4000; known once started. */
  url(): string;
}

/** The one door: federated graph, subscriptions, REST facade, web client. */
export function createGateway(_config: GatewayConfig, _deps: GatewayDeps): Gateway {
  throw new Error('not built yet');
}
