import type { Topology } from '@comptoir/schema/topology.ts';
import type { Channel } from 'amqplib';
import type { Session } from './session.ts';

/** Refusals that another try at once does not change: no right to, missing, or there with other arguments. */
const configurationCodes = new Set([403, 404, 406]);

/**
 * Declares exchanges, queues and bindings. What the broker refuses for good is returned, one line each, and the rest declared all the same: a queue that
 * stands with other arguments can still be used. Any other failure rejects.
 */
export async function assertTopology(session: Session, { exchanges, queues, bindings }: Topology): Promise<string[]> {
  const steps: { what: string; run: (channel: Channel) => Promise<unknown> }[] = [
    ...exchanges.map(({ name, type }) => ({
      what: `exchange ${name}`,
      run: (channel: Channel) => channel.assertExchange(name, type, { durable: true }),
    })),
    ...queues.map(({ name, arguments: args }) => ({
      what: `queue ${name}`,
      run: (channel: Channel) => channel.assertQueue(name, { durable: true, ...(args ? { arguments: { ...args } } : {}) }),
    })),
    ...bindings.map(({ exchange, queue, routingKey }) => ({
      what: `binding of ${queue} to ${exchange}`,
      run: (channel: Channel) => channel.bindQueue(queue, exchange, routingKey),
    })),
  ];
  const faults: string[] = [];
  let channel: Channel | null = null;
  for (const { what, run } of steps) {
    const open: Channel = channel ?? (await openChannel(session));
    channel = open;
    try {
      await session.rpc(`declaring ${what}`, () => run(open));
    } catch (error) {
      channel = null; // a refusal closes it
      if (session.isLost() || !configurationCodes.has((error as { code?: number }).code ?? 0)) throw error;
      faults.push(`${what}: ${(error as Error).message}`);
    }
  }
  if (channel) await session.rpc('closing a channel', () => channel.close());
  return faults;
}

async function openChannel(session: Session): Promise<Channel> {
  const channel = await session.rpc('opening a channel', () => session.model.createChannel());
  channel.on('error', () => undefined); // the call at hand rejects with it; without a listener the process would end
  return channel;
}
