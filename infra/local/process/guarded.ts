import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './is-alive.ts';
import { nodeOptions } from './node-options.ts';

export interface GuardSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Sent in order, each with its time to work; the last should be SIGKILL. */
  readonly stopSignals: readonly { readonly name: NodeJS.Signals; readonly waitMs: number }[];
  /** Where signals do not exist (Windows). */
  readonly stopCommand?: readonly [string, ...string[]];
  /** Number of a process that runs already: it is watched and stopped instead of starting the command. */
  readonly adopt?: number;
}

export interface Guarded {
  /** The program's own process number; rejects when it cannot be started. */
  readonly spawned: Promise<number>;
  /** Resolves when the program has ended, whoever ended it. */
  readonly exited: Promise<void>;
  hasExited(): boolean;
  /** Stops it in order; resolves when it is gone. A guard that does not bring that about is killed, and the program with it. */
  stop(): Promise<void>;
}

/** Beyond what a guard gives its program to end: its own start and end on a busy machine. */
const longestGraceMs = 20_000;

/** Runs a program under a guard of its own (guard.ts), its output appended to `logFile`. */
export function runGuarded(spec: GuardSpec, logFile: string, graceMs = longestGraceMs): Guarded {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const output = openSync(logFile, 'a', 0o600);
  const guard = spawn(process.execPath, [...nodeOptions, path.join(import.meta.dirname, 'guard.ts'), JSON.stringify(spec)], {
    // A session of its own: Ctrl-C at the terminal must not end a database before what uses it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', output, output, 'ipc'],
    windowsHide: true,
  });
  closeSync(output);
  let over = false;
  let pid: number | undefined;
  const exited = new Promise<void>((resolve) => {
    guard.once('exit', () => {
      over = true;
      resolve();
    });
    guard.once('error', () => {
      over = true;
      resolve();
    });
  });
  const spawned = new Promise<number>((resolve, reject) => {
    guard.on('message', (message: { type: string; pid?: number; message?: string }) => {
      if (message.type === 'spawned' && message.pid !== undefined) {
        pid = message.pid;
        resolve(message.pid);
      }
      if (message.type === 'failed') reject(new Error(`${spec.command} could not be started: ${message.message}`));
    });
    guard.once('error', (error) => reject(new Error(`the guard of ${spec.command} could not be started`, { cause: error })));
    guard.once('exit', () => reject(new Error(`${spec.command} ended before it had begun`)));
  });
  // Who only waits for `exited` must not die of it.
  spawned.catch(() => undefined);

  async function stop(): Promise<void> {
    if (!over && guard.connected) guard.send({ type: 'shutdown' });
    const longestMs = spec.stopSignals.reduce((sum, { waitMs }) => sum + waitMs, graceMs);
    const inTime = await Promise.race([exited.then(() => true), delay(longestMs, false, { ref: false })]);
    if (inTime) return;
    guard.kill('SIGKILL');
    if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
    await exited;
  }

  return { spawned, exited, hasExited: () => over, stop };
}
