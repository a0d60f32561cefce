import type { MessageType } from '@comptoir/schema/messages.ts';
import { ComptoirError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { isOutage } from '../outage.ts';
import type { Consumption, Delivery } from './consumption.ts';
import { deadLetterPublication, fateOf, type RetryDelay, retryPublication } from './give-up.ts';
import type { BrokerLink } from './link.ts';
import { attemptOf } from './message.ts';
import { consumerMetrics } from './metrics.ts';
import { createOutageGate } from './outage-gate.ts';
import { PublishError } from './publisher.ts';

export interface ConsumerConfig<Type extends MessageType> {
  /** Whose dead letter it is when a message is given up. */
  readonly service: string;
  readonly queue: string;
  readonly type: Type;
  /** Messages handled at once. */
  readonly prefetch: number;
  /** The shortest first; those of the topology by default. */
  readonly retryDelays?: readonly RetryDelay[];
  /** How long `stop` waits for handlers; 10 s by default. */
  readonly stopTimeoutMs?: number;
}

export interface ConsumerDeps {
  readonly link: BrokerLink;
  readonly log: Log;
  readonly metrics?: Metrics;
  /** Resolves once what the handlers need is back after an outage, e.g. `() => database.ping()`; without it the next try is the probe. */
  readonly probe?: (signal: AbortSignal) => Promise<unknown>;
}

/** How long handlers that were told to stop may take to notice. */
const abortTimeoutMs = 1_000;

/** What both kinds of consumer share: taking messages, waiting out outages, giving messages up, stopping in order. */
export function createHandling(
  { service, queue, prefetch, retryDelays, stopTimeoutMs = 10_000 }: Omit<ConsumerConfig<MessageType>, 'type'>,
  { link, log, metrics, probe }: ConsumerDeps,
  onMessage: (delivery: Delivery) => void,
) {
  const families = metrics && consumerMetrics(metrics);
  const aborting = new AbortController();
  const atHand = new Set<Promise<void>>();
  let consumption: Consumption | undefined;
  let stopping = false;
  let stopped: Promise<void> | undefined;

  const gate = createOutageGate({
    queue,
    log,
    probe,
    signal: aborting.signal,
    consumption: () => consumption as Consumption,
    onPaused: (paused) => families?.paused.set({ queue }, paused ? 1 : 0),
  });

  /** False once it is no longer ours: settled, redelivered elsewhere, or the consumer has stopped. */
  const isOurs = (delivery: Delivery) => delivery.isOpen() && !aborting.signal.aborted;

  /** Publishes with confirm what becomes of the message, and only then acknowledges it; waits while that cannot be published. */
  async function fail(delivery: Delivery, error: unknown): Promise<void> {
    const attempt = attemptOf(delivery.properties.headers ?? {});
    const fate = fateOf(error, attempt, retryDelays);
    const publication = fate.kind === 'retry' ? retryPublication(delivery, fate.delay) : deadLetterPublication(delivery, service, fate);
    while (isOurs(delivery)) {
      try {
        await link.publish(publication);
        delivery.ack();
        families?.handled.inc({ queue, outcome: fate.kind === 'retry' ? 'retried' : 'dead_lettered' });
        const { messageId } = delivery.properties;
        if (fate.kind === 'retry')
          log.warn(
            { event: 'message_retried', queue, messageId, attempt, delayMs: fate.delay.delayMs, err: error },
            'message to be handled again',
          );
        else
          log.error(
            { event: 'message_dead_lettered', queue, messageId, attempt, code: fate.code, reason: fate.reason },
            'message dead-lettered',
          );
        return;
      } catch (cause) {
        if (!(cause instanceof PublishError)) throw cause;
        await gate.pass(cause);
      }
    }
  }

  return {
    signal: aborting.signal,
    isOurs,
    gate,
    families,
    fail,
    /** Whether to wait and try again rather than to count the failure. */
    isOutage: (error: unknown) => !(error instanceof ComptoirError) && isOutage(error),
    /** Remembers work that `stop` has to wait for; it must not reject, and is logged where it does. */
    track(work: Promise<void>): void {
      const tracked: Promise<void> = work
        .catch((error: unknown) =>
          log.error({ event: 'message_left', queue, err: error }, 'a message could be neither handled nor given up'),
        )
        .finally(() => atHand.delete(tracked));
      atHand.add(tracked);
    },
    service: {
      name: `consumer of ${queue}`,
      async start() {
        consumption ??= link.consume({ queue, prefetch, onMessage: (delivery) => !stopping && onMessage(delivery) });
      },
      stop() {
        stopped ??= (async () => {
          stopping = true;
          if (!consumption) return;
          await consumption.cancel();
          if (!(await settledWithin([...atHand], stopTimeoutMs))) {
            log.warn(
              { event: 'consumer_stop_timeout', queue, messages: atHand.size },
              'handlers did not finish in time; their messages go back',
            );
            aborting.abort(new ComptoirError('SHUTTING_DOWN'));
            await settledWithin([...atHand], abortTimeoutMs);
          }
          aborting.abort(new ComptoirError('SHUTTING_DOWN'));
          await consumption.release();
        })();
        return stopped;
      },
    },
  };
}

async function settledWithin(work: readonly Promise<void>[], timeoutMs: number): Promise<boolean> {
  const timer = Promise.withResolvers<false>();
  const timeout = setTimeout(timer.resolve, timeoutMs, false);
  try {
    return await Promise.race([Promise.allSettled(work).then(() => true), timer.promise]);
  } finally {
    clearTimeout(timeout);
  }
}
