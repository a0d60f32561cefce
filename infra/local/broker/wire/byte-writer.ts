const initialBytes = 256;

/** Appends big-endian values to a buffer that grows. Values out of range throw RangeError: they would be our own mistake. */
export class ByteWriter {
  private bytes = Buffer.allocUnsafe(initialBytes);
  private at = 0;

  uint8(value: number): this {
    const at = this.advance(1);
    this.bytes.writeUInt8(value, at);
    return this;
  }

  int8(value: number): this {
    const at = this.advance(1);
    this.bytes.writeInt8(value, at);
    return this;
  }

  uint16(value: number): this {
    const at = this.advance(2);
    this.bytes.writeUInt16BE(value, at);
    return this;
  }

  int16(value: number): this {
    const at = this.advance(2);
    this.bytes.writeInt16BE(value, at);
    return this;
  }

  uint32(value: number): this {
    const at = this.advance(4);
    this.bytes.writeUInt32BE(value, at);
    return this;
  }

  int32(value: number): this {
    const at = this.advance(4);
    this.bytes.writeInt32BE(value, at);
    return this;
  }

  int64(value: bigint): this {
    const at = this.advance(8);
    this.bytes.writeBigInt64BE(value, at);
    return this;
  }

  uint64(value: number): this {
    return this.uint32(Math.floor(value / 2 ** 32)).uint32(value % 2 ** 32);
  }

  float(value: number): this {
    const at = this.advance(4);
    this.bytes.writeFloatBE(value, at);
    return this;
  }

  double(value: number): this {
    const at = this.advance(8);
    this.bytes.writeDoubleBE(value, at);
    return this;
  }

  append(bytes: Uint8Array): this {
    const start = this.advance(bytes.length);
    this.bytes.set(bytes, start);
    return this;
  }

  longString(value: Uint8Array): this {
    return this.uint32(value.length).append(value);
  }

  shortString(value: string): this {
    const length = Buffer.byteLength(value);
    if (length > 255) throw new RangeError(`a short string of ${length} bytes, 255 at most`);
    this.uint8(length);
    const at = this.advance(length);
    this.bytes.write(value, at);
    return this;
  }

  /** Writes what `content` writes, preceded by its length in bytes as a 32-bit value. */
  sized(content: () => void): this {
    const lengthAt = this.advance(4);
    const start = this.at;
    content();
    this.bytes.writeUInt32BE(this.at - start, lengthAt);
    return this;
  }

  /** The bytes written so far; the writer must not be used after it. */
  finish(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  /** Makes room and returns where it starts. To be called before `bytes` is read: growing replaces it. */
  private advance(length: number): number {
    const start = this.at;
    this.at += length;
    if (this.at > this.bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.at, this.bytes.length * 2));
      this.bytes.copy(grown, 0, 0, start);
      this.bytes = grown;
    }
    return start;
  }
}
