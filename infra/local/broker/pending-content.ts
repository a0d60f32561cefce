import { AmqpError } from './amqp-error.ts';
import type { ContentHeader } from './wire/frames.ts';

/** The content of a message while it arrives, frame by frame. */
export class PendingContent {
  private readonly maxBytes: number;
  private readonly whenComplete: (rawProperties: Buffer, body: Buffer) => void;
  private header: ContentHeader | undefined;
  private readonly parts: Buffer[] = [];
  private missing = 0;

  constructor(maxBytes: number, whenComplete: (rawProperties: Buffer, body: Buffer) => void) {
    this.maxBytes = maxBytes;
    this.whenComplete = whenComplete;
  }

  get isComplete(): boolean {
    return this.header !== undefined && this.missing === 0;
  }

  takeHeader(header: ContentHeader): void {
    if (this.header) throw new AmqpError(505, 'a second content header');
    if (header.bodySize > this.maxBytes) {
      throw new AmqpError(406, `message size ${header.bodySize} is larger than configured max size ${this.maxBytes}`);
    }
    // Copies, here and below: a view would keep the whole chunk it was received in.
    this.header = { bodySize: header.bodySize, properties: Buffer.from(header.properties) };
    this.missing = header.bodySize;
  }

  takeBody(part: Buffer): void {
    if (!this.header) throw new AmqpError(505, 'a content body without a header');
    if (part.length > this.missing) throw new AmqpError(501, `a content body ${part.length - this.missing} bytes longer than announced`);
    this.parts.push(Buffer.from(part));
    this.missing -= part.length;
  }

  readonly complete = (): void => {
    if (!this.header) return;
    const body = this.parts.length === 1 && this.parts[0] ? this.parts[0] : Buffer.concat(this.parts, this.header.bodySize);
    this.whenComplete(this.header.properties, body);
  };
}
