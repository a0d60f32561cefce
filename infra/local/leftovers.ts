import { readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './process/is-alive.ts';

/** Deletes what killed processes of ours left among the temporary files; each is named after its process: comptoir-<pid>-<what>. */
export function removeLeftovers(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const owner = /^comptoir-(\d+)-/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) remove(path.join(os.tmpdir(), name));
  }
}

function remove(place: string): void {
  try {
    rmSync(place, { recursive: true, force: true });
  } catch {
    // Somebody else's, or another start deletes it at this very moment. It is in nobody's way.
  }
}
