import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './process/is-alive.ts';

const held = new Set<string>();

/**
 * Claims the port against all that ask here in other runs. Whoever asks leaves its mark first and then looks for those of others: of two that ask at the same moment both may
 * be refused, but never do both get it. A process hands its ports on to those it starts, so they claim in its name, and what they claimed is free again when it has ended.
 */
export function holdPort(port: number): boolean {
  const claimant = nameOfClaimant();
  const mark = markOf(port, claimant);
  const isNew = leave(mark);
  if (isNew) held.add(mark);
  const others = readdirSync(os.tmpdir()).flatMap((name) => {
    const [, pid, claimed] = /^comptoir-(\d+)-port-(\d+)$/.exec(name) ?? [];
    return Number(claimed) === port && pid !== claimant ? [Number(pid)] : [];
  });
  // The mark of one that was killed counts no more.
  if (!others.some(isAlive)) return true;
  if (isNew) releasePort(port);
  return false;
}

/** Gives back what this process has claimed, not what was handed to it. */
export function releasePort(port: number): void {
  const mark = markOf(port, nameOfClaimant());
  if (held.delete(mark)) rmSync(mark, { force: true });
}

const markOf = (port: number, claimant: string) => path.join(os.tmpdir(), `comptoir-${claimant}-port-${port}`);

function nameOfClaimant(): string {
  const { COMPTOIR_PORTS_CLAIMANT: given } = process.env;
  if (given !== undefined) return given;
  const own = String(process.pid);
  process.env.COMPTOIR_PORTS_CLAIMANT = own;
  process.once('exit', () => releaseAll(own));
  return own;
}

function releaseAll(claimant: string): void {
  for (const name of readdirSync(os.tmpdir()))
    if (name.startsWith(`comptoir-${claimant}-port-`)) rmSync(path.join(os.tmpdir(), name), { force: true });
}

/** Whether it was not there yet. */
function leave(mark: string): boolean {
  try {
    writeFileSync(mark, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
