import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { bounded } from '@comptoir/platform/broker/session.ts';

export type Ending = number | NodeJS.Signals;

/** One process of a stack, from its birth on. */
export interface PartProcess {
  readonly child: ChildProcess;
  /** Resolves when it says that it is ready; rejects where it ends or takes too long before that. */
  readonly ready: Promise<void>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<Ending>;
  hasEnded(): boolean;
}

const readyTimeoutMs = 120_000;
const tailLength = 3_000;

/** Runs a main.ts; everything it prints is appended to its log file. It ends by itself when this process is gone. */
export function startPart(script: string, env: NodeJS.ProcessEnv, logFile: string): PartProcess {
  const log = openSync(logFile, 'a');
  const child = fork(script, [], { env, execArgv: [], stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as Ending);
  const said = new Promise<void>((resolve) => {
    child.on('message', (message: { type?: unknown } | null) => message?.type === 'ready' && resolve());
  });
  const tooEarly = ended.then((how) => Promise.reject(new Error(`it ended with ${how} before it was ready`)));
  const ready = bounded(Promise.race([said, tooEarly]), readyTimeoutMs, 'getting ready').catch((cause: Error) => {
    throw new Error(`${script}: ${cause.message}\n${readFileSync(logFile, 'utf8').slice(-tailLength)}\n(${logFile})`, { cause });
  });
  // Who only waits for its end, or kills it while it starts, must not die of it.
  for (const promise of [tooEarly, ready]) promise.catch(() => undefined);
  return { child, ready, ended, hasEnded: () => child.exitCode !== null || child.signalCode !== null };
}
