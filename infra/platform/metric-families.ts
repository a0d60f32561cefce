/** The metrics of contract/operations.md that several processes have, declared once so that all use the same names. */
import { boundedLabel, type Metrics } from './metrics.ts';

/** Seconds. */
export const requestBuckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
export const sizeBuckets = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/** Seconds. */
const queryBuckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

export function httpMetrics(metrics: Metrics) {
  return {
    requests: metrics.counter({
      name: 'http_requests_total',
      help: 'HTTP requests answered.',
      labelNames: ['method', 'endpoint', 'status', 'instance_id'],
    }),
    duration: metrics.histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the first byte of a request to the last of its answer.',
      labelNames: ['method', 'endpoint', 'instance_id'],
      buckets: requestBuckets,
    }),
    requestSize: metrics.histogram({
      name: 'http_request_size_bytes',
      help: 'Size of request bodies.',
      labelNames: ['method', 'endpoint'],
      buckets: sizeBuckets,
    }),
    responseSize: metrics.histogram({
      name: 'http_response_size_bytes',
      help: 'Size of answer bodies.',
      labelNames: ['method', 'endpoint'],
      buckets: sizeBuckets,
    }),
    perSecond: metrics.gauge({
      name: 'current_requests_per_second',
      help: 'Requests per second, mean of the last 10 seconds.',
      labelNames: ['instance_id'],
    }),
  };
}

/** At most this many operation names are told apart; the names are the callers' to choose. */
const maxOperationNames = 200;

export function graphqlMetrics(metrics: Metrics) {
  const operations = metrics.counter({
    name: 'graphql_operations_total',
    help: 'GraphQL operations by name, type and outcome (success or error); a subscription counts once, when it begins.',
    labelNames: ['name', 'type', 'outcome'],
  });
  const duration = metrics.histogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Time a query or mutation took, or the resolution of one event of a subscription.',
    labelNames: ['name', 'type'],
    buckets: requestBuckets,
  });
  const boundedName = boundedLabel(maxOperationNames);
  return {
    /** Counts one operation; `seconds` is left out where there is nothing to time. */
    observe({ name, type, failed, seconds }: { name: string | null; type: string; failed: boolean; seconds?: number }): void {
      const label = boundedName(name ?? 'anonymous');
      operations.inc({ name: label, type, outcome: failed ? 'error' : 'success' });
      if (seconds !== undefined) duration.observe({ name: label, type }, seconds);
    },
    /** Times one event of a subscription. */
    observeEvent(name: string | null, seconds: number): void {
      duration.observe({ name: boundedName(name ?? 'anonymous'), type: 'subscription' }, seconds);
    },
    subscriptions: metrics.gauge({ name: 'graphql_subscriptions_active', help: 'Subscriptions that are open.' }),
    events: metrics.counter({ name: 'graphql_subscription_events_total', help: 'Events delivered to subscriptions.' }),
  };
}

export function databaseMetrics(metrics: Metrics) {
  return {
    poolSize: metrics.gauge({ name: 'db_connection_pool_size', help: 'Database connections open.', labelNames: ['database'] }),
    poolAvailable: metrics.gauge({
      name: 'db_connection_pool_available',
      help: 'Database connections that are open and not in use.',
      labelNames: ['database'],
    }),
    queryDuration: metrics.histogram({
      name: 'db_query_duration_seconds',
      help: 'Time a database query took.',
      labelNames: ['database'],
      buckets: queryBuckets,
    }),
  };
}

export function webSocketMetrics(metrics: Metrics) {
  return {
    connections: metrics.gauge({ name: 'websocket_connections_active', help: 'WebSocket connections that are open.' }),
    sent: metrics.counter({ name: 'websocket_messages_sent_total', help: 'WebSocket messages sent.' }),
    received: metrics.counter({ name: 'websocket_messages_received_total', help: 'WebSocket messages received.' }),
    errors: metrics.counter({ name: 'websocket_errors_total', help: 'Errors on WebSocket connections.' }),
  };
}
