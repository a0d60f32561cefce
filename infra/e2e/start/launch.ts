import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { onTestFinished } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const readyTimeoutMs = 90_000;

export interface Launched {
  readonly child: ChildProcess;
  readonly dataFolder: string;
  output(): string;
  /** The URL of the last line; rejects with everything printed when there is none in time. */
  ready(): Promise<string>;
  /** Its exit code. */
  ended(): Promise<number | null>;
  /** Process numbers of the parts by name. */
  processes(): Record<string, number>;
  /** Everything that runs under it, itself included. */
  tree(): number[];
}

/** `npm start` as a newcomer runs it, with servers of its own only, on data of its own; ended and deleted with the test. */
export function launch({
  env = {},
  dataFolder = openFolder(),
  command = ['npm', 'start'],
}: {
  env?: NodeJS.ProcessEnv;
  dataFolder?: string;
  command?: string[];
} = {}): Launched {
  const [program = '', ...args] = command;
  const own = {
    DATABASE_URL: '',
    AMQP_URL: '',
    AMQP_MANAGEMENT_URL: '',
    REDIS_URL: '',
    NODE_ENV: '',
    COMPTOIR_BROKER: 'development',
    COMPTOIR_DATA: dataFolder,
  };
  const child = spawn(program, args, { cwd: root, env: { ...process.env, ...own, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await closed;
  });
  return {
    child,
    dataFolder,
    output: () => output,
    ready: () =>
      new Promise((resolve, reject) => {
        const fail = (why: string) => reject(new Error(`${why}:\n${output}`));
        const timer = setTimeout(() => fail('not ready in time'), readyTimeoutMs);
        child.stdout?.on('data', () => {
          const url = /^Comptoir is ready: (\S+)\n$/m.exec(output)?.[1];
          if (url === undefined) return;
          clearTimeout(timer);
          resolve(url);
        });
        void closed.then(() => {
          clearTimeout(timer);
          fail('ended before it was ready');
        });
      }),
    async ended() {
      await closed;
      return child.exitCode;
    },
    processes: () => JSON.parse(readFileSync(path.join(dataFolder, 'processes.json'), 'utf8')) as Record<string, number>,
    tree: () => descendants(child.pid ?? 0),
  };
}

/** PostgreSQL as another account has to get through. */
function openFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  return folder;
}

function descendants(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const found = [pid];
  for (const each of found) found.push(...rows.filter(([, parent]) => parent === each).map(([child]) => child));
  return found;
}

/** A server on a port of 127.0.0.1 that nothing else uses; closed with the test. */
export async function occupyPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}
