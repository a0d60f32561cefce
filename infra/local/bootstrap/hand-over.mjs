import { spawn } from 'node:child_process';
import path from 'node:path';

const parentPollMs = 200;

/** Runs a script with another Node in this process's place: signals go on to it, its exit code is ours, and it ends when we are gone. */
export function handOver(node, args) {
  // Its IPC channel is how the script learns that this process was killed.
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: withNodeFirst(process.env, node) });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  watchNpm(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** A copy of `env` whose PATH finds `node` before any other. */
export function withNodeFirst(env, node) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const folder = path.dirname(node);
  const folders = (env[name] ?? '').split(path.delimiter);
  return { ...env, [name]: folders[0] === folder ? env[name] : [folder, ...folders].join(path.delimiter) };
}

/** Calls `gone` when the npm that runs this process has been killed; nothing tells a process of its parent's death but its parent's number. */
export function watchNpm(gone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, parentPollMs);
  timer.unref();
}
