import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Asking costs a process on macOS. */
const parentPollMs = process.platform === 'darwin' ? 2_000 : 200;

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

/** Calls `gone` when the npm that runs this process has been killed; nothing tells a process of that but its ancestors' numbers. */
export function watchNpm(gone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  // npm runs a script by way of a shell, which outlives it.
  const npm = parentOf(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === npm) return;
    clearInterval(timer);
    gone();
  }, parentPollMs);
  timer.unref();
}

function parentOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The command's name, in parentheses, may hold spaces and parentheses itself.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    }
    if (process.platform === 'darwin') return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    // It is gone.
  }
  return undefined;
}
