import { existsSync } from 'node:fs';
import path from 'node:path';
import { debianLibraries, unpackedProgram } from '../debian-packages.ts';

/** Where a Redis server lies. */
export interface RedisInstallation {
  readonly program: string;
  /** More places for the dynamic linker, for packages that are only unpacked. */
  readonly libraries: readonly string[];
}

/** Redis of this machine: distribution packages, Homebrew, or built from source. */
export function installedRedis(): RedisInstallation | undefined {
  const program = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].map((folder) => path.join(folder, 'redis-server')).find(existsSync);
  return program === undefined ? undefined : { program, libraries: [] };
}

/** Redis from Debian's or Ubuntu's packages, unpacked into .runtime/; fetched once. */
export function unpackedRedis(say: (line: string) => void, signal?: AbortSignal): Promise<RedisInstallation> {
  return unpackedProgram({ name: 'Redis', packageName: 'redis-server', folder: 'redis', sizeMb: 2, find: unpackedBelow }, say, signal);
}

function unpackedBelow(prefix: string): RedisInstallation | undefined {
  const program = path.join(prefix, 'usr/bin/redis-server');
  return existsSync(program) ? { program, libraries: debianLibraries(prefix) } : undefined;
}
