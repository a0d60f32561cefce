import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isAlive } from '../process/is-alive.ts';
import { isRoot } from './account.ts';
import { startPostgres } from './server.ts';

const firstPort = 26_432;

/** PostgreSQL as another account gets through, or not. */
function folderOfMode(mode = 0o755): string {
  const folder = temporaryFolder();
  chmodSync(folder, mode);
  return folder;
}

async function start(folder: string, port = firstPort) {
  const server = await startPostgres({ folder, port, logFile: path.join(folder, 'postgres.log') });
  onTestFinished(() => server.stop());
  return server;
}

async function query<T>(url: string, text: string): Promise<T[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}

/** A process that holds a server; the process and what it says of the server. */
async function hold(folder: string): Promise<{ holder: ChildProcess; guardPid: number; pid: number; url: string; origin: string }> {
  const holder = spawn(process.execPath, [path.join(import.meta.dirname, 'testing/hold.ts'), folder, String(firstPort + 100)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: holder.stdout as NodeJS.ReadableStream }), 'line')) as [string];
  const said = JSON.parse(line) as { pid: number; url: string; origin: string };
  const guardPid = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(said.pid)], { encoding: 'utf8' }));
  return { holder, guardPid, ...said };
}

test('a cluster is made once and its data outlives a restart', async () => {
  const folder = folderOfMode();
  const first = await start(folder);
  expect(first.origin).toBe('created');
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start(folder);
  expect(second.origin).toBe('started');
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
});

test('it wants its password, which only we can read, and listens on the loopback only', async () => {
  const folder = folderOfMode();
  const { url } = await start(folder);
  await expect(query(url.replace(/:[^:@/]+@/, ':wrong@'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  expect(statSync(path.join(folder, 'password')).mode & 0o777).toBe(0o600);
  expect(await query(url, "SELECT current_setting('listen_addresses') AS addresses")).toEqual([{ addresses: '127.0.0.1' }]);
});

test('a taken port is passed over', async () => {
  const blocker = net.createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  onTestFinished(() => void blocker.close());
  const { port } = blocker.address() as net.AddressInfo;
  const server = await start(folderOfMode(), port);
  expect(server.port).toBeGreaterThan(port);
});

test('a killed owner takes its server along', async () => {
  const { holder, pid } = await hold(folderOfMode());
  holder.kill('SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
});

test('a server whose owner and guard were killed is adopted by the next start, and stopped with it', async () => {
  const folder = folderOfMode();
  const { holder, guardPid, pid, url } = await hold(folder);
  process.kill(guardPid, 'SIGKILL');
  holder.kill('SIGKILL');
  const adopted = await start(folder);
  expect(adopted).toMatchObject({ origin: 'adopted', pid, url });
  expect(await query(adopted.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await adopted.stop();
  expect(isAlive(pid)).toBe(false);
});

test('a killed server comes back with everything that was committed', async () => {
  const folder = folderOfMode();
  const first = await start(folder);
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const second = await start(folder);
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
});

test('an initdb that was interrupted is begun anew', async () => {
  const folder = folderOfMode();
  mkdirSync(path.join(folder, 'data.new'));
  expect((await start(folder)).origin).toBe('created');
  expect(existsSync(path.join(folder, 'data.new'))).toBe(false);
});

test.runIf(isRoot())('as root it runs as somebody else, in a folder closed to others too', async () => {
  const closed = folderOfMode(0o700);
  const { url, pid } = await start(path.join(closed, 'postgres'));
  expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
  const [{ place = '' } = {}] = await query<{ place: string }>(url, "SELECT current_setting('data_directory') AS place");
  onTestFinished(() => rmSync(path.dirname(place), { recursive: true, force: true }));
  expect(place.startsWith(closed)).toBe(false);
});

test('data of another version is left alone', async () => {
  const folder = folderOfMode();
  await (await start(folder)).stop();
  execFileSync('sh', ['-c', 'echo 12 > "$1"', 'sh', path.join(folder, 'data/PG_VERSION')]);
  await expect(start(folder)).rejects.toThrow(/was written by PostgreSQL 12/);
  expect(readFileSync(path.join(folder, 'data/PG_VERSION'), 'utf8').trim()).toBe('12');
});
