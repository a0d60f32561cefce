import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '@comptoir/local/places.ts';
import { bounded } from '@comptoir/platform/broker/session.ts';
import { createTestBroker, type TestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { startProcess, type TestProcess } from '@comptoir/platform/testing/process.ts';
import {
  commandQueue,
  inventoryTopology,
  mergeTopologies,
  ordersTopology,
  sagaStartQueue,
  sagasTopology,
  serviceTopology,
} from '@comptoir/schema/topology.ts';
import type { ConfirmChannel } from 'amqplib';
import { Client } from 'pg';
import { createResources } from '../../resources.ts';

/** What a scenario is run with: the environment of its processes, e.g. `withChanges(…)`. */
export type ScenarioEnv = NodeJS.ProcessEnv;
/** Names all that is not as it has to be; empty where all is. Throws where the scenario itself could not be played. */
export type Scenario = (env: ScenarioEnv) => Promise<string[]>;

/** A command of a saga as its participant gets it. */
export interface Command {
  readonly saga_id: string;
  readonly command_id: string;
  readonly step: string;
  readonly direction: 'FORWARD' | 'COMPENSATION';
  readonly data: unknown;
}

export interface Message {
  readonly id: string;
  readonly type: string;
  readonly body: Command & Record<string, unknown>;
}

type ServiceName = 'inventory' | 'orders' | 'sagas';

/** A queue that the service reads. */
const queueOf: Readonly<Record<ServiceName, string>> = {
  inventory: commandQueue('inventory'),
  orders: commandQueue('orders'),
  sagas: sagaStartQueue,
};
const topology = mergeTopologies(
  ...(['inventory', 'orders', 'sagas'] as const).map(serviceTopology),
  inventoryTopology,
  ordersTopology,
  sagasTopology,
);
const boundMs = 20_000;

/** A few services as processes of their own on real stores, and the scenario as a foreign program that speaks to their queues. */
export interface Services extends AsyncDisposable {
  readonly broker: TestBroker;
  readonly channel: ConfirmChannel;
  /** Resolves when it reads its queue. */
  start(service: ServiceName, env?: NodeJS.ProcessEnv): Promise<TestProcess>;
  sql<Row = Record<string, unknown>>(service: ServiceName, text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** A session of one's own, for a transaction that is held open. */
  session(service: ServiceName): Promise<Client>;
  /** To a queue, confirmed. */
  send(queue: string, type: string, body: object, messageId?: string): Promise<void>;
  /** Takes what comes to a queue from now on; `onMessage` may answer. */
  listen(queue: string, onMessage?: (message: Message) => void): Promise<Message[]>;
}

export async function startServices(env: ScenarioEnv): Promise<Services> {
  const resources = createResources();
  try {
    const server = resources.use(await createTestDatabase());
    const broker = resources.use(await createTestBroker());
    await broker.link(topology);
    const channel = await broker.channel();
    const sessions = new Map<ServiceName, Promise<Client>>();

    async function session(service: ServiceName): Promise<Client> {
      const address = new URL(server.url);
      address.pathname = `/${server.prefix}${service}`;
      const client = new Client({ connectionString: address.href, query_timeout: 20_000 });
      client.on('error', () => undefined); // the call at hand rejects
      await client.connect();
      resources.defer(() => client.end());
      return client;
    }

    async function sql<Row>(service: ServiceName, text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const opening = sessions.get(service) ?? session(service);
      sessions.set(service, opening);
      return (await (await opening).query(text, [...parameters])).rows as Row[];
    }

    return {
      broker,
      channel,
      sql,
      session,
      async start(service, more = {}) {
        const started = await startProcess(path.join(root, 'subgraphs', service, 'main.ts'), {
          env: {
            LOG_FORMAT: 'json',
            LOG_LEVEL: 'warn',
            DATABASE_URL: server.url,
            DATABASE_PREFIX: server.prefix,
            AMQP_URL: broker.url,
            GATEWAY_SECRET: 'a secret of the fault tests',
            [`${service.toUpperCase()}_PORT`]: '0',
            ...env,
            ...more,
          },
        });
        resources.use(started);
        const attached = async () => (await channel.checkQueue(queueOf[service])).consumerCount > 0;
        if (!(await within(boundMs, attached))) throw new Error(`${service} does not read its queue:\n${started.output()}`);
        return started;
      },
      async send(queue, type, body, messageId = randomUUID()) {
        channel.sendToQueue(queue, Buffer.from(JSON.stringify(body)), { type, messageId, persistent: true });
        await channel.waitForConfirms();
      },
      async listen(queue, onMessage) {
        const messages: Message[] = [];
        await channel.consume(
          queue,
          (delivery) => {
            if (!delivery) return;
            const message = {
              id: delivery.properties.messageId,
              type: delivery.properties.type,
              body: JSON.parse(delivery.content.toString()),
            };
            messages.push(message);
            onMessage?.(message);
          },
          { noAck: true },
        );
        return messages;
      },
      [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
    };
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

/** Runs a scenario's work with services of its own. */
export async function withServices(env: ScenarioEnv, work: (services: Services) => Promise<string[]>): Promise<string[]> {
  const services = await startServices(env);
  try {
    return await work(services);
  } finally {
    await services[Symbol.asyncDispose]();
  }
}

/** Waits for a process to die at its failpoint. @throws Error where it does not. */
export const death = ({ ended }: TestProcess) => bounded(ended, boundMs, 'dying at the failpoint');

/** Whether it comes true within the bound; looked at again and again. */
export async function within(boundMs: number, isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + boundMs;
  for (;;) {
    if (await isTrue()) return true;
    if (performance.now() > deadline) return false;
    await delay(25);
  }
}

const base32 = '0123456789abcdefghjkmnpqrstvwxyz';
export const newSagaId = () => `saga_${Array.from(randomBytes(26), (byte) => base32.charAt(byte % 32)).join('')}`;

/** What starts the processing of an order of one product. */
export const promisedOrder = (sagaId: string, productId = 1) => ({
  saga_id: sagaId,
  definition: 'order-processing',
  data: {
    customer_id: 1,
    lines: [{ product_id: productId, quantity: 1 }],
    shipping_address: '1 rue du Comptoir, Lyon',
    payment_method: 'card',
  },
});

/** A participant's answer to a command. */
export const answerTo = ({ saga_id, command_id, step, direction }: Command, data: object = {}) => ({
  saga_id,
  command_id,
  step,
  direction,
  outcome: 'SUCCESS',
  data,
});

/** What inventory says to CHECK_STOCK. */
export const checked = {
  place_id: 1,
  lines: [{ product_id: 1, quantity: 1, unit_price_minor: '1250', name: 'Café Kenya' }],
};
