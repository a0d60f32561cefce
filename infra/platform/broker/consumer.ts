import type { MessageOf, MessageType } from '@comptoir/schema/messages.ts';
import { failpoint } from '../failpoint.ts';
import type { Service } from '../service.ts';
import { continueTrace, runInTrace } from '../trace.ts';
import type { Delivery } from './consumption.ts';
import { type ConsumerConfig, type ConsumerDeps, createHandling } from './handling.ts';
import { type Message, parseMessage } from './message.ts';

export type { ConsumerConfig, ConsumerDeps } from './handling.ts';
export type { Message } from './message.ts';

/**
 * Handles the messages of a queue one by one, up to `prefetch` at once: parse, validate, handle, acknowledge. An outage of what the handler needs pauses the
 * consumer and uses up no attempt; an error whose fate in the catalogue is dead-letter, or an invalid message, is dead-lettered at once; any other is retried
 * after growing delays, then dead-lettered as RETRIES_EXHAUSTED.
 */
export function createConsumer<Type extends MessageType>(
  config: ConsumerConfig<Type> & {
    readonly handle: (message: Message<MessageOf<Type>>, context: { signal: AbortSignal }) => Promise<void>;
  },
  deps: ConsumerDeps,
): Service {
  const { queue, type, handle } = config;
  const { signal, gate, families, isOurs, isOutage, fail, track, service } = createHandling(config, deps, (delivery) =>
    track(receive(delivery)),
  );

  async function receive(delivery: Delivery): Promise<void> {
    let message: Message<MessageOf<Type>>;
    try {
      message = parseMessage(type, delivery);
    } catch (error) {
      return fail(delivery, error);
    }
    while (isOurs(delivery)) {
      const stopTimer = families?.duration.startTimer({ queue });
      try {
        failpoint('consumer.message.received', message.body);
        await runInTrace(continueTrace(message.headers.traceparent), () => handle(message, { signal }));
        failpoint('consumer.message.handled', message.body);
        // On the channel that delivered it, and only now that what it caused is stored.
        delivery.ack();
        failpoint('consumer.message.acked', message.body);
        families?.handled.inc({ queue, outcome: 'ok' });
        gate.worked();
        return;
      } catch (error) {
        if (signal.aborted) return; // not acknowledged: it goes back
        if (!isOutage(error)) return fail(delivery, error);
        await gate.pass(error);
      } finally {
        stopTimer?.();
      }
    }
  }

  return service;
}
