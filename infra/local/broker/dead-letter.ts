import { type Message, withProperties } from './message.ts';
import { type FieldTable, type FieldValue, integerOf, text, textOf } from './wire/field-table.ts';

export type DeathReason = 'rejected' | 'expired' | 'maxlen' | 'delivery_limit';

export interface Death {
  readonly queue: string;
  readonly reason: DeathReason;
  readonly exchange: string;
  /** Undefined keeps the message's own. */
  readonly routingKey: string | undefined;
  readonly atMs: number;
}

/** The message as its dead letter exchange gets it: with what happened to it in `x-death`, latest first, and without its expiration. */
export function deadLettered(message: Message, death: Death): Message {
  const headers = new Map(message.properties.headers ?? []);
  const earlier = deathsOf(message);
  if (earlier.length === 0) {
    headers.set('x-first-death-reason', text(death.reason));
    headers.set('x-first-death-queue', text(death.queue));
    headers.set('x-first-death-exchange', text(message.exchange));
  }
  const same = earlier.find((entry) => textOf(entry.get('queue')) === death.queue && textOf(entry.get('reason')) === death.reason);
  const entry = same ? countedOnce(same) : newEntry(message, death);
  const others = earlier.filter((other) => other !== same);
  headers.set('x-death', { type: 'array', value: [entry, ...others].map((value): FieldValue => ({ type: 'table', value })) });
  const changed = withProperties(message, { headers, expiration: undefined });
  return { ...changed, exchange: death.exchange, routingKey: death.routingKey ?? message.routingKey };
}

/** Whether the message comes back to a queue without any consumer having rejected it on the way: it would go round for ever. */
export function isEndlessCycle(message: Message, queue: string): boolean {
  const deaths = deathsOf(message);
  const last = deaths.findIndex((entry) => textOf(entry.get('queue')) === queue);
  return last >= 0 && deaths.slice(0, last + 1).every((entry) => textOf(entry.get('reason')) !== 'rejected');
}

function deathsOf(message: Message): readonly FieldTable[] {
  const header = message.properties.headers?.get('x-death');
  if (header?.type !== 'array') return [];
  return header.value.flatMap((entry) => (entry.type === 'table' ? [entry.value] : []));
}

function newEntry(message: Message, { queue, reason, atMs }: Death): FieldTable {
  const { expiration } = message.properties;
  return new Map<string, FieldValue>([
    ['count', { type: 'int64', value: 1n }],
    ['reason', text(reason)],
    ['queue', text(queue)],
    ['time', { type: 'timestamp', value: BigInt(Math.floor(atMs / 1000)) }],
    ['exchange', text(message.exchange)],
    ['routing-keys', { type: 'array', value: [text(message.routingKey)] }],
    ...(expiration === undefined ? [] : [['original-expiration', text(expiration)] as const]),
  ]);
}

function countedOnce(entry: FieldTable): FieldTable {
  return new Map([...entry, ['count', { type: 'int64', value: BigInt((integerOf(entry.get('count')) ?? 0) + 1) }]]);
}
