import { isUtf8 } from 'node:buffer';
import { AmqpError } from '../amqp-error.ts';

/** Reads big-endian values one after the other. Running past the end is the peer's fault and closes its connection. */
export class ByteReader {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  uint8(): number {
    return this.bytes.readUInt8(this.advance(1));
  }

  int8(): number {
    return this.bytes.readInt8(this.advance(1));
  }

  uint16(): number {
    return this.bytes.readUInt16BE(this.advance(2));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.advance(2));
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.advance(4));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.advance(4));
  }

  int64(): bigint {
    return this.bytes.readBigInt64BE(this.advance(8));
  }

  /** An unsigned 64-bit value as a number: exact up to 2^53, which no tag, size or time reaches. */
  uint64(): number {
    return this.uint32() * 2 ** 32 + this.uint32();
  }

  float(): number {
    return this.bytes.readFloatBE(this.advance(4));
  }

  double(): number {
    return this.bytes.readDoubleBE(this.advance(8));
  }

  /** A view, not a copy. */
  take(length: number): Buffer {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  rest(): Buffer {
    return this.take(this.remaining);
  }

  longString(): Buffer {
    return this.take(this.uint32());
  }

  shortString(): string {
    const bytes = this.take(this.uint8());
    if (!isUtf8(bytes)) throw new AmqpError(501, 'malformed UTF-8 in a short string');
    return bytes.toString();
  }

  private advance(length: number): number {
    if (length > this.remaining) throw new AmqpError(501, `a value of ${length} bytes ends after the ${this.bytes.length} bytes there are`);
    const start = this.at;
    this.at += length;
    return start;
  }
}
