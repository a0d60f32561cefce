import type { MessageType } from '@comptoir/schema/messages.ts';
import { failpoint } from '../failpoint.ts';
import type { Service } from '../service.ts';
import { continueTrace, runInTrace } from '../trace.ts';
import type { Delivery } from './consumption.ts';
import { type ConsumerConfig, type ConsumerDeps, createHandling } from './handling.ts';
import { type MessageOfType, parseMessage, typeOf } from './message.ts';

/** What became of one message of a batch. */
export type BatchOutcome = 'ok' | Error;

export type BatchHandler<Type extends MessageType> = (
  messages: readonly MessageOfType<Type>[],
  context: { signal: AbortSignal },
) => Promise<readonly BatchOutcome[]>;

interface Item<Type extends MessageType> {
  readonly delivery: Delivery;
  readonly message: MessageOfType<Type>;
}

/**
 * Like createConsumer, many messages at a time, one batch after the other: up to `maxBatch`, or what came within `maxWaitMs` after the first. With 0 nothing waits for
 * company: a batch is what came while the last one was handled. `handle` answers for each message in order; where it throws, the messages are handled again one by one,
 * so that a bad one does not take the others with it. A queue that holds messages of several types names them all.
 */
export function createBatchConsumer<Type extends MessageType>(
  config: Omit<ConsumerConfig<Type>, 'prefetch' | 'type'> & {
    readonly type: Type | readonly Type[];
    /** Twice `maxBatch` by default, so that the next batch fills meanwhile. */
    readonly prefetch?: number;
    readonly maxBatch: number;
    readonly maxWaitMs: number;
    readonly handle: BatchHandler<Type>;
  },
  deps: ConsumerDeps,
): Service {
  const { queue, maxBatch, maxWaitMs, handle, prefetch = 2 * maxBatch } = config;
  const types = [config.type].flat() as Type[];
  const handling = createHandling({ ...config, prefetch }, deps, receive);
  const { signal, gate, families, isOurs, isOutage, fail, track, service } = handling;
  let waiting: Item<Type>[] = [];
  let cancelFlush: (() => void) | undefined;
  let working = false;

  function receive(delivery: Delivery): void {
    let item: Item<Type>;
    try {
      item = { delivery, message: read(delivery) };
    } catch (error) {
      track(fail(delivery, error));
      return;
    }
    // What comes again may be what ended the process that had it before: it is handled by itself, and keeps nothing waiting.
    if (item.message.redelivered) {
      track(handleBatch([item]));
      return;
    }
    waiting.push(item);
    if (working) return;
    if (waiting.length >= maxBatch) flush();
    else flushSoon();
  }

  function read(delivery: Delivery): MessageOfType<Type> {
    const type = typeOf(types, delivery);
    return { ...parseMessage(type, delivery), type } as MessageOfType<Type>;
  }

  /** Without a wait those that arrived with the first still come along. */
  function flushSoon(): void {
    if (cancelFlush) return;
    if (maxWaitMs === 0) {
      const immediate = setImmediate(flush);
      cancelFlush = () => clearImmediate(immediate);
    } else {
      const timer = setTimeout(flush, maxWaitMs);
      cancelFlush = () => clearTimeout(timer);
    }
  }

  function flush(): void {
    cancelFlush?.();
    cancelFlush = undefined;
    if (working || waiting.length === 0) return;
    working = true;
    track(
      drain().finally(() => {
        working = false;
        if (waiting.length > 0) flushSoon();
      }),
    );
  }

  async function drain(): Promise<void> {
    do {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      await handleBatch(batch);
    } while (waiting.length >= (maxWaitMs === 0 ? 1 : maxBatch));
  }

  async function handleBatch(batch: readonly Item<Type>[]): Promise<void> {
    let open = batch.filter(({ delivery }) => isOurs(delivery));
    while (open.length > 0) {
      try {
        const outage = await tryBatch(open);
        if (!outage) return;
        await gate.pass(outage);
      } catch (error) {
        if (signal.aborted) return;
        if (isOutage(error)) await gate.pass(error);
        else if (open.length === 1 && open[0]) return fail(open[0].delivery, error);
        else {
          deps.log.warn(
            { event: 'batch_divided', queue, messages: open.length, err: error },
            'a batch failed: its messages are handled one by one',
          );
          for (const item of open) await handleBatch([item]);
          return;
        }
      }
      open = open.filter(({ delivery }) => isOurs(delivery));
    }
  }

  /** Settles what can be settled; returns the error of those that have to wait for the end of an outage, if any. */
  async function tryBatch(items: readonly Item<Type>[]): Promise<Error | null> {
    const stopTimer = families?.duration.startTimer({ queue });
    const traceparent = items.length === 1 ? items[0]?.message.headers.traceparent : undefined;
    let outcomes: readonly BatchOutcome[];
    for (const { message } of items) failpoint('consumer.message.received', message.body);
    try {
      outcomes = await runInTrace(continueTrace(traceparent), () =>
        handle(
          items.map(({ message }) => message),
          { signal },
        ),
      );
    } finally {
      stopTimer?.();
    }
    if (outcomes.length !== items.length)
      throw new Error(`The handler of ${queue} answered for ${outcomes.length} of ${items.length} messages`);
    let outage: Error | null = null;
    let handled = 0;
    for (const { message } of items) failpoint('consumer.message.handled', message.body);
    for (const [index, { delivery, message }] of items.entries()) {
      const outcome = outcomes[index];
      if (outcome === 'ok') {
        delivery.ack();
        failpoint('consumer.message.acked', message.body);
        handled++;
      } else if (isOutage(outcome)) outage = outcome as Error;
      else await fail(delivery, outcome);
    }
    families?.handled.inc({ queue, outcome: 'ok' }, handled);
    if (!outage) gate.worked();
    return outage;
  }

  return {
    ...service,
    async stop() {
      flush(); // what waits for company is handled now
      await service.stop();
      cancelFlush?.();
    },
  };
}
