import { randomUUID } from 'node:crypto';
import { type MessageOf, type MessageType, messageFaults } from '@comptoir/schema/messages.ts';
import { eventsExchange } from '@comptoir/schema/topology.ts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { failpoint } from './failpoint.ts';
import { unread } from './frequent-statements.ts';
import { query } from './sql.ts';
import { currentTraceparent, newTraceparent } from './trace.ts';

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

/** A message whose body is bytes that need not be JSON nor match a schema: what a person sends once more. */
export interface RawOutboxMessage extends Omit<OutboxMessage, 'type' | 'payload'> {
  readonly type: string;
  readonly body: Buffer;
}

/** Messages that a transaction is about to write, in its traces. */
interface Gathered {
  readonly message: OutboxMessage | RawOutboxMessage;
  readonly traceparent: string;
}

/** By transaction: entity managers forked within one share it. */
const gathered = new WeakMap<object, Gathered[]>();

const columns =
  'message_id, exchange, routing_key, type, aggregate_type, aggregate_id, aggregate_version, correlation_id, headers, mandatory';

function gather(em: EntityManager, messages: readonly (OutboxMessage | RawOutboxMessage)[]): void {
  const transaction = em.getTransactionContext<object>();
  if (!transaction) throw new Error('The outbox is written in the transaction of the change it tells of');
  const traceparent = currentTraceparent() ?? newTraceparent();
  const all = gathered.get(transaction) ?? [];
  if (all.length === 0) gathered.set(transaction, all);
  for (const message of messages) all.push({ message, traceparent });
}

/**
 * Writes what the transaction has to tell, with one statement; false where it has nothing to tell. Called by the database just before the commit, and after the entity
 * manager's own changes, so that the row locks of all changes are taken before the messages get their order.
 */
export async function writeOutbox(em: EntityManager): Promise<boolean> {
  const transaction = em.getTransactionContext<object>();
  const all = transaction && gathered.get(transaction);
  if (!all) return false;
  gathered.delete(transaction);
  await em.flush();
  const list = <T>(pick: (message: OutboxMessage | RawOutboxMessage) => T) => all.map(({ message }) => pick(message));
  await query(
    em,
    unread(`INSERT INTO outbox (${columns}, payload, body)
     SELECT ${columns}, payload::json, body
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::json[], $10::boolean[], $11::text[], $12::bytea[])
       WITH ORDINALITY AS message(${columns}, payload, body, n)
     ORDER BY n`),
    [
      list(({ messageId }) => messageId ?? randomUUID()),
      list(({ exchange }) => exchange),
      list(({ routingKey }) => routingKey),
      list(({ type }) => type),
      list(({ aggregate }) => aggregate.type),
      list(({ aggregate }) => aggregate.id),
      list(({ aggregate }) => aggregate.version ?? null),
      list(({ correlationId }) => correlationId ?? null),
      all.map(({ message: { headers }, traceparent }) => JSON.stringify({ traceparent, ...headers })),
      list(({ mandatory }) => mandatory ?? false),
      list((message) => ('body' in message ? null : JSON.stringify(message.payload))),
      list((message) => ('body' in message ? message.body : null)),
    ],
  );
  failpoint(
    'outbox.messages.written',
    all.map(({ message }) => message),
  );
  return true;
}

/**
 * Has messages written to the outbox with the caller's transaction, at its end and together with all others it tells of. Rejects where a message does not match its
 * schema.
 */
export async function appendToOutbox(em: EntityManager, messages: readonly OutboxMessage[]): Promise<void> {
  if (messages.length === 0) return;
  for (const { type, payload } of messages) {
    const faults = messageFaults(type, payload);
    if (faults.length > 0)
      throw new Error(`A message of type ${type} that does not match its schema was about to be sent: ${faults.join('; ')}`);
  }
  gather(em, messages);
}

/** Like appendToOutbox, for a body that is sent as it is. */
export async function appendRawToOutbox(em: EntityManager, message: RawOutboxMessage): Promise<void> {
  gather(em, [message]);
}

/** What the schema names; Omit would take in any field, since messages are open to further ones. */
type EventFields<Type extends MessageType> = {
  [Field in keyof MessageOf<Type> as string extends Field
    ? never
    : Field extends 'event' | 'timestamp'
      ? never
      : Field]: MessageOf<Type>[Field];
};

/** A domain event for the events exchange: its routing key is its type, and its payload gets `event` and `timestamp`. */
export function eventMessage<Type extends MessageType>(type: Type, aggregate: Aggregate, fields: EventFields<Type>): OutboxMessage {
  return {
    exchange: eventsExchange,
    routingKey: type,
    type,
    aggregate,
    payload: { event: type.replaceAll('.', '_'), timestamp: new Date().toISOString(), ...fields },
  };
}
