import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startProcess } from '@comptoir/platform/testing/process.ts';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { probeRedis } from './redis/choose.ts';

/** Those whose command line names this folder. Linux only. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return command.includes(folder) ? [command] : [];
      } catch {
        // It is gone.
        return [];
      }
    });
}

/** Where the servers of the tests put what they hold; PostgreSQL as another account has to get through. */
function openFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o711);
  return folder;
}

/** Another run of the tests brings up its own servers and claims ports for itself. */
const otherRun = { TEST_DATABASE_URL: '', TEST_REDIS_URL: '', COMPTOIR_PORTS_CLAIMANT: undefined };

test.runIf(process.platform === 'linux').each(['SIGINT', 'SIGTERM'] as const)(
  '%s while the servers of the tests start stops what was begun',
  async (signal) => {
    const temporary = openFolder();
    const command = spawn(process.execPath, [path.join(import.meta.dirname, 'run.mjs'), 'test', 'no-test-of-this-name'], {
      env: { ...process.env, ...otherRun, TEST_AMQP_URL: '', TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void command.kill('SIGKILL'));
    const ended = once(command, 'close');
    const said: string[] = [];
    for (const stream of [command.stdout, command.stderr]) createInterface(stream).on('line', (line) => said.push(line));

    const begun = () => readdirSync(temporary).filter((name) => existsSync(path.join(temporary, name, 'postgres/password')));
    await expect.poll(begun, { interval: 10 }).toHaveLength(1);
    command.kill(signal);
    const [code] = (await ended) as [number | null];
    expect([code, said.at(-1)]).toEqual([1, `Stopped (${signal}).`]);
    expect([readdirSync(temporary), processesOf(temporary)]).toEqual([[], []]);
  },
);

/** What another run of the tests brings up; the broker, which takes longest, it is given. */
async function startServers(temporary: string) {
  const run = await startProcess(path.join(import.meta.dirname, 'testing/test-servers.ts'), {
    env: { ...otherRun, TMPDIR: temporary },
  });
  onTestFinished(() => run[Symbol.asyncDispose]());
  const told = once(run.child, 'message');
  run.child.send('tell');
  const [{ TEST_DATABASE_URL: database = '', TEST_REDIS_URL: redis }] = (await told) as [Record<string, string>];
  return { run, database, redis };
}

async function isUsable({ database, redis }: { database: string; redis: string | undefined }): Promise<boolean> {
  const client = new Client({ connectionString: database });
  await client.connect();
  await client.end();
  return redis === undefined || (await probeRedis(redis, 5_000)) === 'usable';
}

test('two runs that start at the same moment have servers of their own, which the end of the other leaves alone', async () => {
  const temporary = openFolder();
  const [one, other] = await Promise.all([startServers(temporary), startServers(temporary)]);
  expect(new Set([one.database, other.database, one.redis, other.redis]).size).toBe(one.redis === undefined ? 3 : 4);
  one.run.child.send('stop');
  expect(await one.run.ended).toBe(0);
  expect(await isUsable(other)).toBe(true);
  other.run.child.send('stop');
  expect(await other.run.ended).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
});

test('a run clears away what killed ones left, and nothing else', async () => {
  const temporary = openFolder();
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const leave = (name: string) => {
    mkdirSync(path.join(temporary, name));
    writeFileSync(path.join(temporary, name, 'held'), 'much');
  };
  const kept = [`comptoir-${process.pid}-e2e-a1`, 'comptoir-of-somebody', `other-${gone}-a1`];
  for (const name of [`comptoir-${gone}-e2e-a1`, `comptoir-${gone}-bundle-a1`, ...kept]) leave(name);
  writeFileSync(path.join(temporary, `comptoir-${gone}-port-24432`), '');
  const { run } = await startServers(temporary);
  run.child.send('stop');
  expect(await run.ended).toBe(0);
  expect(readdirSync(temporary).sort()).toEqual(kept.sort());
});
