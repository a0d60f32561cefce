import { randomUUID } from 'node:crypto';
import { type ConfirmChannel, IllegalOperationError, type Message } from 'amqplib';
import type { Log } from '../log.ts';
import { backoffMs, pause } from './backoff.ts';
import { PublishError } from './publish-error.ts';
import type { Session } from './session.ts';

export { PublishError, type PublishErrorCode } from './publish-error.ts';

export interface MessageProperties {
  /** A random UUID where it is left out; null for none. */
  readonly messageId?: string | null;
  readonly type?: string;
  readonly correlationId?: string;
  /** `application/json` by default. */
  readonly contentType?: string;
  /** Seconds since 1970; now by default. */
  readonly timestamp?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  /** True by default: the broker keeps it through a restart. */
  readonly persistent?: boolean;
  /** Milliseconds after which the broker drops it. */
  readonly expiration?: number;
}

export interface Publication {
  readonly exchange: string;
  readonly routingKey: string;
  readonly content: Buffer;
  readonly properties: MessageProperties;
  /** True: rejects with NO_ROUTE where it reaches no queue. */
  readonly mandatory?: boolean;
}

export interface PublisherConfig {
  readonly log: Log;
  /** Within which every publication settles; 15 s by default. */
  readonly timeoutMs?: number;
  /** Publications on the wire at most; further ones wait. */
  readonly maxInFlight?: number;
  /** Publications that may wait at most; further ones are refused. */
  readonly maxWaiting?: number;
  /** Declares the topology again, before a channel that the broker closed is replaced. */
  readonly restore: (session: Session) => Promise<void>;
  readonly onChange: () => void;
}

interface Entry extends Publication {
  readonly messageId: string | undefined;
  returned: boolean;
  settle(error: Error | null): void;
}

/** Publishes on one confirm channel after another, in the order of the calls. */
export interface Publisher {
  publish(message: Publication): Promise<void>;
  /** Opens the channel on a new connection and takes care of it until that is lost. */
  attach(session: Session): Promise<void>;
  isOpen(): boolean;
  isBlocked(): boolean;
  /** Takes no more, waits for the confirms on their way, fails the rest. */
  stop(timeoutMs: number): Promise<void>;
}

