import path from 'node:path';
import type { SubgraphName } from '@comptoir/schema/sdl.ts';
import { developmentPorts, firstWorkerPort, paymentProviderPort, portVariableOf } from '@comptoir/schema/urls.ts';
import { claimPort } from '../ports.ts';
import { choosePostgres } from '../postgres/choose.ts';
import { startPostgres } from '../postgres/server.ts';
import { chooseBroker } from '../rabbitmq/choose.ts';
import { startDevelopmentBroker } from '../rabbitmq/development.ts';
import { readOwnRabbit } from '../rabbitmq/own.ts';
import { chooseRedis } from '../redis/choose.ts';
import type { Instance } from './instance.ts';

export interface Server {
  /** What the screen says of it, one line each. */
  readonly description: readonly string[];
  stop(): Promise<void>;
}

export interface DatabaseServer extends Server {
  readonly url: string;
}

export interface BrokerServer extends Server {
  readonly url: string;
  readonly managementUrl?: string | undefined;
  /** A page for people, which only RabbitMQ has. */
  readonly managementPage?: string | undefined;
}

export interface ServerDeps {
  readonly env: NodeJS.ProcessEnv;
  readonly dataFolder: string;
  readonly takenPorts: Set<number>;
  readonly verbose: boolean;
  readonly say: (line: string) => void;
  readonly instance: Instance;
}

const embeddedPorts = { postgres: 15_432, amqp: 5_672, management: 15_672 };
const restartPauseMs = 1_000;

const nothing = async () => undefined;
const notes = (note: string | undefined) => (note === undefined ? [] : [note]);

export async function bringUpDatabase(deps: ServerDeps): Promise<DatabaseServer> {
  const { env, dataFolder, takenPorts, say, instance } = deps;
  const choice = await choosePostgres(env);
  if (choice.kind === 'configured')
    return { url: choice.url, description: [`PostgreSQL ${choice.version} of DATABASE_URL (${whereOf(choice.url)})`], stop: nothing };
  if (choice.kind === 'found') {
    return {
      url: choice.url,
      description: [`PostgreSQL ${choice.version} found on this machine (${whereOf(choice.url)}); our databases there are comptoir_*`],
      stop: nothing,
    };
  }
  const config = { folder: path.join(dataFolder, 'postgres'), logFile: path.join(dataFolder, 'logs/postgres.log') };
  let server = await startPostgres({ ...config, port: embeddedPorts.postgres, takenPorts });
  instance.setProcess('postgres', server.pid);
  const { port, url, origin } = server;
  let stopping = false;

  async function keepAlive(): Promise<void> {
    for (;;) {
      await server.exited;
      instance.setProcess('postgres', undefined);
      if (stopping) return;
      say('PostgreSQL ended; starting it again');
      try {
        // The others know this port.
        server = await startPostgres({ ...config, port });
        instance.setProcess('postgres', server.pid);
        if (stopping) await server.stop();
        else
          say(
            server.port === port
              ? 'PostgreSQL is back'
              : `PostgreSQL is back on another port (${server.port}), because ${port} is taken; start Comptoir again`,
          );
      } catch (error) {
        say((error as Error).message);
        await new Promise((resolve) => setTimeout(resolve, restartPauseMs));
        if (stopping) return;
      }
    }
  }

  void keepAlive();
  const left = origin === 'adopted' ? ', left running by a start that was killed' : '';
  return {
    url,
    description: [`embedded PostgreSQL 18 on port ${port}, data in ${relative(config.folder)}${left}`, ...notes(choice.notUsed)],
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}

export async function bringUpBroker(deps: ServerDeps): Promise<BrokerServer> {
  const { env, dataFolder, takenPorts, verbose, say, instance } = deps;
  const choice = await chooseBroker(env, readOwnRabbit(dataFolder));
  if (choice.kind !== 'embedded') {
    const whose = { configured: 'of AMQP_URL', own: 'of npm run rabbitmq', found: 'found on this machine' }[choice.kind];
    const page = choice.managementUrl === undefined ? undefined : withoutLogin(choice.managementUrl);
    return {
      url: choice.url,
      managementUrl: choice.managementUrl,
      managementPage: page,
      description: [`${choice.name} ${whose} (${whereOf(choice.url)})`],
      stop: nothing,
    };
  }
  const broker = await startDevelopmentBroker({
    ports: embeddedPorts,
    logFile: path.join(dataFolder, 'logs/broker.log'),
    takenPorts,
    verbose,
    say,
    onPid: (pid) => instance.setProcess('broker', pid),
  });
  return {
    ...broker,
    description: [
      `development broker, AMQP 0-9-1 on ${whereOf(broker.url)}. For RabbitMQ: npm run rabbitmq, or set AMQP_URL`,
      ...notes(choice.notUsed),
    ],
  };
}

export async function findRedis(env: NodeJS.ProcessEnv): Promise<{ readonly url?: string; readonly description: readonly string[] }> {
  const choice = await chooseRedis(env);
  if (choice.kind === 'none') return { description: ['in the memory of the gateway', ...notes(choice.notUsed)] };
  return {
    url: choice.url,
    description: [`Redis ${choice.kind === 'found' ? 'found on this machine' : 'of REDIS_URL'} (${whereOf(choice.url)})`],
  };
}

export interface ServicePorts {
  readonly gateway: number;
  readonly subgraphs: Readonly<Record<SubgraphName, number>>;
  readonly paymentProvider: number;
  /** In the order of the plan's workers. */
  readonly workers: readonly number[];
}

export interface PortsWanted {
  readonly gateway: number;
  /** Where the gateway listens. */
  readonly host: string;
  readonly workerCount: number;
  /** COMPUTE_PORT and so on, where the others are wanted elsewhere than usual; WORKER_PORT is the first worker's. */
  readonly env: NodeJS.ProcessEnv;
}

/** The ports of gateway, subgraphs, payment provider and workers: those wanted, or the next free ones. */
export async function claimServicePorts({ gateway, host, workerCount, env }: PortsWanted, taken: Set<number>): Promise<ServicePorts> {
  const claim = (variable: string, usual: number) => claimPort(Number(env[variable]) || usual, taken);
  const gatewayPort = await claimPort(gateway, taken, host);
  const subgraphs: Record<SubgraphName, number> = { ...developmentPorts };
  for (const name of Object.keys(subgraphs) as SubgraphName[]) subgraphs[name] = await claim(portVariableOf(name), subgraphs[name]);
  const paymentProvider = await claim('PAYMENT_PROVIDER_PORT', paymentProviderPort);
  const workers: number[] = [];
  while (workers.length < workerCount) workers.push(await claim('WORKER_PORT', firstWorkerPort));
  return { gateway: gatewayPort, subgraphs, paymentProvider, workers };
}

/** Host and port, without who logs in. */
function whereOf(url: string): string {
  const { host } = new URL(url);
  return host;
}

function withoutLogin(url: string): string {
  const { origin } = new URL(url);
  return `${origin}/`;
}

function relative(folder: string): string {
  const inside = path.relative(process.cwd(), folder);
  return inside.startsWith('..') ? folder : inside;
}
