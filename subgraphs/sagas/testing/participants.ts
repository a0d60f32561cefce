import { setTimeout as delay } from 'node:timers/promises';
import { commandQueue, inventoryTopology, ordersTopology, sagaReplyQueue } from '@comptoir/schema/topology.ts';
import { type ChannelModel, type ConsumeMessage, connect } from 'amqplib';

/** A command as it came over the wire. */
export interface Command {
  readonly saga_id: string;
  readonly command_id: string;
  readonly step: string;
  readonly direction: 'FORWARD' | 'COMPENSATION';
  readonly data: Record<string, never>;
}

export interface Received {
  readonly command: Command;
  readonly queue: string;
  readonly messageId: string;
  readonly type: string;
  readonly correlationId: string;
  /** How often this command has come, this time included. */
  readonly count: number;
}

/**
 * What a participant does with a command. `silent`: no reply, nothing done. `done-silent`: done, and the reply is lost. `busy`: refused this time, not for good.
 * `after`: done at once, and answered when that has come to pass. `twice`: replied twice. `usual`: done and answered.
 */
export type Behaviour = 'usual' | 'silent' | 'done-silent' | 'busy' | 'twice' | { refuse: string } | { after: Promise<unknown> };

export type Script = (received: Received) => Behaviour;

const answers: Readonly<Record<string, (command: Command) => object>> = {
  CHECK_STOCK: ({ data }) => ({
    place_id: 6,
    lines: (data as { lines?: { product_id: number; quantity: number }[] }).lines?.map((line) => ({
      ...line,
      unit_price_minor: '1250',
      name: 'Café Kenya',
    })),
  }),
  CREATE_ORDER: () => ({ order_id: 7, amount_minor: '2500', currency: 'EUR' }),
  PROCESS_PAYMENT: ({ command_id: id }) => ({ payment_id: `pay_${id.slice(0, 8)}` }),
};

const undoes: Readonly<Record<string, string>> = {
  RELEASE_STOCK: 'RESERVE_STOCK',
  CANCEL_ORDER: 'CREATE_ORDER',
  REFUND_PAYMENT: 'PROCESS_PAYMENT',
};

export interface Participants extends AsyncDisposable {
  /** Every command that came, repetitions included, in order. */
  readonly received: readonly Received[];
  /** Commands of one saga, each named once, in the order they first came. */
  stepsOf(sagaId: string): string[];
  /** What stands of a saga's steps: done and not undone. */
  effectsOf(sagaId: string): string[];
  behave(script: Script): void;
}

/**
 * inventory, orders and payments as another program would write them: a plain client, each command handled once by its id, a repeated one answered again,
 * tombstones for steps whose compensation came first. What they remember outlives every loss of the broker; they come back to it by themselves.
 */
export async function startParticipants(url: string): Promise<Participants> {
  const received: Received[] = [];
  const outcomes = new Map<string, { outcome: 'SUCCESS' | 'REFUSED'; reason?: string; data?: object }>();
  const effects = new Map<string, Set<string>>();
  const tombstones = new Set<string>();
  let script: Script = () => 'usual';
  let client: ChannelModel | null = null;
  let stopped = false;

  function perform(command: Command): void {
    const { saga_id: saga, command_id: id, step, direction } = command;
    if (outcomes.has(id)) return;
    const done = effects.get(saga) ?? new Set();
    effects.set(saga, done);
    if (direction === 'COMPENSATION') {
      const forward = undoes[step] as string;
      done.delete(forward);
      tombstones.add(`${saga}/${forward}`);
      outcomes.set(id, { outcome: 'SUCCESS' });
    } else if (tombstones.has(`${saga}/${step}`)) outcomes.set(id, { outcome: 'REFUSED', reason: 'cancelled before' });
    else {
      done.add(step);
      outcomes.set(id, { outcome: 'SUCCESS', data: answers[step]?.(command) });
    }
  }

  async function open(): Promise<void> {
    const opened = await connect(url, { clientProperties: { connection_name: 'participants' }, timeout: 2_000 });
    client = opened;
    opened.on('error', () => undefined);
    opened.on('close', () => {
      if (!stopped) void reopen();
    });
    const channel = await opened.createChannel();
    channel.on('error', () => undefined);
    channel.on('close', () => void opened.close().catch(() => undefined));
    for (const { name, arguments: args } of [...inventoryTopology.queues, ...ordersTopology.queues]) {
      if (name.endsWith('.commands')) await channel.assertQueue(name, { durable: true, arguments: { ...args } });
    }

    function reply({ saga_id, command_id, step, direction }: Command, answer: object): void {
      const content = Buffer.from(JSON.stringify({ saga_id, command_id, step, direction, ...answer }));
      try {
        channel.sendToQueue(sagaReplyQueue, content, {
          type: 'saga.reply',
          messageId: `reply-${command_id}`,
          correlationId: saga_id,
          persistent: true,
        });
      } catch {
        // The channel is closed: the command comes again.
      }
    }

    async function handle(queue: string, message: ConsumeMessage): Promise<void> {
      const command = JSON.parse(message.content.toString()) as Command;
      const { messageId, type, correlationId } = message.properties;
      const count = received.filter((earlier) => earlier.command.command_id === command.command_id).length + 1;
      const entry = { command, queue, messageId, type, correlationId, count };
      received.push(entry);
      const behaviour = script(entry);
      const ack = () => {
        try {
          channel.ack(message);
        } catch {
          // Redelivered, and known by its id.
        }
      };
      if (behaviour === 'silent') return ack();
      if (behaviour === 'busy') {
        reply(command, { outcome: 'REFUSED', code: 'BUSY', reason: `try ${count}` });
        return ack();
      }
      if (typeof behaviour === 'object' && 'refuse' in behaviour) {
        outcomes.set(command.command_id, { outcome: 'REFUSED', reason: behaviour.refuse });
      } else perform(command);
      const stored = outcomes.get(command.command_id) as object;
      if (typeof behaviour === 'object' && 'after' in behaviour) {
        void behaviour.after.then(() => reply(command, stored));
      } else if (behaviour !== 'done-silent') {
        reply(command, stored);
        if (behaviour === 'twice') reply(command, stored);
      }
      ack();
    }

    for (const participant of ['inventory', 'orders', 'payments'] as const) {
      const queue = commandQueue(participant);
      await channel.prefetch(20);
      await channel.consume(queue, (message) => {
        if (message) void handle(queue, message);
        else void opened.close().catch(() => undefined); // the queue is gone
      });
    }
  }

  async function reopen(): Promise<void> {
    while (!stopped) {
      try {
        return await open();
      } catch {
        await delay(100);
      }
    }
  }

  await open();
  return {
    received,
    behave(next) {
      script = next;
    },
    stepsOf: (sagaId) => [...new Set(received.filter(({ command }) => command.saga_id === sagaId).map(({ command }) => command.step))],
    effectsOf: (sagaId) => [...(effects.get(sagaId) ?? [])],
    async [Symbol.asyncDispose]() {
      stopped = true;
      await client?.close().catch(() => undefined);
    },
  };
}
