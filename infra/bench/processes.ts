import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const readyTimeoutMs = 30_000;
const clockTicksPerSecond = 100;

/** A process of the benchmark: says {type: 'ready'} when it can be used, answers {type: 'ask', …} with {type: 'answer', …}. */
export interface BenchProcess extends AsyncDisposable {
  readonly pid: number;
  /** What its ready message carried. */
  readonly ready: Record<string, unknown>;
  ask<Answer>(question: object, timeoutMs: number): Promise<Answer>;
}

/** @throws Error with the process's last output when it ends before it is ready. */
export async function startBenchProcess(
  module: URL,
  { env = {}, args = [] }: { env?: NodeJS.ProcessEnv; args?: string[] } = {},
): Promise<BenchProcess> {
  const child = fork(fileURLToPath(module), args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4_000);
    });
  }
  const ready = await nextMessage(child, 'ready', readyTimeoutMs, () => output);
  return {
    pid: child.pid ?? 0,
    ready,
    async ask(question, timeoutMs) {
      child.send({ type: 'ask', ...question });
      return (await nextMessage(child, 'answer', timeoutMs, () => output)) as never;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await exited;
      clearTimeout(killer);
    },
  };
}

function nextMessage(child: ChildProcess, type: string, timeoutMs: number, output: () => string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit);
      end();
    };
    const onMessage = (message: unknown) => {
      if ((message as { type?: string }).type === type) settle(() => resolve(message as Record<string, unknown>));
    };
    const fail = (reason: string) => settle(() => reject(new Error(`${child.spawnargs.at(-1)}: ${reason}\n${output()}`)));
    const onExit = (code: number | null) => fail(`ended with code ${code}`);
    const timer = setTimeout(() => fail(`no ${type} within ${timeoutMs} ms`), timeoutMs);
    child.on('message', onMessage).on('exit', onExit);
  });
}

/** Seconds of CPU a process has used so far. Linux only; NaN elsewhere. */
export function cpuSeconds(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const tasks = `/proc/${pid}/task`;
  // By the nanosecond for each thread, which not every kernel counts; else by the tick for all of them.
  if (existsSync(`/proc/${pid}/schedstat`)) {
    const nanoseconds = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]));
    return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
  }
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond;
}

/** What the load before left behind, as answers that nobody waits for any more, is not to be measured with the next one. Waits 10 s at most. */
export async function untilIdle(pid: number): Promise<void> {
  for (let looks = 0; looks < 100; looks++) {
    const before = cpuSeconds(pid);
    await delay(100);
    if (cpuSeconds(pid) - before < 0.02) return;
  }
}

/** Resident memory of a process in bytes. Linux only; NaN elsewhere. */
export function residentBytes(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Seconds of CPU a process and all of its children have used so far, those that have ended with them. Linux only; NaN elsewhere. */
export function familyCpuSeconds(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ended = (Number(fields[13]) + Number(fields[14])) / clockTicksPerSecond;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  return children.reduce((sum, child) => sum + (existsSync(`/proc/${child}/stat`) ? cpuSeconds(child) : 0), cpuSeconds(pid) + ended);
}

/** The process that started another one. Linux only; null elsewhere. */
export function parentOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
}
