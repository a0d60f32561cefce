import { createHash, randomUUID } from 'node:crypto';
import { type ErrorCode, errorCatalogue } from '@comptoir/schema/errors.ts';
import { deadLetterExchange, retryDelays as defaultRetryDelays } from '@comptoir/schema/topology.ts';
import { ComptoirError } from '../errors.ts';
import type { Delivery } from './consumption.ts';
import { attemptHeader, attemptOf } from './message.ts';
import type { MessageProperties, Publication } from './publisher.ts';

/** Names of the headers of a dead letter. */
export const deadLetterHeaders = {
  code: 'x-dead-letter-code',
  reason: 'x-dead-letter-reason',
  queue: 'x-dead-letter-queue',
  attempts: 'x-dead-letter-attempts',
  /** Names this act of giving up: the same for one that is repeated after a crash. */
  death: 'x-dead-letter-death',
} as const;

/** Headers of a replayed dead letter: its id, and how often it was replayed. */
export const replayHeaders = { of: 'x-replay-of', count: 'x-replay-count' } as const;

export interface RetryDelay {
  /** Of the fanout exchange whose queue comes back after the delay. */
  readonly name: string;
  readonly delayMs: number;
}

export type Fate =
  | { readonly kind: 'retry'; readonly delay: RetryDelay }
  | { readonly kind: 'dead-letter'; readonly code: ErrorCode; readonly reason: string };

const maxReasonLength = 2_000;

/** What becomes of a message whose handling failed, by the error and by how often it was tried. */
export function fateOf(error: unknown, attempt: number, retryDelays: readonly RetryDelay[] = defaultRetryDelays): Fate {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, maxReasonLength);
  if (error instanceof ComptoirError && errorCatalogue[error.code].messageFate === 'dead-letter')
    return { kind: 'dead-letter', code: error.code, reason };
  const delay = retryDelays[attempt - 1];
  if (delay) return { kind: 'retry', delay };
  return {
    kind: 'dead-letter',
    code: 'RETRIES_EXHAUSTED',
    reason: `Failed ${attempt} times, the last time with: ${reason}`.slice(0, maxReasonLength),
  };
}

/** What the broker and we wrote on earlier ways: it must not go along, or the broker takes the new way for a cycle. */
export function withoutTransportHeaders(headers: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const own = ([name]: [string, unknown]) => !/^x-(death|first-death-.*|last-death-.*|dead-letter-.*|attempt|delivery-count)$/.test(name);
  return Object.fromEntries(Object.entries(headers).filter(own));
}

function propertiesOf({ properties }: Delivery, headers: Record<string, unknown>): MessageProperties {
  return {
    messageId: properties.messageId || null,
    type: properties.type || undefined,
    correlationId: properties.correlationId || undefined,
    contentType: properties.contentType || undefined,
    timestamp: typeof properties.timestamp === 'number' ? properties.timestamp : undefined,
    headers: { ...withoutTransportHeaders(properties.headers), ...headers },
  };
}

/** The message on its way through a retry queue, back to the queue it came from. */
export function retryPublication(delivery: Delivery, { name }: RetryDelay): Publication {
  const attempt = attemptOf(delivery.properties.headers ?? {}) + 1;
  return {
    exchange: name,
    routingKey: delivery.queue,
    content: delivery.content,
    properties: propertiesOf(delivery, { [attemptHeader]: attempt }),
    mandatory: true,
  };
}

/** The message on its way to the dead letters, as one of the service's. */
export function deadLetterPublication(
  delivery: Delivery,
  service: string,
  { code, reason }: { code: ErrorCode; reason: string },
): Publication {
  const { queue, properties } = delivery;
  const attempts = attemptOf(properties.headers ?? {});
  return {
    exchange: deadLetterExchange,
    routingKey: service,
    content: delivery.content,
    properties: propertiesOf(delivery, {
      [deadLetterHeaders.code]: code,
      [deadLetterHeaders.reason]: reason,
      [deadLetterHeaders.queue]: queue,
      [deadLetterHeaders.attempts]: attempts,
      [deadLetterHeaders.death]: deathOf(queue, properties.messageId, attempts, properties.headers?.[replayHeaders.count]),
    }),
    mandatory: true,
  };
}

function deathOf(queue: string, messageId: unknown, attempts: number, replays: unknown): string {
  if (!messageId) return randomUUID();
  return createHash('sha256')
    .update(JSON.stringify([queue, messageId, attempts, replays ?? 0]))
    .digest('hex');
}
