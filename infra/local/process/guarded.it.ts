import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { expect, test } from 'vitest';
import { runGuarded } from './guarded.ts';
import { isAlive } from './is-alive.ts';

test.skipIf(process.platform === 'win32')('a guard that hangs is killed, and its program with it', async () => {
  const folder = temporaryFolder();
  const args = ['-e', 'setInterval(() => undefined, 1_000)'];
  const spec = { command: process.execPath, args, env: process.env, cwd: folder, stopSignals: [{ name: 'SIGTERM', waitMs: 10 }] as const };
  const guarded = runGuarded(spec, path.join(folder, 'program.log'), 100);
  const pid = await guarded.spawned;
  const guard = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  process.kill(guard, 'SIGSTOP');
  await guarded.stop();
  expect([guarded.hasExited(), isAlive(guard)]).toEqual([true, false]);
  await expect.poll(() => isAlive(pid)).toBe(false);
});
