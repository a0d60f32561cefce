import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { encodeTable, type FieldTable, type FieldValue, plainTable, readTable, sameValue, text } from './field-table.ts';
import { encodeContent, encodeFrame, type Frame, FrameReader } from './frames.ts';
import type { Method } from './method-specs.ts';
import { decodeMethod, encodeMethod, fieldTypes, methodNames } from './methods.ts';
import { decodeProperties, encodeProperties, type Properties } from './properties.ts';

const shortString = fc.string({ unit: 'binary', maxLength: 60 });
const bytes = fc.uint8Array({ maxLength: 50 }).map((array) => Buffer.from(array));
const uint64 = fc.maxSafeNat();

const fieldTable: fc.Arbitrary<FieldTable> = fc.letrec<{ value: FieldValue; table: FieldTable }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.record({ type: fc.constant('int8' as const), value: fc.integer({ min: -128, max: 127 }) }),
    fc.record({ type: fc.constant('uint8' as const), value: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ type: fc.constant('int16' as const), value: fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }) }),
    fc.record({ type: fc.constant('uint16' as const), value: fc.integer({ min: 0, max: 2 ** 16 - 1 }) }),
    fc.record({ type: fc.constant('int32' as const), value: fc.integer() }),
    fc.record({ type: fc.constant('uint32' as const), value: fc.integer({ min: 0, max: 2 ** 32 - 1 }) }),
    fc.record({
      type: fc.constantFrom('int64' as const, 'timestamp' as const),
      value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    }),
    fc.record({ type: fc.constant('float' as const), value: fc.float({ noNaN: true }) }),
    fc.record({ type: fc.constant('double' as const), value: fc.double({ noNaN: true }) }),
    fc.record({
      type: fc.constant('decimal' as const),
      scale: fc.integer({ min: 0, max: 255 }),
      value: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    }),
    fc.record({ type: fc.constantFrom('string' as const, 'bytes' as const), value: bytes }),
    fc.constant({ type: 'void' as const }),
    fc.record({ type: fc.constant('array' as const), value: fc.array(tie('value'), { maxLength: 4 }) }),
    fc.record({ type: fc.constant('table' as const), value: tie('table') }),
  ),
  table: fc.array(fc.tuple(shortString, tie('value')), { maxLength: 5 }).map((entries) => new Map(entries)),
})).table;

const fieldArbitraries = {
  octet: fc.integer({ min: 0, max: 255 }),
  short: fc.integer({ min: 0, max: 65_535 }),
  long: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  longlong: uint64,
  bit: fc.boolean(),
  shortstr: shortString,
  longstr: bytes,
  table: fieldTable,
};

const properties: fc.Arbitrary<Properties> = fc.record(
  {
    contentType: shortString,
    contentEncoding: shortString,
    headers: fieldTable,
    deliveryMode: fieldArbitraries.octet,
    priority: fieldArbitraries.octet,
    correlationId: shortString,
    replyTo: shortString,
    expiration: shortString,
    messageId: shortString,
    timestamp: uint64,
    type: shortString,
    userId: shortString,
    appId: shortString,
    clusterId: shortString,
  },
  { requiredKeys: [] },
);

function methodOf(name: (typeof methodNames)[number]): fc.Arbitrary<Method> {
  const fields = Object.entries(fieldTypes(name)).filter(([field]) => !field.startsWith('reserved'));
  return fc
    .record(Object.fromEntries(fields.map(([field, type]) => [field, fieldArbitraries[type] as fc.Arbitrary<unknown>])))
    .map((values) => ({ name, ...values }) as Method);
}

function framesOf(reader: FrameReader): Frame[] {
  const frames: Frame[] = [];
  for (let frame = reader.next(); frame; frame = reader.next()) frames.push(frame);
  return frames;
}