export function createPublisher(config: PublisherConfig): Publisher {
  const { log, timeoutMs = 15_000, maxInFlight = 2_000, maxWaiting = 20_000, restore, onChange } = config;
  const waiting = new Set<Entry>();
  const inFlight = new Set<Entry>();
  const stopping = new AbortController();
  let channel: ConfirmChannel | null = null;
  let blocked = false;
  let writable = true;
  let onIdle: (() => void) | undefined;
  let closeReason: Error | null = null;

  const closedError = (cause?: unknown) =>
    new PublishError('CLOSED', 'There is no connection to the broker', cause === undefined ? undefined : { cause });

  function pump(): void {
    for (const entry of waiting) {
      if (!channel || blocked || !writable || inFlight.size >= maxInFlight) return;
      waiting.delete(entry);
      send(channel, entry);
    }
  }

  function send(open: ConfirmChannel, entry: Entry): void {
    const { exchange, routingKey, content, properties, mandatory = false, messageId } = entry;
    inFlight.add(entry);
    const options = {
      mandatory,
      ...(messageId === undefined ? {} : { messageId }),
      persistent: properties.persistent ?? true,
      contentType: properties.contentType ?? 'application/json',
      timestamp: properties.timestamp ?? Math.floor(Date.now() / 1000),
      headers: properties.headers ?? {},
      ...(properties.type === undefined ? {} : { type: properties.type }),
      ...(properties.correlationId === undefined ? {} : { correlationId: properties.correlationId }),
      ...(properties.expiration === undefined ? {} : { expiration: String(properties.expiration) }),
    };
    try {
      writable = open.publish(exchange, routingKey, content, options, (error: Error | null) => {
        if (error === null)
          entry.settle(
            entry.returned
              ? new PublishError('NO_ROUTE', `No queue is bound for ${exchange || 'the default exchange'}, ${routingKey}`)
              : null,
          );
        else if (error.message === 'message nacked') entry.settle(new PublishError('NACKED', 'The broker refused the message'));
        else entry.settle(closeReason === null ? closedError(error) : missingExchange(entry, closeReason));
      });
    } catch (error) {
      // Anything but a channel that closed this moment is the message's own fault, e.g. a header that AMQP cannot hold.
      entry.settle(error instanceof IllegalOperationError ? closedError(error) : (error as Error));
    }
  }

  /** A publication to an exchange that does not exist closes the channel, and with it fails all that are on their way: only its own is at fault. */
  function missingExchange(entry: Entry, reason: Error): PublishError {
    if ((reason as { code?: number }).code === 404 && reason.message.includes(`'${entry.exchange}'`)) {
      return new PublishError('NO_ROUTE', `There is no exchange ${entry.exchange}`, { cause: reason });
    }
    return closedError(reason);
  }

  /** The broker names a returned message by its id alone; it does so before it confirms it. */
  function onReturn({ properties, fields }: Message): void {
    for (const entry of inFlight) {
      if (
        !entry.returned &&
        entry.messageId === properties.messageId &&
        entry.exchange === fields.exchange &&
        entry.routingKey === fields.routingKey
      ) {
        entry.returned = true;
        return;
      }
    }
  }

  async function open(session: Session): Promise<void> {
    const opened = await session.rpc('opening the publishing channel', () => session.model.createConfirmChannel());
    let reason: Error | null = null;
    opened.on('error', (error) => {
      reason = error;
      if (channel === opened) closeReason = error;
    });
    opened.on('return', onReturn);
    opened.on('drain', () => {
      writable = true;
      pump();
    });
    opened.on('close', () => {
      if (channel !== opened) return;
      channel = null;
      for (const entry of [...inFlight, ...waiting]) entry.settle(closedError(reason ?? undefined));
      onChange();
      if (!session.isLost() && !stopping.signal.aborted) void reopen(session, reason);
    });
    if (session.isLost()) throw await session.lost;
    closeReason = null;
    channel = opened;
    writable = true;
    onChange();
    pump();
  }

  async function reopen(session: Session, reason: Error | null): Promise<void> {
    log.warn({ event: 'publishing_channel_closed', reason: reason?.message }, 'the broker closed the publishing channel');
    for (let attempt = 0; !session.isLost() && !stopping.signal.aborted; attempt++) {
      await pause(backoffMs(attempt, { firstMs: 20 }), stopping.signal);
      try {
        await restore(session);
        return await open(session);
      } catch (error) {
        log.warn({ event: 'publishing_channel_failed', err: error }, 'the publishing channel could not be opened again');
      }
    }
  }

  return {
    publish(message) {
      if (!channel || stopping.signal.aborted) return Promise.reject(closedError());
      if (waiting.size >= maxWaiting)
        return Promise.reject(new PublishError('TIMEOUT', `${maxWaiting} messages wait to be published already`));
      return new Promise((resolve, reject) => {
        const entry: Entry = {
          ...message,
          messageId: message.properties.messageId === null ? undefined : (message.properties.messageId ?? randomUUID()),
          returned: false,
          settle(error) {
            clearTimeout(timer);
            waiting.delete(entry);
            if (inFlight.delete(entry)) pump();
            if (inFlight.size === 0) onIdle?.();
            if (error) reject(error);
            else resolve();
          },
        };
        const timer = setTimeout(
          () =>
            entry.settle(
              new PublishError(
                'TIMEOUT',
                `The broker did not confirm within ${timeoutMs} ms${blocked ? ': it takes no messages for now' : ''}`,
              ),
            ),
          timeoutMs,
        );
        waiting.add(entry);
        pump();
      });
    },
    async attach(session) {
      session.model.on('blocked', () => {
        blocked = true;
        onChange();
      });
      session.model.on('unblocked', () => {
        blocked = false;
        onChange();
        pump();
      });
      void session.lost.then(() => {
        blocked = false;
      });
      await open(session);
    },
    isOpen: () => channel !== null,
    isBlocked: () => blocked,
    async stop(stopTimeoutMs) {
      stopping.abort();
      if (inFlight.size > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, stopTimeoutMs);
          onIdle = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      for (const entry of [...inFlight, ...waiting]) entry.settle(closedError());
    },
  };
}
