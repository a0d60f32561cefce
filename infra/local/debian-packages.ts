import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { runtimeFolder } from './places.ts';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);
const downloadTimeoutMs = 5 * 60_000;
const unpackTimeoutMs = 60_000;

/** A program of Debian's or Ubuntu's packages, and how to find it below a folder where they were unpacked. */
export interface DebianProgram<Installation> {
  /** What people call it, e.g. `RabbitMQ`. */
  readonly name: string;
  readonly packageName: string;
  /** Folder below .runtime/. */
  readonly folder: string;
  readonly sizeMb: number;
  /** Undefined where it is not there. */
  readonly find: (prefix: string) => Installation | undefined;
}

/**
 * The program from the distribution's packages, unpacked into .runtime/ without root and without touching the system; fetched once.
 * @throws SetupError where there is no Debian, or its packages cannot be had.
 */
export async function unpackedProgram<Installation>(
  { name, packageName, folder, sizeMb, find }: DebianProgram<Installation>,
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<Installation> {
  const unpacked = path.join(runtimeFolder, folder);
  const before = find(unpacked);
  if (before !== undefined) return before;
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb'))
    throw new SetupError('this is no Debian or Ubuntu (no apt-get and dpkg-deb)');
  say(`Fetching ${name} for this folder only (Debian packages, ${sizeMb} MB)…`);
  const draft = path.join(runtimeFolder, `${folder}-${process.pid}`);
  try {
    for (const archive of await download(packageName, draft, signal))
      await run('dpkg-deb', ['-x', archive, path.join(draft, 'root')], { timeout: unpackTimeoutMs, signal });
    place(path.join(draft, 'root'), unpacked, () => find(unpacked) !== undefined);
  } catch (error) {
    signal?.throwIfAborted();
    const { stderr, message } = error as Error & { stderr?: string };
    throw new SetupError(`could not fetch ${name} from the distribution: ${(stderr || message).trim().split('\n').slice(-3).join(' ')}`, {
      cause: error,
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  const found = find(unpacked);
  if (found === undefined) throw new SetupError(`the ${name} packages of this distribution hold no server where one is expected`);
  return found;
}

const multiarch: Partial<Record<NodeJS.Architecture, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** Where the dynamic linker has to look besides its own places, for packages unpacked below `prefix`; none for those of the system (''). */
export function debianLibraries(prefix: string): readonly string[] {
  const triplet = multiarch[process.arch];
  return prefix === '' || triplet === undefined ? [] : [path.join(prefix, 'usr/lib', triplet), path.join(prefix, 'lib', triplet)];
}

/** The archives of a package and of all it needs that is not installed, downloaded with lists and caches of our own. */
async function download(packageName: string, folder: string, signal: AbortSignal | undefined): Promise<string[]> {
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
      signal,
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
    });
  await apt('update');
  await apt('install', '--no-install-recommends', '--download-only', '-y', packageName);
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => path.join(archives, name));
}

/** Into its place in one step; another process of this clone may have been faster. */
function place(tree: string, unpacked: string, isThere: () => boolean): void {
  try {
    renameSync(tree, unpacked);
  } catch (error) {
    if (isThere()) return;
    rmSync(unpacked, { recursive: true, force: true });
    renameSync(tree, unpacked);
    if (!existsSync(unpacked)) throw error;
  }
}
