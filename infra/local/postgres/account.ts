import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../setup-error.ts';

/** An account that a program is run as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * PostgreSQL refuses to run as root. Then: the owner of the data that is there already (another one could not read it), else postgres, else nobody.
 * Undefined where we are an ordinary user ourselves.
 */
export function serverAccount(dataFolder: string): Account | undefined {
  if (!isRoot()) return undefined;
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = accountNamed('postgres') ?? accountNamed('nobody');
  if (account === undefined) {
    throw new SetupError(
      'PostgreSQL does not run as root and there is no account "postgres" or "nobody" here. Run this as an ordinary user, or set DATABASE_URL.',
    );
  }
  return account;
}

function accountNamed(name: string): Account | undefined {
  const entry = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(readFileSync('/etc/passwd', 'utf8'));
  return entry === null ? undefined : { uid: Number(entry[1]), gid: Number(entry[2]) };
}

/** Whether an account that is not ours, and is neither owner nor of the group, can enter this folder and all above it. */
export function reachableByOthers(folder: string): boolean {
  for (let place = path.resolve(folder); ; place = path.dirname(place)) {
    const found = statSync(place, { throwIfNoEntry: false });
    if (found !== undefined && (found.mode & 0o001) === 0) return false;
    if (place === path.dirname(place)) return true;
  }
}

/** Whether the folder can be written to by us. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
