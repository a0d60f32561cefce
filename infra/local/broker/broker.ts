import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Log } from '@comptoir/platform/log.ts';
import { AmqpError } from './amqp-error.ts';
import { Connection } from './connection.ts';
import { product } from './handshake.ts';
import { createManagement } from './management.ts';
import { createVhosts } from './vhosts.ts';

export interface BrokerConfig {
  readonly host: string;
  /** 0 takes a free one; see port(). */
  readonly port: number;
  readonly managementPort: number;
  readonly log: Log;
  /** Larger messages close the channel. Default: 16 MiB, as in RabbitMQ 4. */
  readonly maxMessageBytes?: number;
}

export interface Broker {
  start(): Promise<void>;
  /** Closes every connection and forgets everything. May be called twice. */
  stop(): Promise<void>;
  /** The port listened on; throws before start. */
  port(): number;
  managementPort(): number;
}

/** How long clients get to answer that the broker stops. */
const farewellMs = 500;

/** An AMQP 0-9-1 broker for development and tests. It keeps everything in memory. */
export function createBroker({ host, port, managementPort, log, maxMessageBytes = 16 * 1024 * 1024 }: BrokerConfig): Broker {
  const vhosts = createVhosts({ log });
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    connections.add(new Connection(socket, { log, maxMessageBytes, vhost: vhosts.enter, closed: (gone) => connections.delete(gone) }));
  });
  const management = createManagement({ host, port: managementPort }, { vhosts, connections });
  let stopping: Promise<void> | undefined;

  async function start(): Promise<void> {
    await listen(server, host, port);
    try {
      await management.start();
    } catch (error) {
      await stop();
      throw error;
    }
    log.info({ event: 'broker_started', host, port: portOf(server), managementPort: management.port() }, `${product} is listening`);
    log.warn({ event: 'broker_is_for_development' }, `${product}: messages are kept in memory only, not for production`);
  }

  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const connection of connections)
      connection.close(new AmqpError(320, 'broker forced connection closure: the broker stops', 'connection'));
    const deadline = setTimeout(() => {
      for (const connection of connections) connection.destroy();
    }, farewellMs);
    await Promise.all([closed, management.stop()]);
    clearTimeout(deadline);
    for (const vhost of [...vhosts.all()]) vhosts.remove(vhost);
    log.info({ event: 'broker_stopped' }, `${product} has stopped`);
  }

  return {
    start,
    stop: () => (stopping ??= stop()),
    port: () => portOf(server),
    managementPort: () => management.port(),
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening');
}

function portOf(server: Server): number {
  const address = server.address() as AddressInfo | null;
  if (!address) throw new Error('the broker is not listening');
  return address.port;
}
