import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../local/comptoir.mjs', import.meta.url));

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a person does. It ends by itself, or fails the test. */
export function comptoir(env: NodeJS.ProcessEnv, ...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) =>
    execFile(
      process.execPath,
      [command, ...words],
      { env: { ...process.env, NO_COLOR: '1', ...env }, timeout: 90_000 },
      (error, out, err) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ code: Number(error?.code ?? 0), out, err });
      },
    ),
  );
}

/** A command that goes on until it is stopped. */
export interface Running {
  out(): string;
  err(): string;
  readonly process: ChildProcess;
}

export function startComptoir(env: NodeJS.ProcessEnv, ...words: readonly string[]): Running {
  const child = spawn(process.execPath, [command, ...words], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return { out: () => out, err: () => err, process: child };
}
