import type { FieldTable, FieldValue } from './wire/field-table.ts';
import { decodeProperties, encodeProperties, type Properties } from './wire/properties.ts';

/** What was published. Never changed: queues that hold the same message share it. */
export interface Message {
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: Properties;
  /** `properties` as bytes. */
  readonly rawProperties: Buffer;
  readonly body: Buffer;
}

export function receivedMessage(exchange: string, routingKey: string, rawProperties: Buffer, body: Buffer): Message {
  return { exchange, routingKey, properties: decodeProperties(rawProperties), rawProperties, body };
}

export function withProperties(message: Message, changes: Properties): Message {
  const properties = { ...message.properties, ...changes };
  return { ...message, properties, rawProperties: encodeProperties(properties) };
}

export function withHeader(message: Message, name: string, value: FieldValue): Message {
  const headers: FieldTable = new Map([...(message.properties.headers ?? []), [name, value]]);
  return withProperties(message, { headers });
}
