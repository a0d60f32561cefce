import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTestBroker, type TestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { portVariableOf } from '@comptoir/schema/urls.ts';
import { ownPort } from './own-port.ts';
import { createResources } from './resources.ts';
import { until } from './until.ts';

const startTimeoutMs = 60_000;
const command = fileURLToPath(new URL('../local/run.mjs', import.meta.url));

export interface SystemOptions {
  /** A process per subgraph and worker. */
  readonly split?: boolean;
  /** Seconds a worker pretends to need for a single task. */
  readonly workSeconds?: number;
  /** The demo's automatic producer: milliseconds between its tasks; none by default. */
  readonly producerIntervalMs?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** The whole system as `npm start` runs it, on databases and a virtual host of its own. */
export interface System extends AsyncDisposable {
  /** Where the gateway answers, e.g. http://localhost:24000. */
  readonly url: string;
  readonly broker: TestBroker;
  readonly database: TestDatabase;
  readonly pid: number;
  /** The subgraphs, as the gateway asks them. */
  subgraphs(): Promise<RunningSubgraphs>;
  /** Everything it printed so far. */
  output(): string;
  /** The processes under it by name, e.g. worker_add_1, gateway, compute or system. */
  processes(): Promise<Record<string, number>>;
  /** kill -9. @throws Error when no such process runs. */
  kill(name: string): Promise<void>;
}

export interface RunningSubgraphs {
  /** Of their GraphQL endpoints, by name. */
  readonly urls: ReadonlyMap<string, string>;
  /** What the gateway signs with. */
  readonly secret: string;
}

/** @throws Error with what it printed when it is not ready in time. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const resources = createResources();
  try {
    const database = resources.use(await createTestDatabase());
    const broker = resources.use(await createTestBroker());
    const dataFolder = ownFolder('e2e');
    resources.defer(() => rm(dataFolder, { recursive: true, force: true }));

    let output = '';
    const child = spawn(process.execPath, [command, 'start', ...(options.split ? ['--split'] : [])], {
      env: {
        ...process.env,
        NODE_ENV: '',
        COMPTOIR_DATA: dataFolder,
        DATABASE_URL: database.url,
        DATABASE_PREFIX: database.prefix,
        AMQP_URL: broker.url,
        AMQP_MANAGEMENT_URL: broker.managementUrl,
        ...(await ownPorts()),
        WORKER_PROCESSING_TIME_MIN: String(options.workSeconds ?? 0),
        WORKER_PROCESSING_TIME_MAX: String(options.workSeconds ?? 0),
        COMPTOIR_PRODUCER_INTERVAL_MS: String(options.producerIntervalMs ?? 0),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    resources.defer(() => end(child));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const url = await readyUrl(
      child,
      (line) => {
        output += `${line}\n`;
      },
      () => output,
    );

    const processes = async () => JSON.parse(await readFile(join(dataFolder, 'processes.json'), 'utf8')) as Record<string, number>;
    return {
      url,
      broker,
      database,
      pid: child.pid ?? 0,
      subgraphs: () => readSubgraphs(dataFolder),
      output: () => output,
      processes,
      async kill(name) {
        const pid = (await processes())[name];
        if (!pid) throw new Error(`no process ${name} among ${Object.keys(await processes()).join(', ')}`);
        process.kill(pid, 'SIGKILL');
      },
      [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
    };
  } catch (error) {
    await resources[Symbol.asyncDispose]();
    throw error;
  }
}

/** For all that listen. */
async function ownPorts(): Promise<NodeJS.ProcessEnv> {
  const ports: NodeJS.ProcessEnv = {};
  const variables = ['PORT', ...subgraphNames.map(portVariableOf), 'PAYMENT_PROVIDER_PORT', 'WORKER_PORT'];
  for (const variable of variables) ports[variable] = String(await ownPort());
  return ports;
}

/** Where they listen is told by what they log at their start, which may come after the system says that it is ready. */
async function readSubgraphs(dataFolder: string): Promise<RunningSubgraphs> {
  const folder = join(dataFolder, 'logs');
  let urls = new Map<string, string>();
  async function read(): Promise<boolean> {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.log'));
    const logs = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    // Of the last line only what is whole.
    const lines = logs.flatMap((log) => log.split('\n').slice(0, -1)).filter((line) => line.includes('"subgraph_started"'));
    const started = lines.map((line) => JSON.parse(line) as { subgraph: string; url: string });
    urls = new Map(started.map(({ subgraph, url }) => [subgraph, url]));
    return subgraphNames.every((name) => urls.has(name));
  }
  await until(read, startTimeoutMs, () => `Only ${[...urls.keys()].join(', ')} said where they listen`);
  return { urls, secret: await readFile(join(dataFolder, 'gateway-secret'), 'utf8') };
}

function readyUrl(child: ChildProcess, onLine: (line: string) => void, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`npm start ${reason}:\n${output()}`));
    const timer = setTimeout(() => fail(`was not ready within ${startTimeoutMs / 1000} s`), startTimeoutMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
    if (!child.stdout) return fail('has no output');
    createInterface(child.stdout).on('line', (line) => {
      onLine(line);
      const url = /^Comptoir is ready: (\S+)$/.exec(line)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await exited;
  clearTimeout(killer);
}
