import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { policies } from '@comptoir/schema/topology.ts';
import { removeLeftovers } from './leftovers.ts';
import { root } from './places.ts';
import { startPostgres } from './postgres/server.ts';
import { unpackedRabbit } from './rabbitmq/debian-packages.ts';
import { startDevelopmentBroker } from './rabbitmq/development.ts';
import { installedRabbit } from './rabbitmq/installation.ts';
import { applyPolicies } from './rabbitmq/management.ts';
import { startRabbit } from './rabbitmq/server.ts';
import { installedRedis, unpackedRedis } from './redis/installation.ts';
import { startRedis } from './redis/server.ts';
import { SetupError } from './setup-error.ts';

export interface TestServers {
  /** TEST_DATABASE_URL and so on. */
  readonly env: Readonly<Record<string, string>>;
  /** One line for each server. */
  readonly description: readonly string[];
  /** Ends them and deletes what they held. */
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** PostgreSQL waits for the disk, as it does outside of tests. */
  readonly durable?: boolean;
  /** Aborted where they are not wanted any more while they start. */
  readonly signal?: AbortSignal;
}

interface Started {
  readonly env: Record<string, string>;
  readonly description: string;
  stop(): Promise<void>;
}

/**
 * A private PostgreSQL, a private RabbitMQ and a private Redis with data to be thrown away. Servers named by TEST_DATABASE_URL, TEST_AMQP_URL and
 * TEST_REDIS_URL are used instead.
 * @throws SetupError naming the server that could not be started in its time, with the last it said; or the signal's reason. What was begun is stopped then.
 */
export async function startTestServers(say: (line: string) => void, options: TestServerOptions = {}): Promise<TestServers> {
  removeLeftovers();
  const folder = ownFolder('test');
  // As root, PostgreSQL runs as somebody else and has to get through.
  chmodSync(folder, 0o711);
  const takenPorts = new Set<number>();
  const begun = await Promise.allSettled([
    database(folder, takenPorts, options),
    broker(folder, takenPorts, say, options.signal),
    redis(folder, takenPorts, say, options.signal),
  ]);
  const started = begun.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));

  async function stop(): Promise<void> {
    await Promise.all(started.map((each) => each.stop()));
    rmSync(folder, { recursive: true, force: true });
  }

  const failed = begun.find((each) => each.status === 'rejected');
  if (failed !== undefined || options.signal?.aborted) {
    await stop();
    throw failed?.reason ?? options.signal?.reason;
  }
  return {
    env: Object.assign({}, ...started.map(({ env }) => env)) as Record<string, string>,
    description: started.map(({ description }) => description),
    stop,
  };
}

async function database(folder: string, takenPorts: Set<number>, { durable = false, signal }: TestServerOptions): Promise<Started> {
  const given = process.env.TEST_DATABASE_URL;
  if (given)
    return { env: { TEST_DATABASE_URL: given }, description: 'PostgreSQL: the one of TEST_DATABASE_URL', stop: async () => undefined };
  const home = path.join(folder, 'postgres');
  mkdirSync(home, { mode: 0o711 });
  chmodSync(home, 0o711);
  const server = await startPostgres({
    folder: home,
    port: 24_432,
    logFile: path.join(root, '.data/logs/test-postgres.log'),
    // Nothing of it outlives the run, and a killed server still loses nothing: what it wrote is with the system.
    settings: { max_connections: 600, ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }) },
    takenPorts,
    signal,
  });
  return { env: { TEST_DATABASE_URL: server.url }, description: `PostgreSQL 18, private, on port ${server.port}`, stop: server.stop };
}

async function broker(
  folder: string,
  takenPorts: Set<number>,
  say: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<Started> {
  const { TEST_AMQP_URL: given, TEST_AMQP_MANAGEMENT_URL: managementUrl } = process.env;
  if (given) {
    const env: Record<string, string> = { TEST_AMQP_URL: given };
    if (managementUrl) env.TEST_AMQP_MANAGEMENT_URL = managementUrl;
    return { env, description: 'Broker: the one of TEST_AMQP_URL', stop: async () => undefined };
  }
  try {
    const installation = installedRabbit() ?? (await unpackedRabbit(say, signal));
    const server = await startRabbit({
      installation,
      folder: path.join(folder, 'rabbitmq'),
      ports: { amqp: 24_672, management: 24_772, distribution: 24_872 },
      logFile: path.join(root, '.data/logs/test-rabbitmq.log'),
      settings: ['collect_statistics_interval = 1000'],
      takenPorts,
      signal,
    });
    await applyPolicies(server.managementUrl, '/', policies).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return {
      env: { TEST_AMQP_URL: server.url, TEST_AMQP_MANAGEMENT_URL: server.managementUrl, TEST_BROKER: 'rabbitmq' },
      description: `Broker: RabbitMQ ${installation.version}, private, on port ${new URL(server.url).port}`,
      stop: server.stop,
    };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const substitute = await startDevelopmentBroker({
      ports: { amqp: 24_672, management: 24_772 },
      logFile: path.join(root, '.data/logs/test-broker.log'),
      takenPorts,
    });
    return {
      env: { TEST_AMQP_URL: substitute.url, TEST_AMQP_MANAGEMENT_URL: substitute.managementUrl, TEST_BROKER: 'development' },
      description: `Broker: NOT RabbitMQ but the development broker, because ${error.message}`,
      stop: substitute.stop,
    };
  }
}

/** Redis is not needed by the product, so it is not by its tests: where none can be had, those of Redis say that they did not run. */
async function redis(
  folder: string,
  takenPorts: Set<number>,
  say: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<Started> {
  const given = process.env.TEST_REDIS_URL;
  if (given) return { env: { TEST_REDIS_URL: given }, description: 'Redis: the one of TEST_REDIS_URL', stop: async () => undefined };
  try {
    const server = await startRedis({
      installation: installedRedis() ?? (await unpackedRedis(say, signal)),
      folder: path.join(folder, 'redis'),
      port: 24_379,
      logFile: path.join(root, '.data/logs/test-redis.log'),
      takenPorts,
      signal,
    });
    return { env: { TEST_REDIS_URL: server.url }, description: `Redis: private, on port ${server.port}`, stop: server.stop };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return { env: {}, description: `Redis: NONE, its tests do not run, because ${error.message}`, stop: async () => undefined };
  }
}
