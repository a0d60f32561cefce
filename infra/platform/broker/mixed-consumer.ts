import type { MessageOf, MessageType } from '@comptoir/schema/messages.ts';
import { failpoint } from '../failpoint.ts';
import type { Service } from '../service.ts';
import { continueTrace, runInTrace } from '../trace.ts';
import type { Delivery } from './consumption.ts';
import { type ConsumerConfig, type ConsumerDeps, createHandling } from './handling.ts';
import { type Message, parseMessage, typeOf } from './message.ts';

/** A handler by type of message. */
export type MessageHandlers<Type extends MessageType> = {
  readonly [T in Type]: (message: Message<MessageOf<T>>, context: { signal: AbortSignal }) => Promise<void>;
};

/** Like createConsumer, for a queue that holds messages of several types: the AMQP property `type` says which. One of no such type is dead-lettered at once. */
export function createMixedConsumer<Type extends MessageType>(
  config: Omit<ConsumerConfig<Type>, 'type'> & { readonly handlers: MessageHandlers<Type> },
  deps: ConsumerDeps,
): Service {
  const { queue, handlers } = config;
  const types = Object.keys(handlers) as Type[];
  const handling = createHandling(config, deps, (delivery) => handling.track(receive(delivery)));
  const { signal, gate, families, isOurs, isOutage, fail, service } = handling;

  function read(delivery: Delivery) {
    const type = typeOf(types, delivery);
    const message = parseMessage(type, delivery);
    return { message, handle: () => handlers[type](message, { signal }) };
  }

  async function receive(delivery: Delivery): Promise<void> {
    let item: ReturnType<typeof read>;
    try {
      item = read(delivery);
    } catch (error) {
      return fail(delivery, error);
    }
    while (isOurs(delivery)) {
      const stopTimer = families?.duration.startTimer({ queue });
      try {
        const { headers, body } = item.message;
        failpoint('consumer.message.received', body);
        await runInTrace(continueTrace(headers.traceparent), item.handle);
        failpoint('consumer.message.handled', body);
        delivery.ack();
        failpoint('consumer.message.acked', body);
        families?.handled.inc({ queue, outcome: 'ok' });
        gate.worked();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!isOutage(error)) return fail(delivery, error);
        await gate.pass(error);
      } finally {
        stopTimer?.();
      }
    }
  }

  return service;
}
