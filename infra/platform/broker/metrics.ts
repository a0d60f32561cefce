import type { Metrics } from '../metrics.ts';

export function brokerMetrics(metrics: Metrics) {
  return {
    up: metrics.gauge({ name: 'broker_link_up', help: '1 while the broker is connected and takes messages.', labelNames: ['link'] }),
    connections: metrics.counter({
      name: 'broker_connections_total',
      help: 'Times a connection to the broker was opened.',
      labelNames: ['link'],
    }),
  };
}

export function consumerMetrics(metrics: Metrics) {
  return {
    handled: metrics.counter({
      name: 'messages_consumed_total',
      help: 'Messages handled, by queue and outcome: ok, retried, dead_lettered.',
      labelNames: ['queue', 'outcome'],
    }),
    duration: metrics.histogram({
      name: 'message_handling_duration_seconds',
      help: 'Time the handling of a message, or of a batch of them, took.',
      labelNames: ['queue'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15],
    }),
    paused: metrics.gauge({
      name: 'consumer_paused',
      help: '1 while a consumer waits for what it needs to come back.',
      labelNames: ['queue'],
    }),
  };
}

export function relayMetrics(metrics: Metrics) {
  return {
    lag: metrics.gauge({ name: 'outbox_lag_seconds', help: 'Age of the oldest message that is to be sent.', labelNames: ['database'] }),
    unsent: metrics.gauge({ name: 'outbox_unsent', help: 'Messages that are to be sent.', labelNames: ['database'] }),
    parked: metrics.gauge({
      name: 'outbox_parked',
      help: 'Messages that were tried too often and wait for a person.',
      labelNames: ['database'],
    }),
    published: metrics.counter({
      name: 'messages_published_total',
      help: 'Messages the relay handed to the broker, by type and outcome: confirmed, or the reason why not.',
      labelNames: ['type', 'outcome'],
    }),
    resent: metrics.counter({
      name: 'messages_resent_total',
      help: 'Messages that were sent once more because the broker had lost its data, by type.',
      labelNames: ['type'],
    }),
  };
}
