import { createHash, randomUUID } from 'node:crypto';
import { type ErrorCode, isErrorCode } from '@comptoir/schema/errors.ts';
import { deadLetterExchange } from '@comptoir/schema/topology.ts';
import type { Delivery } from './broker/consumption.ts';
import { deadLetterHeaders, replayHeaders, withoutTransportHeaders } from './broker/give-up.ts';

/** A message from the dead-letter queue, read. */
export interface IncomingDeadLetter {
  /** Names this act of giving it up, the same whenever the message is delivered again. */
  readonly death: string;
  /** Which could not handle it; null where somebody put it into the queue of dead letters itself. */
  readonly service: string | null;
  readonly queue: string;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly messageId: string | null;
  readonly type: string | null;
  readonly correlationId: string | null;
  readonly body: Buffer;
  /** JSON text. */
  readonly headers: string;
  readonly attempts: number;
  /** The stored dead letter that this one is a replay of. */
  readonly replayOf: string | null;
}

/** PostgreSQL's text cannot hold it. */
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value.replaceAll('\u0000', '\ufffd') : null);
const count = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.min(Math.floor(value), 1_000_000) : null;

type ArrivedDeadLetter = Pick<Delivery, 'content' | 'properties' | 'queue' | 'exchange' | 'routingKey'>;

interface BrokerDeath {
  readonly queue?: unknown;
  readonly reason?: unknown;
  readonly count?: unknown;
  readonly time?: unknown;
}

const brokerReasons: Readonly<Record<string, string>> = {
  rejected: 'A consumer rejected it.',
  expired: 'It waited longer in the queue than allowed.',
  maxlen: 'The queue was full.',
  delivery_limit: 'It was delivered as often as allowed and never acknowledged.',
};

/** What our consumers gave up says why in its headers; of what the broker dead-lettered by policy, `x-death` tells. */
export function readDeadLetter({
  content,
  properties,
  queue: deadLetterQueue,
  exchange,
  routingKey,
}: ArrivedDeadLetter): IncomingDeadLetter {
  const headers: Record<string, unknown> = properties.headers ?? {};
  const [broker] = (Array.isArray(headers['x-death']) ? headers['x-death'] : []) as BrokerDeath[];
  const ours = text(headers[deadLetterHeaders.queue]);
  const messageId = text(properties.messageId);
  const queue = ours ?? text(broker?.queue) ?? deadLetterQueue;
  const code = headers[deadLetterHeaders.code];
  const brokerReason = text(broker?.reason);
  const replayOf = headers[replayHeaders.of];
  return {
    death: (ours && text(headers[deadLetterHeaders.death])) ?? deathByContent({ content, messageId, queue, broker, headers }),
    service: exchange === deadLetterExchange ? routingKey : null,
    queue,
    code: isErrorCode(code) ? code : 'RETRIES_EXHAUSTED',
    reason:
      text(headers[deadLetterHeaders.reason]) ?? (brokerReason && (brokerReasons[brokerReason] ?? brokerReason)) ?? 'No reason was given.',
    messageId,
    type: text(properties.type),
    correlationId: text(properties.correlationId),
    body: content,
    headers: JSON.stringify(withoutTransportHeaders(headers)),
    attempts: count(headers[deadLetterHeaders.attempts]) ?? count(broker?.count) ?? 1,
    replayOf: typeof replayOf === 'string' && /^\d{1,18}$/.test(replayOf) ? replayOf : null,
  };
}

function deathByContent(message: {
  content: Buffer;
  messageId: string | null;
  queue: string;
  broker: BrokerDeath | undefined;
  headers: Record<string, unknown>;
}): string {
  const { content, messageId, queue, broker, headers } = message;
  const time = (broker?.time as { value?: unknown } | undefined)?.value ?? broker?.time ?? null;
  return createHash('sha256')
    .update(JSON.stringify([queue, messageId, broker?.reason ?? null, broker?.count ?? null, time, headers[replayHeaders.count] ?? 0]))
    .update(content)
    .digest('hex');
}

/**
 * Whether a death that is stored already may be another one all the same. Two equal messages without an id cannot be told from one that is delivered twice,
 * except by `redelivered`: one delivered for the first time is always stored, one delivered again only where no equal one was.
 */
export const mayBeAnother = ({ messageId }: IncomingDeadLetter, { redelivered }: Delivery) => messageId === null && !redelivered;

export const anotherDeath = (death: string) => `${death}/${randomUUID()}`;
