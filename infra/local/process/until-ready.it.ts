import path from 'node:path';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { expect, onTestFinished, test } from 'vitest';
import { runGuarded } from './guarded.ts';
import { isAlive } from './is-alive.ts';
import { logLength, saidSince, untilReady } from './until-ready.ts';

/** A program under a guard that says a line and then does what it is told to do. */
function start(program: string, stopSignals: readonly { name: NodeJS.Signals; waitMs: number }[] = [{ name: 'SIGTERM', waitMs: 10_000 }]) {
  const folder = temporaryFolder();
  const logFile = path.join(folder, 'program.log');
  const args = ['-e', `console.log('line of the program'); ${program}`];
  const guarded = runGuarded({ command: process.execPath, args, env: process.env, cwd: folder, stopSignals }, logFile);
  onTestFinished(() => guarded.stop());
  return { guarded, logFile };
}
const runsForEver = 'setInterval(() => undefined, 1_000)';
const never = async () => false;

test('a program that can be used is ready', async () => {
  const { guarded, logFile } = start(runsForEver);
  const hasSpoken = async () => saidSince(logFile, 0).includes('line of the program');
  expect(await untilReady(guarded, hasSpoken, { timeoutMs: 30_000, pollMs: 10 })).toBe('ready');
  expect(isAlive(await guarded.spawned)).toBe(true);
});

test('one that ends by itself is not waited for, and what it said can be told', async () => {
  const { guarded, logFile } = start('');
  expect(await untilReady(guarded, never, { timeoutMs: 30_000, pollMs: 10 })).toBe('ended');
  expect(saidSince(logFile, 0)).toBe('line of the program');
  expect(saidSince(logFile, logLength(logFile))).toBe('');
});

test('one that does not get there in its time is stopped, even where the look at it never ends', async () => {
  const { guarded } = start(runsForEver);
  const pid = await guarded.spawned;
  expect(await untilReady(guarded, () => new Promise(() => undefined), { timeoutMs: 100, pollMs: 10 })).toBe('late');
  expect([guarded.hasExited(), isAlive(pid)]).toEqual([true, false]);
});

test('one that is not wanted any more is stopped', async () => {
  const { guarded } = start(runsForEver);
  const pid = await guarded.spawned;
  const unwanted = new AbortController();
  const waiting = untilReady(guarded, never, { timeoutMs: 30_000, pollMs: 10, signal: unwanted.signal });
  unwanted.abort(new Error('not wanted any more'));
  await expect(waiting).rejects.toThrow('not wanted any more');
  expect([guarded.hasExited(), isAlive(pid)]).toEqual([true, false]);
});
