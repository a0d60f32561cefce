import { setTimeout as delay } from 'node:timers/promises';
import { accepts, claimPort } from '../ports.ts';
import { type Guarded, type GuardSpec, runGuarded } from '../process/guarded.ts';
import { isAlive } from '../process/is-alive.ts';
import { logLength, saidSince, untilReady } from '../process/until-ready.ts';
import { SetupError } from '../setup-error.ts';
import { embeddedPostgres, type PostgresBinaries } from './binaries.ts';
import { type DataFolder, ensureDataFolder, serverEnvironment } from './data-folder.ts';
import { readPidFile } from './pid-file.ts';

const startTimeoutMs = 60_000;
const readyPollMs = 10;
const sharedMemoryPauseMs = 300;

export interface PostgresConfig {
  /** Holds the data and the password. */
  readonly folder: string;
  /** Where to look for a free port first. */
  readonly port: number;
  readonly logFile: string;
  /** More of postgresql.conf, e.g. `{ max_connections: 300 }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Ports that others are about to take; ours is added. */
  readonly takenPorts?: Set<number>;
  /** Aborted where it is not wanted any more; then it is stopped. */
  readonly signal?: AbortSignal | undefined;
}

export interface PostgresServer {
  /** Address with user and password, loopback only. */
  readonly url: string;
  readonly port: number;
  /** The postmaster's process number. */
  readonly pid: number;
  /** adopted: it was running already, left over from a start that was killed. */
  readonly origin: 'created' | 'started' | 'adopted';
  /** Resolves when the server is gone, whoever ended it. */
  readonly exited: Promise<void>;
  /** Fast shutdown; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts the embedded PostgreSQL on a free loopback port. It ends with this process, however that ends. */
export async function startPostgres(config: PostgresConfig): Promise<PostgresServer> {
  const binaries = embeddedPostgres();
  const folder = await ensureDataFolder(config.folder, binaries, config.signal);
  const orphan = await findOrphan(folder.data, config.signal);
  if (orphan !== undefined) {
    const guarded = runGuarded({ ...guardSpec(binaries, folder, []), adopt: orphan.pid }, config.logFile);
    await guarded.spawned;
    return serverOf(guarded, folder, orphan.port, orphan.pid, 'adopted');
  }
  return launch(config, binaries, folder);
}

function serverOf(guarded: Guarded, { password }: DataFolder, port: number, pid: number, origin: PostgresServer['origin']): PostgresServer {
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    origin,
    exited: guarded.exited,
    stop: guarded.stop,
  };
}

/** A server that still runs on this data; one that is about to stop is waited for. */
async function findOrphan(data: string, signal: AbortSignal | undefined): Promise<{ pid: number; port: number } | undefined> {
  const until = performance.now() + startTimeoutMs;
  for (;;) {
    const found = readPidFile(data);
    if (found === null || !isAlive(found.pid)) return undefined;
    // The number may have gone to another program since; that one does not listen there.
    if (found.status === 'ready' && (await accepts(found.port))) return found;
    if (found.status === 'ready' && Date.now() - found.writtenAtMs > 5_000) return undefined;
    if (performance.now() > until)
      throw new SetupError(
        `A PostgreSQL (process ${found.pid}) has been ${found.status} on ${data} for a minute. End it, then start again.`,
      );
    await delay(100, undefined, { signal });
  }
}

async function launch(config: PostgresConfig, binaries: PostgresBinaries, folder: DataFolder): Promise<PostgresServer> {
  const { logFile, signal, takenPorts: taken = new Set<number>() } = config;
  const until = performance.now() + startTimeoutMs;
  for (;;) {
    const port = await claimPort(config.port, taken);
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: 200, ...config.settings };
    const args = [
      '-D',
      folder.data,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    const logStart = logLength(logFile);
    const guarded = runGuarded(guardSpec(binaries, folder, args), logFile);
    const outcome = await untilReady(guarded, () => isReady(guarded, folder.data), {
      timeoutMs: Math.max(0, until - performance.now()),
      pollMs: readyPollMs,
      signal,
    });
    if (outcome === 'ready') return serverOf(guarded, folder, port, await guarded.spawned, folder.created ? 'created' : 'started');
    const said = saidSince(logFile, logStart);
    // The processes of a killed server hold its shared memory for a moment; a port may have been taken between the look and the start.
    const passing = /shared memory block.*still in use|could not bind|Address already in use|lock file .* already exists/s.test(said);
    if (!passing || outcome === 'late') throw new SetupError(explain(outcome, said, logFile));
    if (!/could not bind|Address already in use/.test(said)) taken.delete(port);
    await delay(sharedMemoryPauseMs, undefined, { signal });
  }
}

function guardSpec(binaries: PostgresBinaries, folder: DataFolder, args: readonly string[]): GuardSpec {
  return {
    command: binaries.postgres,
    args,
    env: serverEnvironment(),
    cwd: folder.data,
    ...folder.account,
    // Fast, immediate, none.
    stopSignals: [
      { name: 'SIGINT', waitMs: 10_000 },
      { name: 'SIGQUIT', waitMs: 5_000 },
      { name: 'SIGKILL', waitMs: 2_000 },
    ],
    stopCommand: [binaries.pgCtl, 'stop', '-m', 'fast', '-D', folder.data],
  };
}

/** Whether it takes connections; what another server left in the folder says nothing of it. */
async function isReady({ spawned }: Guarded, data: string): Promise<boolean> {
  // Where it cannot be started its guard ends, which is looked for next.
  const pid = await spawned.catch(() => null);
  const found = readPidFile(data);
  return found !== null && found.pid === pid && found.status === 'ready';
}

function explain(outcome: 'ended' | 'late', said: string, logFile: string): string {
  const hint = /0xC0000135|3221225781/.test(said) ? '\nInstall the Visual C++ runtime: winget install Microsoft.VCRedist.2015+.x64' : '';
  const how = outcome === 'late' ? `was not ready within ${startTimeoutMs / 1_000} s` : 'did not start';
  return `The embedded PostgreSQL ${how}. It said (${logFile}):\n${said}${hint}\nAnother server can be used instead: set DATABASE_URL.`;
}
