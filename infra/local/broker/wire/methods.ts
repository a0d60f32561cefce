import { AmqpError } from '../amqp-error.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { emptyTable, type FieldTable, readTable, writeTable } from './field-table.ts';
import { type Method, type MethodName, specs, type WireTypes } from './method-specs.ts';

interface Layout {
  readonly name: MethodName;
  readonly classId: number;
  readonly methodId: number;
  readonly fields: readonly { readonly name: string; readonly type: keyof WireTypes; readonly reserved: boolean }[];
}

const layouts: readonly Layout[] = Object.entries(specs).map(([name, [classId, methodId, fields]]) => ({
  name: name as MethodName,
  classId,
  methodId,
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type, reserved: field.startsWith('reserved') })),
}));
const layoutsByName = new Map(layouts.map((layout) => [layout.name, layout]));
const layoutsById = new Map(layouts.map((layout) => [idOf(layout.classId, layout.methodId), layout]));

export const methodNames: readonly MethodName[] = layouts.map(({ name }) => name);

/** The types of a method's fields, for tests that make any method. */
export function fieldTypes(name: MethodName): Readonly<Record<string, keyof WireTypes>> {
  return specs[name][2];
}

export function methodIds(name: MethodName): { classId: number; methodId: number } {
  const [classId, methodId] = specs[name];
  return { classId, methodId };
}

/** Reads a method frame's payload. Unknown methods and bytes left over are refused. */
export function decodeMethod(payload: Buffer): Method {
  const reader = new ByteReader(payload);
  const classId = reader.uint16();
  const methodId = reader.uint16();
  const layout = layoutsById.get(idOf(classId, methodId));
  if (!layout) throw new AmqpError(540, `unknown method ${classId}.${methodId}`);
  const method: Record<string, unknown> = { name: layout.name };
  let bits = 0;
  let bit = 8;
  for (const { name, type, reserved } of layout.fields) {
    if (type === 'bit') {
      // Consecutive bits share octets, the first in the lowest place.
      if (bit === 8) {
        bits = reader.uint8();
        bit = 0;
      }
      if (!reserved) method[name] = (bits & (1 << bit)) !== 0;
      bit++;
      continue;
    }
    bit = 8;
    const value = readField(reader, type);
    if (!reserved) method[name] = value;
  }
  if (reader.remaining > 0) throw new AmqpError(501, `${reader.remaining} bytes after the last field of ${layout.name}`);
  return method as Method;
}

/** A method frame's payload. */
export function encodeMethod(method: Method): Buffer {
  const layout = layoutsByName.get(method.name);
  if (!layout) throw new RangeError(`no method ${method.name}`);
  const values = method as unknown as Record<string, unknown>;
  const writer = new ByteWriter().uint16(layout.classId).uint16(layout.methodId);
  let bits = 0;
  let bit = 0;
  for (const { name, type, reserved } of layout.fields) {
    if (type === 'bit') {
      if (bit === 8) {
        writer.uint8(bits);
        bits = 0;
        bit = 0;
      }
      if (values[name] === true) bits |= 1 << bit;
      bit++;
      continue;
    }
    if (bit > 0) {
      writer.uint8(bits);
      bits = 0;
      bit = 0;
    }
    writeField(writer, type, reserved ? undefined : values[name]);
  }
  if (bit > 0) writer.uint8(bits);
  return writer.finish();
}

function readField(reader: ByteReader, type: Exclude<keyof WireTypes, 'bit'>): unknown {
  switch (type) {
    case 'octet':
      return reader.uint8();
    case 'short':
      return reader.uint16();
    case 'long':
      return reader.uint32();
    case 'longlong':
      return reader.uint64();
    case 'shortstr':
      return reader.shortString();
    case 'longstr':
      return reader.longString();
    case 'table':
      return readTable(reader);
  }
}

function writeField(writer: ByteWriter, type: Exclude<keyof WireTypes, 'bit'>, value: unknown): void {
  switch (type) {
    case 'octet':
      writer.uint8((value as number | undefined) ?? 0);
      return;
    case 'short':
      writer.uint16((value as number | undefined) ?? 0);
      return;
    case 'long':
      writer.uint32((value as number | undefined) ?? 0);
      return;
    case 'longlong':
      writer.uint64((value as number | undefined) ?? 0);
      return;
    case 'shortstr':
      writer.shortString((value as string | undefined) ?? '');
      return;
    case 'longstr':
      writer.longString((value as Buffer | undefined) ?? Buffer.alloc(0));
      return;
    case 'table':
      writeTable(writer, (value as FieldTable | undefined) ?? emptyTable);
  }
}

function idOf(classId: number, methodId: number): number {
  return classId * 65_536 + methodId;
}
