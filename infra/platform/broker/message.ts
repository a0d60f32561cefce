import { type MessageOf, type MessageType, messageFaults } from '@comptoir/schema/messages.ts';
import { ComptoirError } from '../errors.ts';
import type { Delivery } from './consumption.ts';

/** A message that was parsed and matches its schema. */
export interface Message<T> {
  readonly body: T;
  /** Null where the sender, a foreign program, gave none. */
  readonly messageId: string | null;
  readonly correlationId: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly redelivered: boolean;
  /** 1 for the first time, one more for each delayed retry. */
  readonly attempt: number;
  readonly queue: string;
  readonly routingKey: string;
  /** When the sender published it; null where it does not say. */
  readonly timestamp: Date | null;
}

export const attemptHeader = 'x-attempt';

const maxReasonLength = 2_000;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** How often the message was handled, this time included; what comes from outside and is no such number counts as 1. */
export function attemptOf(headers: Readonly<Record<string, unknown>>): number {
  const attempt = headers[attemptHeader];
  return Number.isInteger(attempt) && (attempt as number) >= 1 && (attempt as number) <= 1_000 ? (attempt as number) : 1;
}

/** A message of one of the types; its `type` tells which. */
export type MessageOfType<Type extends MessageType> = { readonly [T in Type]: Message<MessageOf<T>> & { readonly type: T } }[Type];

/** Those of one type, in their order. */
export const ofType = <Type extends MessageType>(
  type: Type,
  messages: readonly (Message<unknown> & { readonly type: MessageType })[],
): Message<MessageOf<Type>>[] => messages.filter((message): message is MessageOfType<Type> => message.type === type);

/** Of which of the types it is: where there are several, the AMQP property `type` says so, and one of none of them is MESSAGE_INVALID. */
export function typeOf<Type extends MessageType>(types: readonly Type[], { properties }: Pick<Delivery, 'properties'>): Type {
  if (types.length === 1) return types[0] as Type;
  const named = types.find((type) => type === properties.type);
  if (named === undefined)
    throw new ComptoirError(
      'MESSAGE_INVALID',
      `The type of the message is ${String(properties.type)}; the queue takes ${types.join(', ')}.`,
    );
  return named;
}

/** Throws MESSAGE_INVALID that says why: not UTF-8, not JSON, or every field that does not match the schema. */
export function parseMessage<Type extends MessageType>(type: Type, delivery: Delivery): Message<MessageOf<Type>> {
  const { properties, queue, routingKey, redelivered } = delivery;
  const headers: Record<string, unknown> = properties.headers ?? {};
  return {
    body: parseBody(type, delivery.content),
    messageId: properties.messageId || null,
    correlationId: properties.correlationId || null,
    headers,
    redelivered,
    attempt: attemptOf(headers),
    queue,
    routingKey,
    timestamp: dateOf(properties.timestamp),
  };
}

/** AMQP counts in seconds; some clients in milliseconds. */
function dateOf(timestamp: unknown): Date | null {
  if (typeof timestamp !== 'number' || timestamp <= 0) return null;
  const date = new Date(timestamp > 1e11 ? timestamp : timestamp * 1000);
  return Number.isNaN(date.getTime()) ? null : date;
}

function parseBody<Type extends MessageType>(type: Type, content: Buffer): MessageOf<Type> {
  let text: string;
  let body: unknown;
  try {
    text = utf8.decode(content);
  } catch (cause) {
    throw new ComptoirError('MESSAGE_INVALID', 'The body is not UTF-8.', { cause });
  }
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new ComptoirError('MESSAGE_INVALID', `The body is not JSON: ${(cause as Error).message}`.slice(0, maxReasonLength), { cause });
  }
  const faults = messageFaults(type, body);
  if (faults.length > 0) throw new ComptoirError('MESSAGE_INVALID', faults.join('; ').slice(0, maxReasonLength));
  return body as MessageOf<Type>;
}
