import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../places.ts';

/** Files of the repository, tracked or about to be, relative to the root. Outside a repository (an archive) there are none. */
export async function repositoryFiles(): Promise<string[]> {
  if (!existsSync(path.join(root, '.git'))) return [];
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\0').filter((file) => file !== '' && existsSync(path.join(root, file)));
}
