import { AmqpError } from '../amqp-error.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

/**
 * A value of a field table with the type it has on the wire, so that a header leaves the broker as it came.
 * The types are those RabbitMQ knows; their letters differ from the AMQP 0-9-1 specification's.
 */
export type FieldValue =
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: NumberType; readonly value: number }
  | { readonly type: 'int64' | 'timestamp'; readonly value: bigint }
  | { readonly type: 'decimal'; readonly scale: number; readonly value: number }
  | { readonly type: 'string' | 'bytes'; readonly value: Buffer }
  | { readonly type: 'array'; readonly value: readonly FieldValue[] }
  | { readonly type: 'table'; readonly value: FieldTable }
  | { readonly type: 'void' };

type NumberType = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'float' | 'double';

export type FieldTable = ReadonlyMap<string, FieldValue>;

export const emptyTable: FieldTable = new Map();

/** Deeper nesting is refused: reading it recurses. */
const maxDepth = 32;

const letters = {
  boolean: 't',
  int8: 'b',
  uint8: 'B',
  int16: 's',
  uint16: 'u',
  int32: 'I',
  uint32: 'i',
  int64: 'l',
  float: 'f',
  double: 'd',
  decimal: 'D',
  string: 'S',
  bytes: 'x',
  array: 'A',
  timestamp: 'T',
  table: 'F',
  void: 'V',
} as const satisfies Record<FieldValue['type'], string>;

const typesByCode = new Map(Object.entries(letters).map(([type, letter]) => [letter.charCodeAt(0), type as FieldValue['type']]));

export function readTable(reader: ByteReader, depth = 0): FieldTable {
  const content = new ByteReader(reader.longString());
  const table = new Map<string, FieldValue>();
  while (content.remaining > 0) table.set(content.shortString(), readValue(content, depth + 1));
  return table;
}

export function writeTable(writer: ByteWriter, table: FieldTable): void {
  writer.sized(() => {
    for (const [name, value] of table) {
      writer.shortString(name);
      writeValue(writer, value);
    }
  });
}

function readValue(reader: ByteReader, depth: number): FieldValue {
  if (depth > maxDepth) throw new AmqpError(502, `a field table is nested deeper than ${maxDepth}`);
  const code = reader.uint8();
  const type = typesByCode.get(code);
  switch (type) {
    case 'boolean':
      return { type, value: reader.uint8() !== 0 };
    case 'int8':
    case 'uint8':
    case 'int16':
    case 'uint16':
    case 'int32':
    case 'uint32':
    case 'float':
    case 'double':
      return { type, value: reader[type]() };
    case 'int64':
    case 'timestamp':
      return { type, value: reader.int64() };
    case 'decimal':
      return { type, scale: reader.uint8(), value: reader.uint32() };
    case 'string':
    case 'bytes':
      return { type, value: reader.longString() };
    case 'array':
      return { type, value: readArray(new ByteReader(reader.longString()), depth) };
    case 'table':
      return { type, value: readTable(reader, depth) };
    case 'void':
      return { type };
    case undefined:
      throw new AmqpError(502, `unknown field type ${code}`);
  }
}

function readArray(content: ByteReader, depth: number): FieldValue[] {
  const values: FieldValue[] = [];
  while (content.remaining > 0) values.push(readValue(content, depth + 1));
  return values;
}

function writeValue(writer: ByteWriter, field: FieldValue): void {
  writer.uint8(letters[field.type].charCodeAt(0));
  switch (field.type) {
    case 'boolean':
      writer.uint8(field.value ? 1 : 0);
      return;
    case 'int64':
    case 'timestamp':
      writer.int64(field.value);
      return;
    case 'decimal':
      writer.uint8(field.scale).uint32(field.value);
      return;
    case 'string':
    case 'bytes':
      writer.longString(field.value);
      return;
    case 'array':
      writer.sized(() => {
        for (const item of field.value) writeValue(writer, item);
      });
      return;
    case 'table':
      writeTable(writer, field.value);
      return;
    case 'void':
      return;
    default:
      writer[field.type](field.value);
  }
}

export function encodeTable(table: FieldTable): Buffer {
  const writer = new ByteWriter();
  writeTable(writer, table);
  return writer.finish();
}

export function text(value: string): FieldValue {
  return { type: 'string', value: Buffer.from(value) };
}

export function textOf(value: FieldValue | undefined): string | undefined {
  return value?.type === 'string' ? value.value.toString() : undefined;
}

/** Any of the integer types as a number. */
export function integerOf(value: FieldValue | undefined): number | undefined {
  switch (value?.type) {
    case 'int8':
    case 'uint8':
    case 'int16':
    case 'uint16':
    case 'int32':
    case 'uint32':
    case 'int64':
      return Number(value.value);
    default:
      return undefined;
  }
}

/** As JSON shows it: in the management API and in messages to people. */
export function plainValue(field: FieldValue): unknown {
  switch (field.type) {
    case 'void':
      return null;
    case 'int64':
    case 'timestamp':
      return Number(field.value);
    case 'decimal':
      return field.value / 10 ** field.scale;
    case 'string':
    case 'bytes':
      return field.value.toString();
    case 'array':
      return field.value.map(plainValue);
    case 'table':
      return plainTable(field.value);
    default:
      return field.value;
  }
}

export function plainTable(table: FieldTable): Record<string, unknown> {
  return Object.fromEntries([...table].map(([name, value]) => [name, plainValue(value)]));
}

/** Integers equal integers of another width, as RabbitMQ compares arguments and headers. */
export function sameValue(a: FieldValue, b: FieldValue): boolean {
  const integer = integerOf(a);
  if (integer !== undefined) return integer === integerOf(b);
  if (isFraction(a) && isFraction(b)) return plainValue(a) === plainValue(b);
  return a.type === b.type && encodeTable(new Map([['', a]])).equals(encodeTable(new Map([['', b]])));
}

function isFraction({ type }: FieldValue): boolean {
  return type === 'float' || type === 'double' || type === 'decimal';
}
