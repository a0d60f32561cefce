/**
 * A process of its own that runs one foreign program (PostgreSQL, Erlang) for as long as its parent lives: a killed parent closes the IPC channel,
 * and the program is stopped in order. Started by guarded.ts with the specification as its only argument.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import type { GuardSpec } from './guarded.ts';
import { isAlive } from './is-alive.ts';

const adoptedPollMs = 100;

const spec = JSON.parse(process.argv[2] ?? '') as GuardSpec;
let stopping = false;

/** Ends the program: the polite way first, each further signal when the one before has had its time. */
async function stop(gone: () => boolean, signal: (name: NodeJS.Signals) => void): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (process.platform === 'win32' && spec.stopCommand !== undefined) {
    const [command, ...args] = spec.stopCommand;
    // A failure is answered by the signals below.
    await new Promise((resolve) => execFile(command, args, { timeout: 10_000 }, resolve));
  }
  for (const { name, waitMs } of spec.stopSignals) {
    if (gone()) return;
    signal(name);
    const until = performance.now() + waitMs;
    while (!gone() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function stopOn(end: () => void): void {
  process.on('disconnect', end);
  process.on('message', (message) => {
    if ((message as { type?: string }).type === 'shutdown') end();
  });
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, end);
}

function tell(message: object): void {
  if (process.connected) process.send?.(message);
}

function guardChild(child: ChildProcess): void {
  child.on('spawn', () => tell({ type: 'spawned', pid: child.pid }));
  child.on('error', (error) => {
    tell({ type: 'failed', message: error.message });
    process.exitCode = 1;
    process.disconnect?.();
  });
  child.on('exit', (code, signal) => {
    tell({ type: 'exited', code, signal });
    process.exit(stopping ? 0 : (code ?? 1));
  });
  stopOn(
    () =>
      void stop(
        () => child.exitCode !== null || child.signalCode !== null,
        (name) => child.kill(name),
      ),
  );
}

function guardAdopted(pid: number): void {
  setInterval(() => {
    if (isAlive(pid)) return;
    tell({ type: 'exited', code: null, signal: null });
    process.exit(0);
  }, adoptedPollMs);
  stopOn(
    () =>
      void stop(
        () => !isAlive(pid),
        (name) => process.kill(pid, name),
      ),
  );
  tell({ type: 'spawned', pid });
}

if (spec.adopt !== undefined) guardAdopted(spec.adopt);
else {
  const { command, args, env, cwd, uid, gid } = spec;
  guardChild(spawn(command, args, { env, cwd, uid, gid, stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true }));
}
