import { randomUUID } from 'node:crypto';
import { type ChannelModel, type ConfirmChannel, type ConsumeMessage, connect, type Message, type Options } from 'amqplib';
import type { BrokerUnderTest } from './brokers.ts';

/** The bound of every wait for something that must come. */
const patienceMs = 30_000;

/** An error the broker closed a channel or connection with. */
export interface Refusal extends Error {
  readonly code: number;
}

export interface Rig extends AsyncDisposable {
  readonly connection: ChannelModel;
  readonly channel: ConfirmChannel;
  /** Another channel of this connection. */
  openChannel(): Promise<ConfirmChannel>;
  /** Declares a queue that goes with this connection. */
  queue(options?: Options.AssertQueue): Promise<string>;
  /** Declares a durable queue under a name of its own, as quorum queues need it. */
  durableQueue(args?: Record<string, unknown>): Promise<string>;
  /** Declares an exchange that goes with its last binding. */
  exchange(type: string, options?: Options.AssertExchange): Promise<string>;
}

/** An amqplib connection with a confirm channel. Errors of both are taken: who expects one asks refusalOf(). */
export async function openRig(broker: BrokerUnderTest): Promise<Rig> {
  const connection = await connect(broker.url, { noDelay: true });
  const ended = new Promise<void>((resolve) => connection.once('close', () => resolve()));
  connection.on('error', () => undefined);

  async function openChannel(): Promise<ConfirmChannel> {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    return channel;
  }

  const channel = await openChannel();
  return {
    connection,
    channel,
    openChannel,
    queue: async (options) => (await channel.assertQueue('', { exclusive: true, ...options })).queue,
    durableQueue: async (args) => (await channel.assertQueue(unique('queue'), { durable: true, arguments: args })).queue,
    exchange: async (type, options) => (await channel.assertExchange(unique(type), type, { autoDelete: true, ...options })).exchange,
    async [Symbol.asyncDispose]() {
      // The broker may have closed it already: then there is nothing left to close.
      await Promise.race([connection.close().catch(() => undefined), ended]);
    },
  };
}

export function unique(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

/** Publishes and waits for the confirm; rejects if the broker refuses the message. */
export function send(
  channel: ConfirmChannel,
  exchange: string,
  routingKey: string,
  content: string | Buffer,
  options?: Options.Publish,
): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.publish(exchange, routingKey, Buffer.from(content), options, (error) => (error ? reject(error) : resolve()));
  });
}

export function sendToQueue(channel: ConfirmChannel, queue: string, content: string | Buffer, options?: Options.Publish): Promise<void> {
  return send(channel, '', queue, content, options);
}

/** The error that the broker closes a channel or a connection with. One forced by an operator is not an 'error' to amqplib, only the cause of 'close'. */
export function refusalOf(source: ConfirmChannel | ChannelModel): Promise<Refusal> {
  return bounded('a refusal', (resolve) => {
    source.once('error', resolve);
    source.once('close', (cause?: Refusal) => cause && resolve(cause));
  });
}

/** Waits for something that must come; rejects after a while, saying what did not. */
export async function bounded<T>(what: string, begin: (resolve: (value: T) => void) => unknown): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${patienceMs} ms for ${what}`)), patienceMs);
  });
  try {
    return await Promise.race([new Promise<T>(begin), overdue]);
  } finally {
    clearTimeout(timer);
  }
}

export interface Inbox {
  readonly consumerTag: string;
  /** Everything delivered so far. */
  readonly messages: readonly ConsumeMessage[];
  /** Resolves when this many have been delivered, with all there are. */
  reached(count: number): Promise<readonly ConsumeMessage[]>;
  /** Resolves when the broker cancels the consumer. */
  readonly cancelled: Promise<void>;
}

/** Consumes a queue. Nothing is acknowledged unless `onMessage` does it or noAck is set. */
export async function consume(
  channel: ConfirmChannel,
  queue: string,
  options: Options.Consume & { onMessage?: (message: ConsumeMessage) => void } = {},
): Promise<Inbox> {
  const { onMessage, ...consumeOptions } = options;
  const messages: ConsumeMessage[] = [];
  const waiting: { count: number; resolve: (messages: readonly ConsumeMessage[]) => void }[] = [];
  let cancel: () => void = () => undefined;
  const cancelled = new Promise<void>((resolve) => {
    cancel = resolve;
  });
  const { consumerTag } = await channel.consume(
    queue,
    (message) => {
      if (!message) {
        cancel();
        return;
      }
      messages.push(message);
      onMessage?.(message);
      for (const { count, resolve } of waiting) if (messages.length >= count) resolve(messages);
    },
    consumeOptions,
  );
  return {
    consumerTag,
    messages,
    cancelled,
    reached: (count) =>
      bounded(`${count} deliveries from ${queue}`, (resolve) => {
        if (messages.length >= count) resolve(messages);
        else waiting.push({ count, resolve });
      }),
  };
}

/** Everything a queue holds, taken one by one. */
export async function drain(channel: ConfirmChannel, queue: string): Promise<string[]> {
  const contents: string[] = [];
  for (let message = await channel.get(queue, { noAck: true }); message; message = await channel.get(queue, { noAck: true })) {
    contents.push(message.content.toString());
  }
  return contents;
}

/** What has to be there for the test to go on. */
export function present<T>(item: T | undefined | false): T {
  if (item === undefined || item === false) throw new Error('nothing there');
  return item;
}

export function textsOf(messages: readonly Message[]): string[] {
  return messages.map(({ content }) => content.toString());
}

export interface DeathEntry {
  readonly count: number;
  readonly reason: string;
  readonly queue: string;
  readonly exchange: string;
  readonly 'routing-keys': readonly string[];
  readonly 'original-expiration'?: string;
}

export function deathsOf(message: Message | undefined): readonly DeathEntry[] {
  return (message?.properties.headers?.['x-death'] ?? []) as unknown as DeathEntry[];
}
