import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './places.ts';

/** Path of a package's executable script; found by its package.json because links in .bin are no scripts on Windows. */
export function toolPath(packageName: string, binary: string): string {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as { bin: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin[binary];
  if (file === undefined) throw new Error(`${packageName} has no executable ${binary}`);
  return path.join(folder, file);
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs a package's executable on this terminal; resolves with its exit code. */
export function runTool(packageName: string, binary: string, args: readonly string[], options?: RunOptions): Promise<number> {
  return runScript(toolPath(packageName, binary), args, options);
}

/** Runs a script with this Node on this terminal; resolves with its exit code. Signals go on to it. */
export function runScript(script: string, args: readonly string[], { env = process.env, cwd = root }: RunOptions = {}): Promise<number> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env, cwd });
  const hand = (signal: NodeJS.Signals) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, hand);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const each of signals) process.off(each, hand);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}
