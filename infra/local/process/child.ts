import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../setup-error.ts';
import { openLogFile } from './log-file.ts';
import { forTerminal } from './log-line.ts';
import { nodeOptions } from './node-options.ts';

const firstPauseMs = 200;
const longestPauseMs = 10_000;
const steadyAfterMs = 30_000;
const stopTimeoutMs = 12_000;

export interface ChildSpec {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take to say {type: 'ready'}. */
  readonly readyTimeoutMs: number;
  /** How long it may take to stop before it is killed; given where being killed harms nothing. Default 12 s. */
  readonly stopTimeoutMs?: number;
}

/** A process that loads these modules and then waits to be told what it is (when-told.ts); for `ChildDeps.early`. */
export function spawnEarly(modules: readonly string[]): ChildProcess {
  return spawnNode([path.join(import.meta.dirname, 'when-told.ts'), ...modules], process.env);
}

function spawnNode(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [...nodeOptions, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A session of its own: Ctrl-C reaches this process only, which then stops its children in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

export interface ChildDeps {
  readonly logFile: string;
  readonly verbose: boolean;
  readonly say: (line: string) => void;
  /** A process of spawnEarly to be the first one. */
  readonly early?: ChildProcess | undefined;
  /** Called whenever its process number changes; undefined: it does not run. */
  readonly onPid?: (pid: number | undefined) => void;
}

export interface Child {
  readonly name: string;
  /** Resolves with its ready message; rejects with SetupError and its last lines when it does not get there. */
  start(): Promise<Record<string, unknown>>;
  /** Stops it in order, then for good. Idempotent. */
  stop(): Promise<void>;
}

/** A Node process of ours, started again with growing delay when it dies. It ends when this process is gone: its IPC channel closes. */
export function createChild(spec: ChildSpec, { logFile, verbose, say, early, onPid }: ChildDeps): Child {
  const { name } = spec;
  const log = openLogFile(logFile);
  const stopping = new AbortController();
  let current: ChildProcess | undefined;
  let pauseMs = firstPauseMs;

  /** The first one may be running already. */
  function begin(): ChildProcess {
    const { script, args = [] } = spec;
    const env = { ...spec.env, LOG_FORMAT: 'json' };
    if (early?.connected && current === undefined) {
      early.send({ script, args, env });
      return early;
    }
    return spawnNode([script, ...args], env);
  }

  function launch(): ChildProcess {
    const child = begin();
    for (const stream of ['stdout', 'stderr'] as const) {
      createInterface({ input: child[stream] as NodeJS.ReadableStream }).on('line', (line) => {
        log.write(line);
        const shown = stopping.signal.aborted && !verbose ? null : forTerminal(name, line, { verbose, stderr: stream === 'stderr' });
        if (shown !== null) say(shown);
      });
    }
    current = child;
    onPid?.(child.pid);
    return child;
  }

  function ready(child: ChildProcess): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        clearTimeout(timer);
        reject(
          new SetupError(
            `${name} ${reason}. Its last lines (${log.path}):\n${log
              .tail()
              .map((line) => readable(name, line))
              .join('\n')}`,
          ),
        );
      };
      const timer = setTimeout(() => fail(`was not ready within ${spec.readyTimeoutMs / 1_000} s`), spec.readyTimeoutMs);
      child.on('message', (message: { type?: string }) => {
        if (message?.type !== 'ready') return;
        clearTimeout(timer);
        resolve(message as Record<string, unknown>);
      });
      child.once('error', (error) => fail(`could not be started: ${error.message}`));
      // Not 'exit': its last lines may still be on their way.
      child.once('close', (code, signal) => fail(`ended with ${signal ?? `code ${code}`}`));
    });
  }

  async function keepAlive(child: ChildProcess): Promise<void> {
    for (let running = child; ; ) {
      const since = performance.now();
      const how = await ended(running);
      onPid?.(undefined);
      if (stopping.signal.aborted) return;
      if (performance.now() - since > steadyAfterMs) pauseMs = firstPauseMs;
      say(`${name} ended (${how}); starting it again in ${pauseMs / 1_000} s`);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      running = launch();
      ready(running).then(
        () => say(`${name} is back`),
        (error: Error) => {
          if (!stopping.signal.aborted) say(error.message);
          // One that neither ends nor becomes ready would stay so for ever.
          running.kill('SIGKILL');
        },
      );
    }
  }

  async function start(): Promise<Record<string, unknown>> {
    const child = launch();
    const message = await ready(child);
    void keepAlive(child);
    return message;
  }

  async function stop(): Promise<void> {
    stopping.abort();
    const child = current;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const over = ended(child);
    if (child.connected) child.send({ type: 'shutdown' }, () => undefined);
    else child.kill('SIGTERM');
    const inTime = await Promise.race([over.then(() => true), delay(spec.stopTimeoutMs ?? stopTimeoutMs, false, { ref: false })]);
    if (!inTime) {
      if (spec.stopTimeoutMs === undefined) say(`${name} did not stop within ${stopTimeoutMs / 1_000} s and is killed`);
      child.kill('SIGKILL');
      await over;
    }
  }

  return { name, start, stop };
}

function readable(name: string, line: string): string {
  return forTerminal(name, line, { verbose: true, stderr: true }) ?? line;
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.signalCode ?? `code ${child.exitCode}`);
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
}
