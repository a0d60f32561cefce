import type { Log } from '@comptoir/platform/log.ts';
import { AmqpError } from './amqp-error.ts';
import { Channel, type ChannelHost } from './channel.ts';
import { encodeMethodFrame, type Frame } from './wire/frames.ts';
import type { Method, MethodName } from './wire/method-specs.ts';
import { decodeMethod, methodIds } from './wire/methods.ts';

/** The channels of one connection: opened, served and closed by number. */
export class ChannelSet {
  private readonly host: ChannelHost;
  private readonly log: Log;
  private readonly open = new Map<number, Channel>();
  /** Closed by us: everything but the client's answer is ignored until it comes. */
  private readonly closing = new Set<number>();

  constructor(host: ChannelHost, log: Log) {
    this.host = host;
    this.log = log;
  }

  get count(): number {
    return this.open.size;
  }

  /** Throws AmqpError for what ends the connection; what ends only the channel is done here. */
  receive(frame: Frame, channelMax: number): void {
    const { channel: number } = frame;
    const method = frame.type === 'method' ? decodeMethod(frame.payload) : undefined;
    if (this.closing.has(number)) {
      if (method?.name === 'channel.close-ok') this.closing.delete(number);
      else if (method?.name === 'channel.close') this.send(number, { name: 'channel.close-ok' });
      return;
    }
    const channel = this.open.get(number);
    if (method?.name === 'channel.open') {
      if (channel) throw new AmqpError(504, "second 'channel.open' seen");
      if (this.open.size >= channelMax) {
        throw new AmqpError(530, `number of channels opened (${this.open.size}) has reached the negotiated channel_max (${channelMax})`);
      }
      this.open.set(number, new Channel(number, this.host));
      this.send(number, { name: 'channel.open-ok' });
    } else if (!channel) {
      throw new AmqpError(504, "expected 'channel.open'");
    } else if (method?.name === 'channel.close') {
      this.open.delete(number);
      channel.close();
      this.send(number, { name: 'channel.close-ok' });
    } else {
      this.serve(channel, frame, method);
    }
  }

  resume(): void {
    for (const channel of this.open.values()) channel.resume();
  }

  close(): void {
    for (const channel of this.open.values()) channel.close();
    this.open.clear();
  }

  private serve(channel: Channel, frame: Frame, method: Method | undefined): void {
    // Only a publish has content to follow.
    const cause = method?.name ?? 'basic.publish';
    try {
      if (method) channel.receiveMethod(method);
      else channel.receiveContent(frame);
    } catch (error) {
      if (error instanceof AmqpError && error.scope === 'channel') this.fail(channel, error, cause);
      else this.host.fail(error, cause);
    }
  }

  private fail(channel: Channel, error: AmqpError, cause: MethodName): void {
    const { number } = channel;
    this.open.delete(number);
    this.closing.add(number);
    channel.close();
    this.send(number, { name: 'channel.close', replyCode: error.code, replyText: error.replyText, ...methodIds(cause) });
    this.log.info({ event: 'channel_failed', connection: this.host.name, channel: number, reason: error.replyText }, 'channel closed');
  }

  private send(channel: number, method: Method): void {
    this.host.send(encodeMethodFrame(channel, method));
  }
}
