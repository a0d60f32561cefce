import path from 'node:path';
import { type SubgraphName, subgraphNames } from '@comptoir/schema/sdl.ts';
import { portVariableOf, urlVariableOf } from '@comptoir/schema/urls.ts';
import { root } from '../places.ts';
import type { ChildSpec } from '../process/child.ts';
import type { ServicePorts } from './servers.ts';

export interface PlanInput {
  readonly split: boolean;
  readonly demo: boolean;
  readonly producerIntervalMs: number;
  readonly env: NodeJS.ProcessEnv;
  readonly host: string;
  readonly ports: ServicePorts;
  readonly databaseUrl: string;
  readonly amqpUrl: string;
  readonly managementUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  readonly secret: string;
}

export interface Plan {
  /** Gateway, subgraphs, and the payment provider, which stands for another firm's and so is always a process of its own. */
  readonly services: readonly ChildSpec[];
  readonly workers: readonly ChildSpec[];
  /** The demo's automatic producer; started last, stopped first. */
  readonly producer: ChildSpec | undefined;
}

const readyTimeoutMs = 60_000;
/** A worker may pretend to work for many seconds; its task is done by another, or after the next start. */
const workerStopTimeoutMs = 1_000;
const workers = ['add', 'add', 'sub', 'mul', 'div'] as const;
export const workerCount = workers.length;
/** Demo key of the frontend, which may submit tasks. */
const producerKey = 'frontend-key-67890';

/** What the processes of a plan load first, one list a process; loading can begin before servers and ports are known. */
export function modulesOfProcesses(split: boolean): readonly { readonly name: string; readonly modules: readonly string[] }[] {
  const place = (file: string) => path.join(root, file);
  const gateway = { name: 'gateway', modules: [place('gateway/service.ts')] };
  const subgraphs = subgraphNames.map((name) => ({ name, modules: [place(`subgraphs/${name}/service.ts`)] }));
  const parts = [...subgraphs, gateway];
  const provider = { name: 'payment-provider', modules: [place('subgraphs/orders/payment-provider/service.ts')] };
  const services = split ? [provider, ...parts] : [provider, { name: 'system', modules: parts.flatMap(({ modules }) => modules) }];
  return [
    ...services,
    ...workers.map((_, index) => ({ name: workerName(index), modules: [place('subgraphs/compute/worker/service.ts')] })),
  ];
}

/** Which processes make the system, each with its environment. */
export function planProcesses(input: PlanInput): Plan {
  const { ports, secret } = input;
  const place = (file: string) => path.join(root, file);
  // Set to nothing rather than left out: what the outer environment says must not reach a child in its place.
  const env: NodeJS.ProcessEnv = {
    ...input.env,
    HOST: input.host,
    PORT: String(ports.gateway),
    ...subgraphAddresses(ports.subgraphs),
    PAYMENT_PROVIDER_PORT: String(ports.paymentProvider),
    PAYMENT_PROVIDER_URL: `http://127.0.0.1:${ports.paymentProvider}`,
    DATABASE_URL: input.databaseUrl,
    AMQP_URL: input.amqpUrl,
    AMQP_MANAGEMENT_URL: input.managementUrl ?? '',
    REDIS_URL: input.redisUrl ?? '',
    GATEWAY_SECRET: secret,
    DEMO: input.demo ? 'on' : 'off',
    WEB_ROOT: input.env.WEB_ROOT || place('clients/web/dist'),
  };
  const subgraph: NodeJS.ProcessEnv = { ...env, HOST: '127.0.0.1' };
  const { GATEWAY_SECRET: _, ...providerEnv } = subgraph;
  const services: ChildSpec[] = [
    { name: 'payment-provider', script: place('subgraphs/orders/payment-provider/main.ts'), env: providerEnv, readyTimeoutMs },
  ];
  if (input.split) {
    for (const name of Object.keys(ports.subgraphs))
      services.push({ name, script: place(`subgraphs/${name}/main.ts`), env: subgraph, readyTimeoutMs });
    services.push({ name: 'gateway', script: place('gateway/main.ts'), env, readyTimeoutMs });
  } else services.push({ name: 'system', script: place('infra/local/system.ts'), env, readyTimeoutMs });
  return { services, workers: planWorkers(subgraph, place, ports.workers), producer: planProducer(input, env, place) };
}

function subgraphAddresses(ports: ServicePorts['subgraphs']): NodeJS.ProcessEnv {
  const entries = Object.entries(ports) as [SubgraphName, number][];
  return Object.fromEntries(
    entries.flatMap(([name, port]) => [
      [portVariableOf(name), String(port)],
      [urlVariableOf(name), `http://127.0.0.1:${port}/graphql`],
    ]),
  );
}

function workerName(index: number): string {
  const operation = workers[index];
  return `worker_${operation}_${workers.slice(0, index + 1).filter((each) => each === operation).length}`;
}

/** One for each operation, two for add. They are told of the broker, not of the databases. */
function planWorkers(
  { DATABASE_URL: _, GATEWAY_SECRET: __, ...env }: NodeJS.ProcessEnv,
  place: (file: string) => string,
  ports: readonly number[],
): ChildSpec[] {
  return workers.map((operation, index) => {
    const name = workerName(index);
    return {
      name,
      script: place('subgraphs/compute/worker/main.ts'),
      env: { ...env, WORKER_OPERATION: operation, WORKER_ID: name, WORKER_PORT: String(ports[index] ?? 0) },
      readyTimeoutMs,
      stopTimeoutMs: workerStopTimeoutMs,
    };
  });
}

function planProducer(
  { producerIntervalMs, ports, host }: PlanInput,
  { DATABASE_URL: _, GATEWAY_SECRET: __, ...env }: NodeJS.ProcessEnv,
  place: (file: string) => string,
): ChildSpec | undefined {
  if (producerIntervalMs === 0) return undefined;
  return {
    name: 'producer',
    script: place('infra/local/process/follow-parent.ts'),
    args: [place('clients/cli/main.ts'), 'auto', '--interval', String(producerIntervalMs), '--quiet'],
    env: { ...env, COMPTOIR_URL: `http://${reachable(host)}:${ports.gateway}`, COMPTOIR_API_KEY: producerKey },
    readyTimeoutMs,
  };
}

/** An address of this machine for one that is listened on. */
export function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
