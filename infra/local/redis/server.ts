import { mkdirSync } from 'node:fs';
import { claimPort } from '../ports.ts';
import { runGuarded } from '../process/guarded.ts';
import { logLength, saidSince, untilReady } from '../process/until-ready.ts';
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
  /** Aborted where it is not wanted any more; then it is stopped. */
  readonly signal?: AbortSignal | undefined;
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Redis of our own: loopback only, nothing kept on disk. It ends with this process, however that ends. */
export async function startRedis({
  installation,
  folder,
  port: preferred,
  logFile,
  takenPorts,
  signal,
}: RedisConfig): Promise<RedisServer> {
  const port = await claimPort(preferred, takenPorts ?? new Set());
  mkdirSync(folder, { recursive: true });
  const linker = [...installation.libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const logStart = logLength(logFile);
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
  const isReady = async () => (await probeRedis(url, probeTimeoutMs)) === 'usable';
  const outcome = await untilReady(server, isReady, { timeoutMs: startTimeoutMs, pollMs, signal });
  if (outcome === 'ready') return { url, port, exited: server.exited, stop: server.stop };
  const how = outcome === 'late' ? `was not ready within ${startTimeoutMs / 1_000} s` : 'did not start';
  throw new SetupError(`Redis ${how}. It said (${logFile}):\n${saidSince(logFile, logStart)}`);
}
