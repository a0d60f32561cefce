import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { runtimeFolder } from '../places.ts';
import { SetupError } from '../setup-error.ts';
import { debianInstallation, type RabbitInstallation } from './installation.ts';

const run = promisify(execFile);
const downloadTimeoutMs = 5 * 60_000;
const unpackTimeoutMs = 60_000;

const unpacked = path.join(runtimeFolder, 'rabbitmq');

/** RabbitMQ from Debian's or Ubuntu's packages, unpacked into .runtime/ without root and without touching the system; fetched once (40 MB). */
export async function unpackedRabbit(say: (line: string) => void): Promise<RabbitInstallation> {
  const before = debianInstallation(unpacked);
  if (before !== undefined) return before;
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb'))
    throw new SetupError('this is no Debian or Ubuntu (no apt-get and dpkg-deb)');
  say('Fetching RabbitMQ for this folder only (Debian packages, 40 MB), about fifteen seconds…');
  const draft = path.join(runtimeFolder, `rabbitmq-${process.pid}`);
  try {
    for (const archive of await download(draft))
      await run('dpkg-deb', ['-x', archive, path.join(draft, 'root')], { timeout: unpackTimeoutMs });
    place(path.join(draft, 'root'));
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new SetupError(`could not fetch RabbitMQ from the distribution: ${(stderr || message).trim().split('\n').slice(-3).join(' ')}`, {
      cause: error,
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  const found = debianInstallation(unpacked);
  if (found === undefined) throw new SetupError('the RabbitMQ packages of this distribution hold no server where one is expected');
  return found;
}

/** The packages of rabbitmq-server and of all it needs that is not installed, downloaded with lists and caches of our own. */
async function download(folder: string): Promise<string[]> {
  const archives = path.join(folder, 'archives');
  for (const place of ['lists/partial', 'archives/partial', 'state', 'root']) mkdirSync(path.join(folder, place), { recursive: true });
  writeFileSync(path.join(folder, 'state/status'), '');
  const options = [
    ['Dir::State', path.join(folder, 'state')],
    ['Dir::State::lists', path.join(folder, 'lists')],
    ['Dir::State::status', '/var/lib/dpkg/status'],
    ['Dir::Cache', folder],
    ['Dir::Cache::archives', archives],
    ['Dir::Cache::pkgcache', ''],
    ['Dir::Cache::srcpkgcache', ''],
    ['Debug::NoLocking', '1'],
    ['APT::Sandbox::User', ''],
    ['Acquire::Languages', 'none'],
    ['Acquire::http::Timeout', '30'],
    ['Acquire::Retries', '2'],
  ].flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const apt = (...args: string[]) =>
    run('apt-get', [...options, '-qq', ...args], {
      timeout: downloadTimeoutMs,
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    });
  await apt('update');
  await apt('install', '--no-install-recommends', '--download-only', '-y', 'rabbitmq-server');
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => path.join(archives, name));
}

/** Into its place in one step; another process of this clone may have been faster. */
function place(tree: string): void {
  try {
    renameSync(tree, unpacked);
  } catch (error) {
    if (debianInstallation(unpacked) !== undefined) return;
    rmSync(unpacked, { recursive: true, force: true });
    renameSync(tree, unpacked);
    if (!existsSync(unpacked)) throw error;
  }
}
