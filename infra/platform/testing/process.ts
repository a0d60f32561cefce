import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bounded } from '../broker/session.ts';

export interface TestProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** What it has written to standard output and error, the last megabyte of it. */
  output(): string;
  /** Settles when it has ended, with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** SIGTERM, as an operator stops it. */
  stop(): Promise<number | NodeJS.Signals>;
  /** SIGKILL: it gets to do nothing more. */
  kill(): Promise<number | NodeJS.Signals>;
}

const maxOutput = 1_000_000;
const endTimeoutMs = 15_000;

/** Runs a main.ts as a process of its own, until it says that it is ready. Killed in the end, if it still runs. */
export async function startProcess(
  entry: string | URL,
  { args = [], env = {}, readyTimeoutMs = 20_000 }: { args?: readonly string[]; env?: NodeJS.ProcessEnv; readyTimeoutMs?: number } = {},
): Promise<TestProcess> {
  const child = fork(entry instanceof URL ? fileURLToPath(entry) : entry, [...args], {
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-maxOutput);
    });
  }
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return bounded(ended, endTimeoutMs, `the end of process ${child.pid} by ${signal}`);
  };
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message: { type?: unknown } | null) => {
      if (message?.type === 'ready') resolve();
    });
  });
  try {
    const early = ended.then((how) => Promise.reject(new Error(`the process ended with ${how} before it was ready`)));
    early.catch(() => undefined);
    await bounded(Promise.race([ready, early]), readyTimeoutMs, 'getting ready');
  } catch (error) {
    await end('SIGKILL');
    throw new Error(`${entry} did not start: ${(error as Error).message}\n${output}`, { cause: error });
  }
  return {
    child,
    output: () => output,
    ended,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async [Symbol.asyncDispose]() {
      await end('SIGKILL');
    },
  };
}