describe('the codec', () => {
  test.each(methodNames)('reads %s as it was written', (name) => {
    fc.assert(
      fc.property(methodOf(name), (method) => void expect(decodeMethod(encodeMethod(method))).toEqual(method)),
      { numRuns: 30 },
    );
  });

  test('reads field tables as they were written', () => {
    fc.assert(fc.property(fieldTable, (table) => void expect(readTable(new ByteReader(encodeTable(table)))).toEqual(table)));
  });

  test('reads properties as they were written', () => {
    fc.assert(fc.property(properties, (given) => void expect(decodeProperties(encodeProperties(given))).toEqual(given)));
  });

  test('finds the frames of a stream however it is cut', () => {
    const frame = fc.record({
      type: fc.constantFrom('method' as const, 'header' as const, 'body' as const, 'heartbeat' as const),
      channel: fieldArbitraries.short,
      payload: bytes,
    });
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1 }), fc.array(fc.nat(200)), (frames, cuts) => {
        const stream = Buffer.concat(frames.map(({ type, channel, payload }) => encodeFrame(type, channel, payload)));
        const reader = new FrameReader(4096);
        const found: Frame[] = [];
        let start = 0;
        for (const end of [...cuts.toSorted((a, b) => a - b), stream.length]) {
          if (end < start) continue;
          reader.push(stream.subarray(start, end));
          start = Math.min(end, stream.length);
          found.push(...framesOf(reader));
        }
        expect(found).toEqual(frames);
      }),
    );
  });

  test('cuts a body into frames that fit', () => {
    fc.assert(
      fc.property(fc.nat(20_000), fc.integer({ min: 4096, max: 10_000 }), (size, maxFrameBytes) => {
        const body = Buffer.alloc(size, 7);
        const reader = new FrameReader(maxFrameBytes);
        reader.push(encodeContent(3, { name: 'basic.get-empty' }, encodeProperties({}), body, maxFrameBytes));
        const [, , ...parts] = framesOf(reader);
        expect(Buffer.concat(parts.map(({ payload }) => payload)).equals(body)).toBe(true);
      }),
    );
  });

  test('answers any bytes with a value or an AMQP error', () => {
    const attempt = (read: () => unknown) => {
      try {
        read();
      } catch (error) {
        expect((error as Error).name).toBe('AmqpError');
      }
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (array) => {
        const given = Buffer.from(array);
        attempt(() => decodeMethod(given));
        attempt(() => decodeProperties(given));
        attempt(() => readTable(new ByteReader(given)));
        const reader = new FrameReader(4096);
        reader.push(given);
        attempt(() => framesOf(reader));
      }),
      { numRuns: 2000 },
    );
  });

  test('refuses a table nested without end', () => {
    let table: FieldTable = new Map();
    for (let depth = 0; depth < 100; depth++) table = new Map([['', { type: 'table', value: table }]]);
    expect(() => readTable(new ByteReader(encodeTable(table)))).toThrow('nested');
  });
});

describe('field values', () => {
  test('integers of different widths are the same value, text and numbers are not', () => {
    expect(sameValue({ type: 'int8', value: 5 }, { type: 'int64', value: 5n })).toBe(true);
    expect(sameValue({ type: 'int8', value: 5 }, text('5'))).toBe(false);
    expect(sameValue({ type: 'int32', value: 5 }, { type: 'double', value: 5 })).toBe(false);
    expect(sameValue({ type: 'double', value: 5.5 }, { type: 'decimal', scale: 1, value: 55 })).toBe(true);
  });

  test('show as JSON', () => {
    const table: FieldTable = new Map<string, FieldValue>([
      ['text', text('a')],
      ['big', { type: 'int64', value: 7n }],
      ['price', { type: 'decimal', scale: 2, value: 250 }],
      ['list', { type: 'array', value: [{ type: 'void' }, { type: 'boolean', value: true }] }],
    ]);
    expect(plainTable(table)).toEqual({ text: 'a', big: 7, price: 2.5, list: [null, true] });
  });
});
