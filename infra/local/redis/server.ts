import { mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { claimPort } from '../ports.ts';
import { runGuarded } from '../process/guarded.ts';
import { SetupError } from '../setup-error.ts';
import { probeRedis } from './choose.ts';
import type { RedisInstallation } from './installation.ts';

const startTimeoutMs = 15_000;
const probeTimeoutMs = 1_000;
const pollMs = 20;

export interface RedisConfig {
  readonly installation: RedisInstallation;
  /** Its working folder. */
  readonly folder: string;
  /** Where to look for a free port first. */
  readonly port: number;
  readonly logFile: string;
  readonly takenPorts?: Set<number>;
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis of our own: loopback only, nothing kept on disk. It ends with this process, however that ends. */
export async function startRedis({ installation, folder, port: preferred, logFile, takenPorts }: RedisConfig): Promise<RedisServer> {
  const port = await claimPort(preferred, takenPorts ?? new Set());
  mkdirSync(folder, { recursive: true });
  const linker = [...installation.libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const server = runGuarded(
    {
      command: installation.program,
      args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no', '--databases', '16'],
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...(linker === '' ? {} : { LD_LIBRARY_PATH: linker }) },
      cwd: folder,
      stopSignals: [
        { name: 'SIGTERM', waitMs: 5_000 },
        { name: 'SIGKILL', waitMs: 2_000 },
      ],
    },
    logFile,
  );
  const url = `redis://127.0.0.1:${port}`;
  const end = performance.now() + startTimeoutMs;
  while (!server.hasExited() && performance.now() < end) {
    if ((await probeRedis(url, probeTimeoutMs)) === 'usable') return { url, port, exited: server.exited, stop: server.stop };
    await delay(pollMs);
  }
  await server.stop();
  throw new SetupError(
    `Redis did not start. It said (${logFile}):\n${readFileSync(logFile, 'utf8').trim().split('\n').slice(-10).join('\n')}`,
  );
}
