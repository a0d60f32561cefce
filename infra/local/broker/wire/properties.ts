import { AmqpError } from '../amqp-error.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { type FieldTable, readTable, writeTable } from './field-table.ts';

export interface Properties {
  contentType?: string;
  contentEncoding?: string;
  headers?: FieldTable;
  deliveryMode?: number;
  priority?: number;
  correlationId?: string;
  replyTo?: string;
  expiration?: string;
  messageId?: string;
  /** Seconds since 1970. */
  timestamp?: number;
  type?: string;
  userId?: string;
  appId?: string;
  clusterId?: string;
}

/** In wire order: the first has the highest bit of the flags. */
const layout = [
  ['contentType', 'shortstr'],
  ['contentEncoding', 'shortstr'],
  ['headers', 'table'],
  ['deliveryMode', 'octet'],
  ['priority', 'octet'],
  ['correlationId', 'shortstr'],
  ['replyTo', 'shortstr'],
  ['expiration', 'shortstr'],
  ['messageId', 'shortstr'],
  ['timestamp', 'longlong'],
  ['type', 'shortstr'],
  ['userId', 'shortstr'],
  ['appId', 'shortstr'],
  ['clusterId', 'shortstr'],
] as const satisfies readonly (readonly [keyof Properties, 'shortstr' | 'octet' | 'longlong' | 'table'])[];

const unusedFlags = 0b11;

export function decodeProperties(bytes: Buffer): Properties {
  const reader = new ByteReader(bytes);
  const flags = reader.uint16();
  if (flags & unusedFlags) throw new AmqpError(502, 'unknown property flags');
  const properties: Record<string, unknown> = {};
  layout.forEach(([name, type], index) => {
    if (flags & (1 << (15 - index))) properties[name] = readProperty(reader, type);
  });
  if (reader.remaining > 0) throw new AmqpError(502, `${reader.remaining} bytes after the last property`);
  return properties;
}

export function encodeProperties(properties: Properties): Buffer {
  let flags = 0;
  layout.forEach(([name], index) => {
    if (properties[name] !== undefined) flags |= 1 << (15 - index);
  });
  const writer = new ByteWriter().uint16(flags);
  for (const [name, type] of layout) {
    const value = properties[name];
    if (value === undefined) continue;
    if (type === 'table') writeTable(writer, value as FieldTable);
    else if (type === 'shortstr') writer.shortString(value as string);
    else if (type === 'octet') writer.uint8(value as number);
    else writer.uint64(value as number);
  }
  return writer.finish();
}

function readProperty(reader: ByteReader, type: (typeof layout)[number][1]): unknown {
  switch (type) {
    case 'shortstr':
      return reader.shortString();
    case 'octet':
      return reader.uint8();
    case 'longlong':
      return reader.uint64();
    case 'table':
      return readTable(reader);
  }
}
