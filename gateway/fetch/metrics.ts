import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { BreakerState } from '@comptoir/schema/edge-report.ts';

/** What the gateway counts of the way to its subgraphs. */
export interface FetchMetrics {
  breaker(upstream: string, instance: string, state: BreakerState): void;
  healthy(upstream: string, instance: string, healthy: boolean): void;
  /** Refused at once, since every breaker is open. */
  refused(upstream: string): void;
  retried(upstream: string, reason: string): void;
  /** Not tried again: the retries have used up their share. */
  budgetSpent(upstream: string): void;
  forget(upstream: string, instance: string): void;
}

const stateValues: Readonly<Record<BreakerState, number>> = { closed: 0, 'half-open': 1, open: 2 };

export function createFetchMetrics({ gauge, counter }: Metrics): FetchMetrics {
  const states = gauge({
    name: 'circuit_breaker_state',
    help: 'Of each instance of a subgraph: 0 closed, 1 half-open, 2 open',
    labelNames: ['upstream', 'instance'],
  });
  const healthy = gauge({
    name: 'upstream_healthy',
    help: 'Whether an instance of a subgraph is ready and takes requests',
    labelNames: ['upstream', 'instance'],
  });
  const refusals = counter({
    name: 'circuit_breaker_refusals_total',
    help: 'Requests to a subgraph that were refused at once because its breakers were open',
    labelNames: ['upstream'],
  });
  const retries = counter({
    name: 'subgraph_retries_total',
    help: 'Requests to a subgraph that were made again',
    labelNames: ['upstream', 'reason'],
  });
  const spent = counter({
    name: 'subgraph_retries_refused_total',
    help: 'Requests that were not made again because retries had used up their share',
    labelNames: ['upstream'],
  });

  return {
    breaker: (upstream, instance, state) => states.set({ upstream, instance }, stateValues[state]),
    healthy: (upstream, instance, is) => healthy.set({ upstream, instance }, is ? 1 : 0),
    refused: (upstream) => refusals.inc({ upstream }),
    retried: (upstream, reason) => retries.inc({ upstream, reason }),
    budgetSpent: (upstream) => spent.inc({ upstream }),
    forget(upstream, instance) {
      states.remove({ upstream, instance });
      healthy.remove({ upstream, instance });
    },
  };
}
