import type { Queue } from './queue.ts';
import type { QueuedMessage } from './ready-messages.ts';

/** The channel as its consumers see it. */
export interface DeliveryChannel {
  /** True while the peer does not read what was sent to it already. */
  isCongested(): boolean;
  deliver(consumer: Consumer, queued: QueuedMessage): void;
  consumerCancelled(consumer: Consumer): void;
  describe(): { readonly connectionName: string; readonly number: number };
}

export interface ConsumerOptions {
  readonly tag: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  /** Most deliveries it may hold unacknowledged; 0 for any number. */
  readonly prefetch: number;
}

export class Consumer implements ConsumerOptions {
  readonly tag: string;
  readonly noAck: boolean;
  readonly exclusive: boolean;
  readonly priority: number;
  readonly prefetch: number;
  readonly queue: Queue;
  readonly channel: DeliveryChannel;
  unacknowledged = 0;

  constructor(channel: DeliveryChannel, queue: Queue, options: ConsumerOptions) {
    this.channel = channel;
    this.queue = queue;
    this.tag = options.tag;
    this.noAck = options.noAck;
    this.exclusive = options.exclusive;
    this.priority = options.priority;
    this.prefetch = options.prefetch;
  }

  hasRoom(): boolean {
    if (this.channel.isCongested()) return false;
    return this.noAck || this.prefetch === 0 || this.unacknowledged < this.prefetch;
  }

  deliver(queued: QueuedMessage): void {
    this.channel.deliver(this, queued);
  }

  /** The queue is gone. */
  cancelByBroker(): void {
    this.channel.consumerCancelled(this);
  }
}
