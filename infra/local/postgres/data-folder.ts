import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../setup-error.ts';
import { type Account, isRoot, reachableByOthers, serverAccount } from './account.ts';
import { type PostgresBinaries, publicFolder } from './binaries.ts';

const initTimeoutMs = 120_000;

export interface DataFolder {
  /** PostgreSQL's own data directory. */
  readonly data: string;
  readonly password: string;
  /** Whom the server runs as; undefined: as ourselves. */
  readonly account: Account | undefined;
  /** Whether the cluster had to be made. */
  readonly created: boolean;
}

/** What PostgreSQL is given of our environment: nothing that it has no use for. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TZ, SystemRoot, TEMP, TMP, TMPDIR } = process.env;
  return { PATH, TZ, SystemRoot, TEMP, TMP, TMPDIR, LC_ALL: 'C', LC_MESSAGES: 'C' };
}

/** Makes the cluster in `folder` where there is none; as root in a closed folder, where the server's account can reach it. */
export async function ensureDataFolder(folder: string, binaries: PostgresBinaries, signal?: AbortSignal): Promise<DataFolder> {
  mkdirSync(folder, { recursive: true });
  const home = isRoot() && !reachableByOthers(folder) ? outside(folder) : folder;
  const data = path.join(home, 'data');
  const account = serverAccount(data);
  const passwordFile = path.join(folder, 'password');
  // Whoever deleted the data folder, or the whole clone, wanted to begin anew; what is kept outside goes with it.
  const forsaken = home !== folder && !existsSync(passwordFile);
  const exists = existsSync(path.join(data, 'PG_VERSION')) && !forsaken;
  if (exists) checkVersion(data, binaries);
  if (exists && !existsSync(passwordFile)) {
    throw new SetupError(
      `The password of the database in ${data} is gone (${passwordFile}). Bring that file back, or delete ${data} to begin with an empty database.`,
    );
  }
  const password = exists ? readFileSync(passwordFile, 'utf8').trim() : randomBytes(24).toString('hex');
  if (!exists) {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    await initialise(home, data, password, binaries, account, signal);
  }
  return { data, password, account, created: !exists };
}

/** A folder of this clone's own beside the closed one; only one that root made is used. */
function outside(folder: string): string {
  const place = path.join(publicFolder(), `comptoir-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
  mkdirSync(place, { recursive: true, mode: 0o755 });
  const made = lstatSync(place);
  if (!made.isDirectory() || made.uid !== 0)
    throw new SetupError(`${place} belongs to somebody else. Delete it, or choose another data folder with COMPTOIR_DATA.`);
  chmodSync(place, 0o755);
  return place;
}

function checkVersion(data: string, { major }: PostgresBinaries): void {
  const written = readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (written === major) return;
  throw new SetupError(
    `The database in ${data} was written by PostgreSQL ${written}; this is PostgreSQL ${major}. Go back to the version before, or move that folder away to begin with an empty database.`,
  );
}

async function initialise(
  home: string,
  data: string,
  password: string,
  { initdb }: PostgresBinaries,
  account: Account | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  // Under another name until it is whole: an interrupted initdb leaves a folder that looks finished.
  const draft = path.join(home, 'data.new');
  const passwordFile = path.join(home, 'password.new');
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) for (const place of [draft, passwordFile]) chownSync(place, account.uid, account.gid);
  try {
    const args = [
      '-D',
      draft,
      '-U',
      'postgres',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-E',
      'UTF8',
      '--no-locale',
      '--no-sync',
      '--no-instructions',
    ];
    await promisify(execFile)(initdb, args, { ...account, env: serverEnvironment(), cwd: home, timeout: initTimeoutMs, signal });
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    signal?.throwIfAborted();
    const { stderr, message } = error as Error & { stderr?: string };
    throw new SetupError(
      `The embedded PostgreSQL could not make its data folder ${data}:\n${(stderr || message).trim()}\nIs the disk full? Another server can be used instead: set DATABASE_URL.`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(data, { recursive: true, force: true });
  renameSync(draft, data);
}
