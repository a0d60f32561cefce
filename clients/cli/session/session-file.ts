import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../failure.ts';

/** A sign-in as it is kept between commands. */
export interface StoredSession {
  /** What the person signed in with. */
  readonly login: string;
  readonly accessToken: string;
  /** In ms since 1970, as are all. */
  readonly accessExpiresAt: number;
  readonly refreshToken: string;
  readonly refreshExpiresAt: number;
}

/** The sign-ins of this user, one a gateway, in a file that nobody else can read. */
export interface SessionFile {
  readonly path: string;
  read(origin: string): Promise<StoredSession | null>;
  write(origin: string, session: StoredSession | null): Promise<void>;
  /** Runs `work` while no other command does. A command that was killed while it did holds up the others for 20 s. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>;
}

type Sessions = Record<string, StoredSession>;

/** A command that holds the lock for longer than this was killed: it asks the gateway once, and that is bounded. */
const staleLockMs = 20_000;
const lockLookMs = 50;

/** Under XDG_CONFIG_HOME, else .config of the home folder; on Windows APPDATA. */
export function configFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  // A relative XDG folder is to be ignored, as its specification has it.
  const given = env.XDG_CONFIG_HOME && path.isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : undefined;
  const usual = platform === 'win32' && env.APPDATA ? env.APPDATA : path.join(homedir(), '.config');
  return path.join(given ?? usual, 'comptoir');
}

export function createSessionFile(folder = configFolder()): SessionFile {
  const file = path.join(folder, 'sessions.json');
  const lock = `${file}.lock`;

  async function readAll(): Promise<Sessions> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw new UsageError([`${file} cannot be read: ${(error as Error).message}`]);
    }
    try {
      return readSessions(JSON.parse(text));
    } catch {
      throw new UsageError([`${file} is not what comptoir wrote: delete it, then sign in again with comptoir login`]);
    }
  }

  /** Whole or not at all: a reader never finds half a file, and no moment comes at which others may read it. */
  async function writeAll(sessions: Sessions): Promise<void> {
    const fresh = `${file}.${randomUUID()}`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(fresh, `${JSON.stringify(sessions, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      await rename(fresh, file);
    } catch (error) {
      await rm(fresh, { force: true });
      throw unwritable(error);
    }
  }

  async function isStale(): Promise<boolean> {
    try {
      return Date.now() - (await stat(lock)).mtimeMs > staleLockMs;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  const unwritable = (error: unknown) => new UsageError([`${folder} cannot be written to: ${(error as Error).message}`]);

  async function take(): Promise<void> {
    for (;;) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await (await open(lock, 'wx', 0o600)).close();
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(error);
      }
      // Should two take over at once, both ask with the same refresh token, which the gateway answers alike for ten seconds.
      if (await isStale()) await rm(lock, { force: true });
      else await wait(lockLookMs);
    }
  }

  return {
    path: file,
    read: async (origin) => (await readAll())[origin] ?? null,
    async write(origin, session) {
      const { [origin]: _before, ...others } = await readAll();
      await writeAll(session === null ? others : { ...others, [origin]: session });
    },
    async alone(work) {
      await take();
      try {
        return await work();
      } finally {
        await rm(lock, { force: true });
      }
    },
  };
}

/** @throws Error where it is not what was written. */
function readSessions(value: unknown): Sessions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no sessions');
  for (const each of Object.values(value) as Partial<StoredSession>[]) {
    const texts = [each?.login, each?.accessToken, each?.refreshToken];
    const instants = [each?.accessExpiresAt, each?.refreshExpiresAt];
    if (!texts.every((text) => typeof text === 'string') || !instants.every(Number.isFinite)) throw new Error('not a session');
  }
  return value as Sessions;
}
