import { AmqpError } from './amqp-error.ts';
import { commandFor } from './commands/commands.ts';
import type { Confirms } from './confirms.ts';
import type { Consumer, DeliveryChannel } from './consumer.ts';
import { type Message, withHeader } from './message.ts';
import type { PendingContent } from './pending-content.ts';
import type { Queue } from './queue.ts';
import type { QueuedMessage } from './ready-messages.ts';
import type { ReplyTarget, Vhost } from './vhost.ts';
import { decodeContentHeader, encodeContent, encodeMethodFrame, type Frame } from './wire/frames.ts';
import type { Method, MethodName } from './wire/method-specs.ts';

/** The connection as its channels see it. */
export interface ChannelHost {
  readonly name: string;
  readonly vhost: Vhost;
  readonly user: string;
  readonly maxFrameBytes: number;
  readonly maxMessageBytes: number;
  /** The client said it understands that its consumers can be cancelled by the broker. */
  readonly knowsCancellation: boolean;
  isCongested(): boolean;
  send(bytes: Buffer): void;
  newName(prefix: string): string;
  /** Ends the connection because of an error. */
  fail(error: unknown, cause?: MethodName): void;
}

export interface Unacknowledged {
  readonly queue: Queue;
  readonly queued: QueuedMessage;
  /** Undefined for what `basic.get` took. */
  readonly consumer: Consumer | undefined;
}

/** State of one channel. What its methods do is in commands/. */
export class Channel implements DeliveryChannel, ReplyTarget {
  readonly number: number;
  readonly host: ChannelHost;
  readonly consumers = new Map<string, Consumer>();
  /** By delivery tag, oldest first. */
  readonly unacknowledged = new Map<number, Unacknowledged>();
  confirms: Confirms | undefined;
  prefetch = 0;
  /** What an empty queue name stands for. */
  lastQueue = '';
  /** A `basic.publish` whose header or body has not arrived yet. */
  pending: PendingContent | undefined;
  replies: { readonly address: string; readonly tag: string } | undefined;
  private lastTag = 0;
  private closed = false;

  constructor(number: number, host: ChannelHost) {
    this.number = number;
    this.host = host;
  }

  get vhost(): Vhost {
    return this.host.vhost;
  }

  /** Throws AmqpError for what the peer must not do, as receiveContent does. */
  receiveMethod(method: Method): void {
    if (this.pending) throw new AmqpError(505, 'a method where message content must follow');
    commandFor(method)(this, method);
  }

  receiveContent(frame: Frame): void {
    if (!this.pending) throw new AmqpError(505, `a ${frame.type} frame without a method that has content`);
    if (frame.type === 'header') this.pending.takeHeader(decodeContentHeader(frame.payload));
    else this.pending.takeBody(frame.payload);
    if (!this.pending.isComplete) return;
    const { complete } = this.pending;
    this.pending = undefined;
    complete();
  }

  send(method: Method): void {
    if (!this.closed) this.host.send(encodeMethodFrame(this.number, method));
  }

  sendContent(method: Method, message: Message): void {
    if (!this.closed) this.host.send(encodeContent(this.number, method, message.rawProperties, message.body, this.host.maxFrameBytes));
  }

  isCongested(): boolean {
    return this.host.isCongested();
  }

  deliver(consumer: Consumer, queued: QueuedMessage): void {
    const deliveryTag = this.hand(consumer.queue, queued, consumer, consumer.noAck);
    const { exchange, routingKey } = queued.message;
    this.sendContent(
      { name: 'basic.deliver', consumerTag: consumer.tag, deliveryTag, redelivered: queued.redelivered, exchange, routingKey },
      asDelivered(consumer.queue, queued),
    );
  }

  /** Answers `basic.get`. */
  deliverAsked(queue: Queue, queued: QueuedMessage, noAck: boolean): void {
    const deliveryTag = this.hand(queue, queued, undefined, noAck);
    const { exchange, routingKey } = queued.message;
    this.sendContent(
      { name: 'basic.get-ok', deliveryTag, redelivered: queued.redelivered, exchange, routingKey, messageCount: queue.readyCount },
      asDelivered(queue, queued),
    );
  }

  deliverReply(message: Message): void {
    if (!this.replies) return;
    const { exchange, routingKey } = message;
    const deliveryTag = ++this.lastTag;
    this.sendContent(
      { name: 'basic.deliver', consumerTag: this.replies.tag, deliveryTag, redelivered: false, exchange, routingKey },
      message,
    );
  }

  consumerCancelled(consumer: Consumer): void {
    this.consumers.delete(consumer.tag);
    if (this.host.knowsCancellation) this.send({ name: 'basic.cancel', consumerTag: consumer.tag, noWait: true });
  }

  /** Ends a delivery: it is no longer this channel's, nor its consumer's. */
  release(deliveryTag: number): Unacknowledged | undefined {
    const delivery = this.unacknowledged.get(deliveryTag);
    if (!delivery) return undefined;
    this.unacknowledged.delete(deliveryTag);
    delivery.queue.unacknowledged--;
    if (delivery.consumer) delivery.consumer.unacknowledged--;
    return delivery;
  }

  /** Gives every unacknowledged delivery back to its queue. */
  giveAllBack(): void {
    const queues = new Set<Queue>();
    for (const tag of [...this.unacknowledged.keys()]) {
      const delivery = this.release(tag);
      if (!delivery) continue;
      delivery.queue.giveBack(delivery.queued);
      queues.add(delivery.queue);
    }
    for (const queue of queues) queue.pump();
  }

  /** The peer reads again: what waited for it goes on. */
  resume(): void {
    for (const { queue } of this.consumers.values()) queue.pump();
  }

  stopReplies(): void {
    if (this.replies) this.vhost.replyTargets.delete(this.replies.address);
    this.replies = undefined;
  }

  describe(): { connectionName: string; number: number } {
    return { connectionName: this.host.name, number: this.number };
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.confirms?.close();
    this.pending = undefined;
    this.stopReplies();
    // Consumers leave first, so that no message given back comes to a channel that is closing.
    const consumers = [...this.consumers.values()];
    this.consumers.clear();
    for (const consumer of consumers) consumer.queue.removeConsumer(consumer);
    this.giveAllBack();
  }

  private hand(queue: Queue, queued: QueuedMessage, consumer: Consumer | undefined, noAck: boolean): number {
    const deliveryTag = ++this.lastTag;
    if (!noAck) {
      queue.unacknowledged++;
      if (consumer) consumer.unacknowledged++;
      this.unacknowledged.set(deliveryTag, { queue, queued, consumer });
    }
    return deliveryTag;
  }
}

/** A quorum queue says in a header how often the message came back. */
function asDelivered(queue: Queue, { message, returns }: QueuedMessage): Message {
  if (queue.declaration.type !== 'quorum' || returns === 0) return message;
  return withHeader(message, 'x-delivery-count', { type: 'int64', value: BigInt(returns) });
}
