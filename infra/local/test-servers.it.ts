import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { expect, onTestFinished, test } from 'vitest';

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

test.runIf(process.platform === 'linux').each(['SIGINT', 'SIGTERM'] as const)(
  '%s while the servers of the tests start stops what was begun',
  async (signal) => {
    const temporary = temporaryFolder();
    chmodSync(temporary, 0o711);
    const { TEST_DATABASE_URL: _, TEST_AMQP_URL: __, TEST_REDIS_URL: ___, ...env } = process.env;
    const command = spawn(process.execPath, [path.join(import.meta.dirname, 'run.mjs'), 'test', 'no-test-of-this-name'], {
      env: { ...env, TMPDIR: temporary },
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
