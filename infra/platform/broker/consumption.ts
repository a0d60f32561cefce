import type { ConsumeMessage } from 'amqplib';

/** One message handed over by the broker, to be settled exactly once; a second settling, or one after the channel closed, does nothing. */
export interface Delivery {
  readonly content: Buffer;
  readonly properties: ConsumeMessage['properties'];
  readonly exchange: string;
  readonly routingKey: string;
  readonly queue: string;
  readonly redelivered: boolean;
  /** False once settled or once its channel is gone: then the broker delivers it again. */
  open(): boolean;
  ack(): void;
  /** Back to its queue, or where `requeue` is false to the queue's dead-letter exchange. */
  reject(requeue: boolean): void;
}

export interface ConsumptionSpec {
  readonly queue: string;
  /** Unacknowledged messages at most. */
  readonly prefetch: number;
  /** Must not throw. */
  readonly onMessage: (delivery: Delivery) => void;
}

export interface Consumption {
  /** True while the broker has this consumer attached. */
  attached(): boolean;
  /** Takes no further messages until `resume`; those at hand stay unacknowledged and can still be settled. */
  pause(): Promise<void>;
  resume(): void;
  /** Takes no further messages; those at hand can be settled until `release`. */
  cancel(): Promise<void>;
  /** After cancel: closes the channel, by which the broker gets back what was not settled. */
  release(): Promise<void>;
}
