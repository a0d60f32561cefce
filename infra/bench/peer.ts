import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const installTimeoutMs = 120_000;

/** Installs into a peer's own folder what its lock says, where that was not done yet. */
export async function installPeer(folder: URL, say: (line: string) => void): Promise<void> {
  const wanted = dependencies(new URL('package-lock.json', folder));
  const installed = new URL('node_modules/.package-lock.json', folder);
  if (existsSync(installed) && dependencies(installed) === wanted) return;
  say(`installing the peer ${folder.pathname.split('/').at(-2)}…`);
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: fileURLToPath(folder),
    timeout: installTimeoutMs,
  });
}

/** What a lock names, each with its version, as one text. */
function dependencies(lock: URL): string {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as { packages: Record<string, { version?: string }> };
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, { version }]) => `${place}@${version}`)
    .sort()
    .join('\n');
}
