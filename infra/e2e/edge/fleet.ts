import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '@comptoir/local/places.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { testEnvironment } from '@comptoir/platform/testing/environment.ts';
import { type SubgraphName, subgraphNames } from '@comptoir/schema/sdl.ts';
import { policies } from '@comptoir/schema/topology.ts';
import { portVariableOf, urlVariableOf } from '@comptoir/schema/urls.ts';
import { type PartProcess, startPart } from '../faults/part.ts';
import { ownPort } from '../own-port.ts';
import { createResources } from '../resources.ts';
import { type Nginx, startNginx } from './nginx.ts';

export interface FleetOptions {
  /** Of every subgraph; 1 by default. */
  readonly subgraphInstances?: number;
  /** Ports on which nginx listens; 1 by default. */
  readonly ports?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** The system as it is deployed: two gateways behind nginx with one Redis, subgraphs in processes of their own, any number of each. */
export interface Fleet extends AsyncDisposable {
  /** nginx, which clients talk to. */
  readonly url: string;
  readonly nginx: Nginx;
  readonly database: TestDatabase;
  /** Addresses of the gateways themselves: gateway_1, gateway_2. */
  readonly gateways: readonly [string, string];
  /** Names of everything that runs, e.g. gateway_1, orders_2, payment-provider. */
  readonly parts: readonly string[];
  /** kill -9. */
  kill(part: string): Promise<void>;
  /** SIGTERM, wait for its end, start it anew, wait until it is ready. */
  restart(part: string): Promise<void>;
  start(part: string): Promise<void>;
}

const secret = 'a secret of the tests of the edge';
const stopTimeoutMs = 30_000;

export async function startFleet({ subgraphInstances = 1, ports: portCount = 1, env = {} }: FleetOptions = {}): Promise<Fleet> {
  const resources = createResources();
  try {
    const database = resources.use(await createTestDatabase());
    const broker = resources.use(await createTestBroker());
    await broker.applyPolicies(policies);
    const numbers = Array.from({ length: subgraphInstances }, (_, index) => index + 1);
    const subgraphs = subgraphNames.flatMap((name) => numbers.map((number) => ({ part: `${name}_${number}`, name })));
    const parts = ['payment-provider', ...subgraphs.map(({ part }) => part), 'worker_add_1', 'gateway_1', 'gateway_2'];
    const ports = new Map<string, number>();
    for (const part of parts) ports.set(part, await ownPort());
    const urlOf = (part: string) => `http://127.0.0.1:${ports.get(part)}`;
    const urlsOf = (name: SubgraphName) => numbers.map((number) => `${urlOf(`${name}_${number}`)}/graphql`).join(',');

    const everyEnv: NodeJS.ProcessEnv = {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      NODE_OPTIONS: process.env.NODE_OPTIONS,
      LOG_FORMAT: 'json',
      HOST: '127.0.0.1',
      DATABASE_URL: database.url,
      DATABASE_PREFIX: database.prefix,
      AMQP_URL: broker.url,
      AMQP_MANAGEMENT_URL: broker.managementUrl,
      REDIS_URL: testEnvironment('TEST_REDIS_URL'),
      REDIS_PREFIX: database.prefix,
      PAYMENT_PROVIDER_URL: urlOf('payment-provider'),
      GATEWAY_SECRET: secret,
      DEMO: 'on',
      // As docs/operations.md has it for several instances.
      STOP_LEAD_MS: '3000',
      TRUSTED_PROXIES: '127.0.0.1',
      WEB_ROOT: path.join(root, 'clients/web/dist'),
      ...Object.fromEntries(subgraphNames.map((name) => [urlVariableOf(name), urlsOf(name)])),
      ...env,
    };
    const logFolder = path.join(root, '.data/logs/edge', database.prefix.replaceAll('_', ''));
    mkdirSync(logFolder, { recursive: true });

    const processes = new Map<string, PartProcess>();
    const start = async (part: string) => {
      const port = String(ports.get(part));
      const running = startPart(scriptOf(part), { ...everyEnv, ...ownEnv(part, port) }, path.join(logFolder, `${part}.log`));
      processes.set(part, running);
      await running.ready;
    };
    const end = async (part: string, signal: NodeJS.Signals) => {
      const running = processes.get(part);
      if (!running || running.hasEnded()) return;
      const overdue = setTimeout(() => running.child.kill('SIGKILL'), stopTimeoutMs);
      running.child.kill(signal);
      await running.ended;
      clearTimeout(overdue);
    };
    resources.defer(() => Promise.all(parts.map((part) => end(part, 'SIGKILL'))));

    // One of each creates the databases; the others come to what is there.
    await Promise.all(parts.filter((part) => !/^gateway|_(?!1$)\d+$/.test(part)).map(start));
    await Promise.all(parts.filter((part) => !processes.has(part) && !part.startsWith('gateway')).map(start));
    await Promise.all(['gateway_1', 'gateway_2'].map(start));
    const gateways = [urlOf('gateway_1'), urlOf('gateway_2')] as const;
    const nginx = resources.use(await startNginx(gateways, { ports: portCount }));

    return {
      url: nginx.urls[0] ?? '',
      nginx,
      database,
      gateways,
      parts,
      start,
      kill: (part) => end(part, 'SIGKILL'),
      async restart(part) {
        await end(part, 'SIGTERM');
        await start(part);
      },
      [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
    };
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

function scriptOf(part: string): string {
  if (part === 'payment-provider') return path.join(root, 'subgraphs/orders/payment-provider/main.ts');
  if (part.startsWith('worker')) return path.join(root, 'subgraphs/compute/worker/main.ts');
  if (part.startsWith('gateway')) return path.join(root, 'gateway/main.ts');
  return path.join(root, 'subgraphs', part.replace(/_\d+$/, ''), 'main.ts');
}

function ownEnv(part: string, port: string): NodeJS.ProcessEnv {
  if (part === 'payment-provider') return { PAYMENT_PROVIDER_PORT: port };
  if (part.startsWith('worker'))
    return { WORKER_ID: part, WORKER_OPERATION: 'add', WORKER_PROCESSING_TIME_MIN: '0', WORKER_PROCESSING_TIME_MAX: '0' };
  if (part.startsWith('gateway')) return { PORT: port };
  return { [portVariableOf(part.replace(/_\d+$/, '') as SubgraphName)]: port };
}
