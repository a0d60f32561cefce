import type { Service } from '../service.ts';
import { backoffMs, pause } from './backoff.ts';
import type { Delivery } from './consumption.ts';
import { type ConsumerDeps, createHandling } from './handling.ts';

export interface RawConsumerConfig {
  readonly queue: string;
  readonly prefetch: number;
  readonly handle: (delivery: Delivery) => Promise<void>;
}

/** Takes messages as they are, of which none is ever given up: one whose handling fails is handled again after a growing delay. For the end of the line. */
export function createRawConsumer({ queue, prefetch, handle }: RawConsumerConfig, deps: ConsumerDeps): Service {
  const handling = createHandling({ service: '', queue, prefetch }, deps, (delivery) => handling.track(receive(delivery)));

  async function receive(delivery: Delivery): Promise<void> {
    for (let attempt = 0; handling.isOurs(delivery); attempt++) {
      try {
        await handle(delivery);
        delivery.ack();
        handling.gate.worked();
        return;
      } catch (error) {
        if (handling.isOutage(error)) await handling.gate.pass(error);
        else {
          deps.log.error({ event: 'message_failed', queue, err: error, attempt }, 'a message could not be handled and is tried again');
          await pause(backoffMs(attempt, { firstMs: 500, maxMs: 60_000 }), handling.signal);
        }
      }
    }
  }

  return handling.service;
}
