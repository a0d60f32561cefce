import { graphqlMetrics } from '@comptoir/platform/metric-families.ts';
import { type CounterSeries, counterSeries, type HistogramSeries, histogramSeries } from '@comptoir/platform/metric-series.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';

export type Transport = 'websocket' | 'sse' | 'multipart';

/** Why a client's subscription ended. */
export type EndReason = 'client' | 'complete' | 'upstream_error' | 'slow_consumer' | 'cursor_expired' | 'schema_changed' | 'shutdown';

/** What became of a client that came back with a cursor: served from memory, by the subgraph, or with the newest state; or its cursor was too old, or not one of ours. */
export type ResumeOutcome = 'memory' | 'source' | 'state' | 'expired' | 'refused';

/** What the gateway counts. Every label is bounded: names of subgraphs, of transports and of reasons. */
export interface GatewayMetrics {
  /** A request to a subgraph is over; outcome is ok, timeout, unreachable, too_large or aborted. */
  fetched(service: string, outcome: string, seconds: number): void;
  /** A subgraph answered errors. */
  answeredErrors(service: string): void;
  clientOpened(transport: Transport): void;
  clientClosed(transport: Transport): void;
  subscriptionStarted(): void;
  subscriptionEnded(reason: EndReason): void;
  groups(change: 1 | -1): void;
  upstreams(service: string, change: 1 | -1): void;
  event(service: string): void;
  resolution(): void;
  delivery(transport: Transport): void;
  /** An older state made room for a newer one in a client's queue. */
  coalesced(): void;
  /** Results that waited for a client that was let go. */
  dropped(results: number): void;
  resumed(outcome: ResumeOutcome): void;
  /** Whether the plan of a subscription was there. */
  planCache(hit: boolean): void;
  /** The same of a query or mutation. */
  queryPlanCache(hit: boolean): void;
  /** A query or mutation was answered, or a subscription began. */
  operation(operation: { name: string | null; type: string; failed: boolean; seconds?: number }): void;
}

const fetchBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15];

export function createGatewayMetrics(metrics: Metrics): GatewayMetrics {
  const { counter, gauge, histogram } = metrics;
  const fetches = counter({ name: 'subgraph_fetches_total', help: 'Requests to subgraphs', labelNames: ['service', 'outcome'] });
  const fetchSeconds = histogram({
    name: 'subgraph_fetch_duration_seconds',
    help: 'Duration of requests to subgraphs',
    labelNames: ['service'],
    buckets: fetchBuckets,
  });
  const fetchSeries = new Map<string, { readonly count: CounterSeries; readonly seconds: HistogramSeries }>();
  const answersWithErrors = counter({
    name: 'subgraph_error_answers_total',
    help: 'Answers of subgraphs with errors',
    labelNames: ['service'],
  });
  const clients = gauge({
    name: 'subscription_clients_active',
    help: 'Connections that can carry subscriptions',
    labelNames: ['transport'],
  });
  const operations = gauge({ name: 'subscription_operations_active', help: 'Subscriptions of clients' });
  const groups = gauge({ name: 'subscription_groups_active', help: 'Different subscriptions: those of clients that share count once' });
  const upstreams = gauge({ name: 'subscription_upstreams_active', help: 'Subscriptions at subgraphs', labelNames: ['service'] });
  const events = counter({ name: 'subscription_events_total', help: 'Events from subgraphs', labelNames: ['service'] });
  const resolutions = counter({ name: 'subscription_resolutions_total', help: 'Events resolved, once for each group' });
  const deliveries = counter({ name: 'subscription_deliveries_total', help: 'Results handed to clients', labelNames: ['transport'] });
  const coalesced = counter({ name: 'subscription_coalesced_total', help: 'Older states that made room for a newer one' });
  const dropped = counter({
    name: 'subscription_dropped_total',
    help: 'Results that were not handed over to a client that was let go',
    labelNames: ['cause'],
  });
  const resumed = counter({
    name: 'subscription_resumed_total',
    help: 'Subscriptions begun with a cursor, by what became of it',
    labelNames: ['outcome'],
  });
  const ended = counter({ name: 'subscription_ended_total', help: 'Subscriptions of clients that ended', labelNames: ['reason'] });
  const plans = counter({ name: 'subscription_plan_cache_total', help: 'Look-ups of subscription plans', labelNames: ['result'] });
  const queryPlans = counter({
    name: 'query_plan_cache_total',
    help: 'Look-ups of plans of queries and mutations',
    labelNames: ['result'],
  });
  const [queryPlanHits, queryPlanMisses] = [counterSeries(queryPlans, { result: 'hit' }), counterSeries(queryPlans, { result: 'miss' })];
  const graphql = graphqlMetrics(metrics);

  return {
    fetched(service, outcome, seconds) {
      const name = `${outcome} ${service}`;
      let series = fetchSeries.get(name);
      if (!series) {
        series = { count: counterSeries(fetches, { service, outcome }), seconds: histogramSeries(fetchSeconds, fetchBuckets, { service }) };
        fetchSeries.set(name, series);
      }
      series.count.inc();
      series.seconds.observe(seconds);
    },
    answeredErrors: (service) => answersWithErrors.inc({ service }),
    clientOpened: (transport) => clients.inc({ transport }),
    clientClosed: (transport) => clients.dec({ transport }),
    subscriptionStarted() {
      operations.inc();
      graphql.subscriptions.inc();
    },
    subscriptionEnded(reason) {
      operations.dec();
      graphql.subscriptions.dec();
      ended.inc({ reason });
    },
    groups: (change) => groups.inc(change),
    upstreams: (service, change) => upstreams.inc({ service }, change),
    event: (service) => events.inc({ service }),
    resolution: () => resolutions.inc(),
    delivery(transport) {
      deliveries.inc({ transport });
      graphql.events.inc();
    },
    coalesced: () => coalesced.inc(),
    dropped: (results) => dropped.inc({ cause: 'slow_consumer' }, results),
    resumed: (outcome) => resumed.inc({ outcome }),
    planCache: (hit) => plans.inc({ result: hit ? 'hit' : 'miss' }),
    queryPlanCache: (hit) => (hit ? queryPlanHits : queryPlanMisses).inc(),
    operation: graphql.observe,
  };
}
