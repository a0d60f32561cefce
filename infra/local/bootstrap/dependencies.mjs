import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { alone } from './install-lock.mjs';
import { satisfies } from './installed.mjs';
import { npm } from './npm.mjs';
import { root } from './places.mjs';
import { SetupError } from './setup-error.mjs';

const stampFile = path.join(root, 'node_modules/.comptoir-installed.json');
const lockFile = path.join(root, 'package-lock.json');
const hiddenLockFile = path.join(root, 'node_modules/.package-lock.json');

/** Makes node_modules hold what the lock says. `set`: 'production', or 'all' with what tests and checks need. */
export async function ensureDependencies(set, say) {
  if (await stamped(set)) return;
  await alone('install', async () => {
    if (await stamped(set)) return;
    if (await installedByHand(set)) return stamp(set);
    say(`Installing dependencies (${set === 'all' ? 'all' : 'what runs'}), this takes about ten seconds…`);
    const startedAt = Date.now();
    const chosen = set === 'all' ? ['--include=dev'] : ['--omit=dev'];
    try {
      await npm(['ci', '--ignore-scripts', '--include=optional', ...chosen], { cwd: root });
    } catch (error) {
      throw new SetupError(
        `The dependencies could not be installed.\n${error.message}\n\nIs the npm registry reachable (npm ping)? Behind a proxy: npm config set proxy http://…\nThen run the same command again.`,
        { cause: error },
      );
    }
    await stamp(set);
    say(`Dependencies installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  });
}

async function lockHash() {
  return createHash('sha256')
    .update(await readFile(lockFile))
    .digest('hex');
}

async function readJson(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // Missing or cut off in the middle: as if nothing were installed.
    return null;
  }
}

async function stamped(set) {
  const found = await readJson(stampFile);
  if (found === null || found.lock !== (await lockHash())) return false;
  return found.set === 'all' || found.set === set;
}

async function installedByHand(set) {
  const [lock, hidden] = await Promise.all([readJson(lockFile), readJson(hiddenLockFile)]);
  return lock !== null && hidden !== null && satisfies(lock, hidden, set);
}

async function stamp(set) {
  await writeFile(stampFile, JSON.stringify({ lock: await lockHash(), set }));
}
