import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface TestProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  output(): string;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | null>;
}

const readyTimeoutMs = 60_000;

/** Runs a main.ts of this folder in a process of its own and waits until it says that it is ready. */
export async function startMain(main: 'main.ts' | 'worker/main.ts', env: NodeJS.ProcessEnv): Promise<TestProcess> {
  const child = fork(fileURLToPath(new URL(`../${main}`, import.meta.url)), {
    env: { PATH: process.env.PATH, LOG_FORMAT: 'json', ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000);
    });
  }
  const exited = once(child, 'exit');
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  const end = async (signal: NodeJS.Signals) => {
    if (!isGone()) child.kill(signal);
    await exited;
  };
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${main} ${why}:\n${output}`));
    const timer = setTimeout(() => fail('was not ready in time'), readyTimeoutMs);
    child.once('exit', (code) => fail(`ended with ${code}`));
    child.on('message', (message: { type?: string }) => {
      if (message.type === 'ready') {
        clearTimeout(timer);
        resolve();
      }
    });
  }).catch(async (error) => {
    await end('SIGKILL');
    throw error;
  });
  return {
    child,
    output: () => output,
    kill: () => end('SIGKILL'),
    async terminate() {
      await end('SIGTERM');
      return child.exitCode;
    },
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  };
}
