import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
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
    const temporary = mkdtempSync(path.join(os.tmpdir(), 'comptoir-test-servers-it-'));
    chmodSync(temporary, 0o711);
    onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
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
