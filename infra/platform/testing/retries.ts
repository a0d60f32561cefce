import type { Topology } from '@comptoir/schema/topology.ts';
import type { RetryDelay } from '../broker/give-up.ts';

/** Retry queues like those of the topology, with delays short enough for a test. */
export function shortRetries(delaysMs: readonly number[]): { topology: Topology; retryDelays: readonly RetryDelay[] } {
  const retryDelays = delaysMs.map((delayMs, index) => ({ name: `test.retry.${index + 1}`, delayMs }));
  return {
    retryDelays,
    topology: {
      exchanges: retryDelays.map(({ name }) => ({ name, type: 'fanout' })),
      queues: retryDelays.map(({ name, delayMs }) => ({
        name,
        arguments: { 'x-queue-type': 'quorum', 'x-message-ttl': delayMs, 'x-dead-letter-exchange': '' },
      })),
      bindings: retryDelays.map(({ name }) => ({ exchange: name, queue: name, routingKey: '' })),
    },
  };
}
