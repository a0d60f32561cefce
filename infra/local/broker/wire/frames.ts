import { AmqpError } from '../amqp-error.ts';
import { ByteReader } from './byte-reader.ts';
import type { Method } from './method-specs.ts';
import { encodeMethod } from './methods.ts';

export const protocolHeader = Buffer.from('AMQP\0\0\x09\x01', 'latin1');

const frameTypes = { 1: 'method', 2: 'header', 3: 'body', 8: 'heartbeat' } as const;
const frameTypeCodes = { method: 1, header: 2, body: 3, heartbeat: 8 } as const;

export interface Frame {
  readonly type: keyof typeof frameTypeCodes;
  readonly channel: number;
  /** A view of the received bytes: copy what is kept. */
  readonly payload: Buffer;
}

export interface ContentHeader {
  readonly bodySize: number;
  /** As received, so that an unchanged message leaves byte for byte as it came. */
  readonly properties: Buffer;
}

const headBytes = 7;
const endByte = 0xce;
/** What a frame adds to its payload. */
export const frameOverhead = headBytes + 1;
const basicClass = 60;

/** Cuts a byte stream into frames. */
export class FrameReader {
  /** Largest whole frame taken, in bytes; changes when the connection is tuned. */
  maxFrameBytes: number;
  private chunks: Buffer[] = [];
  private buffered = 0;

  constructor(maxFrameBytes: number) {
    this.maxFrameBytes = maxFrameBytes;
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
  }

  /** Takes exactly this many bytes, or none while there are fewer. */
  take(length: number): Buffer | undefined {
    const bytes = this.peek(length);
    if (bytes) this.drop(length);
    return bytes;
  }

  /** The next whole frame, if it has arrived. Throws for what cannot be a frame: the stream is unreadable from there on. */
  next(): Frame | undefined {
    const head = this.peek(headBytes);
    if (!head) return undefined;
    const type = frameTypes[head.readUInt8(0) as keyof typeof frameTypes];
    if (!type) throw new AmqpError(501, `unknown frame type ${head.readUInt8(0)}`);
    const channel = head.readUInt16BE(1);
    const length = head.readUInt32BE(3);
    const total = length + frameOverhead;
    if (total > this.maxFrameBytes) throw new AmqpError(501, `a frame of ${total} bytes, ${this.maxFrameBytes} at most`);
    const frame = this.take(total);
    if (!frame) return undefined;
    if (frame.readUInt8(total - 1) !== endByte) throw new AmqpError(501, 'a frame does not end with its end byte');
    return { type, channel, payload: frame.subarray(headBytes, total - 1) };
  }

  private peek(length: number): Buffer | undefined {
    if (this.buffered < length) return undefined;
    const first = this.chunks[0] ?? Buffer.alloc(0);
    if (first.length >= length) return first.subarray(0, length);
    const joined = Buffer.concat(this.chunks, this.buffered);
    this.chunks = [joined];
    return joined.subarray(0, length);
  }

  private drop(length: number): void {
    const first = this.chunks[0];
    this.buffered -= length;
    if (!first || first.length === length) this.chunks.shift();
    else this.chunks[0] = first.subarray(length);
  }
}

export function decodeContentHeader(payload: Buffer): ContentHeader {
  const reader = new ByteReader(payload);
  const classId = reader.uint16();
  if (classId !== basicClass) throw new AmqpError(505, `content of class ${classId}`);
  reader.uint16();
  return { bodySize: reader.uint64(), properties: reader.rest() };
}

export const heartbeatFrame = encodeFrame('heartbeat', 0, Buffer.alloc(0));

export function encodeFrame(type: Frame['type'], channel: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(payload.length + frameOverhead);
  writeFrame(frame, 0, type, channel, payload);
  return frame;
}

export function encodeMethodFrame(channel: number, method: Method): Buffer {
  return encodeFrame('method', channel, encodeMethod(method));
}

/** A method with a message: its frames in one buffer, the body cut to the peer's frame size. */
export function encodeContent(channel: number, method: Method, properties: Buffer, body: Buffer, maxFrameBytes: number): Buffer {
  const methodPayload = encodeMethod(method);
  const header = Buffer.allocUnsafe(12 + properties.length);
  header.writeUInt16BE(basicClass, 0);
  header.writeUInt16BE(0, 2);
  header.writeUInt32BE(Math.floor(body.length / 2 ** 32), 4);
  header.writeUInt32BE(body.length % 2 ** 32, 8);
  header.set(properties, 12);
  const sliceBytes = maxFrameBytes - frameOverhead;
  const slices = Math.ceil(body.length / sliceBytes);
  const frames = Buffer.allocUnsafe(methodPayload.length + header.length + body.length + (2 + slices) * frameOverhead);
  let at = writeFrame(frames, 0, 'method', channel, methodPayload);
  at = writeFrame(frames, at, 'header', channel, header);
  for (let start = 0; start < body.length; start += sliceBytes) {
    at = writeFrame(frames, at, 'body', channel, body.subarray(start, start + sliceBytes));
  }
  return frames;
}

function writeFrame(target: Buffer, start: number, type: Frame['type'], channel: number, payload: Uint8Array): number {
  let at = target.writeUInt8(frameTypeCodes[type], start);
  at = target.writeUInt16BE(channel, at);
  at = target.writeUInt32BE(payload.length, at);
  target.set(payload, at);
  return target.writeUInt8(endByte, at + payload.length);
}
