import type { Channel, ConsumeMessage } from 'amqplib';
import type { Log } from '../log.ts';
import { backoffMs, pause as wait } from './backoff.ts';
import type { Lane } from './lane.ts';
import { bounded, type Session } from './session.ts';

const closeTimeoutMs = 1_000;

/** One message handed over by the broker, to be settled exactly once; a second settling, or one after the channel closed, does nothing. */
export interface Delivery {
  readonly content: Buffer;
  readonly properties: ConsumeMessage['properties'];
  readonly exchange: string;
  readonly routingKey: string;
  readonly queue: string;
  readonly redelivered: boolean;
  /** False once settled or once its channel is gone: then the broker delivers it again. */
  isOpen(): boolean;
  ack(): void;
  /** Back to its queue, or where `requeue` is false to the queue's dead-letter exchange. */
  reject(requeue: boolean): void;
}

export interface ConsumptionSpec {
  readonly queue: string;
  /** Unacknowledged messages at most. */
  readonly prefetch: number;
  /** Must not throw. */
  readonly onMessage: (delivery: Delivery) => void;
}

export interface Consumption {
  /** True while the broker has this consumer attached. */
  isAttached(): boolean;
  /** Takes no further messages until `resume`; those at hand stay unacknowledged and can still be settled. */
  pause(): Promise<void>;
  resume(): void;
  /** Takes no further messages; those at hand can be settled until `release`. */
  cancel(): Promise<void>;
  /** Cancels and closes the channel, by which the broker gets back what was not settled. */
  release(): Promise<void>;
}

export interface ConsumptionDeps {
  readonly lane: Lane;
  readonly log: Log;
  /** Declares the topology again: the queue may have been deleted. */
  readonly restore: (session: Session) => Promise<void>;
}

const noLongerThan = (timeoutMs: number, work: Promise<void>) => bounded(work, timeoutMs, 'an orderly end').catch(() => undefined);

type Wanted = 'attached' | 'paused' | 'cancelled' | 'released';

/** Keeps one consumer on one queue, on a channel of its own. */
export function createConsumption({ queue, prefetch, onMessage }: ConsumptionSpec, { lane, log, restore }: ConsumptionDeps): Consumption {
  const ending = new AbortController();
  const watchers = new Set<() => void>();
  let wanted: Wanted = 'attached';
  let attached = false;

  const changed = () => {
    for (const watcher of [...watchers]) watcher();
  };
  const nextChange = () =>
    new Promise<void>((resolve) => {
      const watcher = () => {
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
    });
  const want = (next: Wanted) => {
    if (wanted === 'released' || (wanted === 'cancelled' && next !== 'released')) return;
    wanted = next;
    changed();
  };
  const detached = async () => {
    while (attached) await nextChange();
  };

  /** Serves the consumer on one channel until that or the connection is gone, or it is released. */
  async function serve(session: Session): Promise<void> {
    const channel = await session.rpc('opening a consumer channel', () => session.model.createChannel());
    let closed: Error | null = null;
    let failure: Error | null = null;
    let tag: string | null = null;
    channel.on('error', (error) => {
      failure = error;
    });
    channel.on('close', () => {
      closed = failure ?? new Error('The channel was closed');
      tag = null;
      attached = false;
      changed();
    });
    await session.rpc('setting the prefetch', () => channel.prefetch(prefetch));
    for (let lossesInRow = 0; ; ) {
      if (closed) throw closed;
      if (session.isLost()) throw await session.lost;
      if (wanted === 'released') {
        // Not waiting long for an orderly end: what is not settled goes back either way.
        await bounded(channel.close(), closeTimeoutMs, 'closing a consumer channel');
        return;
      }
      if (wanted === 'attached' && tag === null) {
        if (lossesInRow > 0) {
          await wait(backoffMs(lossesInRow - 1), ending.signal);
          await restore(session);
        }
        const { consumerTag } = await session.rpc('attaching a consumer', () =>
          channel.consume(queue, (message) => {
            if (message) return deliver(channel, message, () => closed !== null);
            log.warn({ event: 'consumer_cancelled', queue }, 'the broker cancelled the consumer');
            tag = null;
            attached = false;
            lossesInRow++;
            changed();
          }),
        );
        if (closed) continue;
        tag = consumerTag;
        attached = true;
        log.debug({ event: 'consumer_attached', queue }, 'consumer attached');
        changed();
        continue;
      }
      if (wanted !== 'attached' && tag !== null) {
        const consumerTag: string = tag;
        await session.rpc('cancelling a consumer', () => channel.cancel(consumerTag));
        tag = null;
        attached = false;
        changed();
        continue;
      }
      await nextChange();
    }
  }

  function deliver(channel: Channel, message: ConsumeMessage, isClosed: () => boolean): void {
    let settled = false;
    const settle = (how: (channel: Channel) => void) => {
      if (settled || isClosed()) return;
      settled = true;
      try {
        how(channel);
      } catch (error) {
        // The channel closed this moment: the message comes again.
        log.debug({ event: 'settling_failed', queue, err: error }, 'a message could not be settled');
      }
    };
    const delivery: Delivery = {
      content: message.content,
      properties: message.properties,
      exchange: message.fields.exchange,
      routingKey: message.fields.routingKey,
      queue,
      redelivered: message.fields.redelivered,
      isOpen: () => !settled && !isClosed(),
      ack: () => settle((open) => open.ack(message)),
      // Never nack: from RabbitMQ 4.3 on only reject counts towards a delivery limit.
      reject: (requeue) => settle((open) => open.reject(message, requeue)),
    };
    try {
      onMessage(delivery);
    } catch (error) {
      // A throw would close the channel and with it take the other messages.
      log.error({ event: 'message_listener_failed', queue, err: error }, 'the listener of a consumer threw');
    }
  }

  async function run(): Promise<void> {
    let attempt = 0;
    while (wanted !== 'released') {
      const session = await lane.opened(ending.signal);
      if (!session) return;
      const since = performance.now();
      try {
        await serve(session);
        return;
      } catch (error) {
        attached = false;
        changed();
        if (ending.signal.aborted) return;
        if (session.isLost()) continue;
        attempt = performance.now() - since > 5_000 ? 0 : attempt + 1;
        const delayMs = Math.round(backoffMs(Math.max(0, attempt - 1)));
        log.warn({ event: 'consumer_lost', queue, err: error, retryInMs: delayMs }, 'a consumer lost its channel');
        await wait(delayMs, ending.signal);
        await restore(session).catch((cause: unknown) => log.debug({ event: 'topology_failed', err: cause }, 'topology not declared'));
      }
    }
  }

  const finished = run();

  return {
    isAttached: () => attached,
    async pause() {
      want('paused');
      await detached();
    },
    resume: () => want('attached'),
    async cancel() {
      want('cancelled');
      await noLongerThan(closeTimeoutMs, detached());
    },
    async release() {
      want('released');
      ending.abort();
      // A broker that does not answer is not waited for: the end of the connection ends this too.
      await noLongerThan(closeTimeoutMs, finished);
    },
  };
}
