import type { MessageOf, MessageType } from '@comptoir/schema/messages.ts';
import type { EntityManager } from '@mikro-orm/postgresql';

export interface Aggregate {
  readonly type: string;
  readonly id: string;
  readonly version?: number;
}

export interface OutboxMessage {
  /** Stable name of the message by which its receivers know a repetition; a random UUID where it is left out. */
  readonly messageId?: string;
  /** Empty for the default exchange, whose routing keys are queue names. */
  readonly exchange: string;
  readonly routingKey: string;
  readonly type: MessageType;
  readonly payload: object;
  /** Messages of one aggregate are published in the order they were written. */
  readonly aggregate: Aggregate;
  readonly correlationId?: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  /** True: a message that reaches no queue is kept and tried again instead of vanishing. False by default. */
  readonly mandatory?: boolean;
}

/**
 * Writes messages to the outbox in the caller's transaction, with one statement; flushes the entity manager first, so that the row locks of the
 * change are taken before the messages get their order. Rejects where a message does not match its schema.
 */
export async function appendToOutbox(_em: EntityManager, _messages: readonly OutboxMessage[]): Promise<void> {
  throw new Error('appendToOutbox is not written yet');
}

type EventFields<Type extends MessageType> = Omit<MessageOf<Type>, 'event' | 'timestamp'>;

/** A domain event for the events exchange: its routing key is its type, and its payload gets `event` and `timestamp`. */
export function eventMessage<Type extends MessageType>(_type: Type, _aggregate: Aggregate, _fields: EventFields<Type>): OutboxMessage {
  throw new Error('eventMessage is not written yet');
}
