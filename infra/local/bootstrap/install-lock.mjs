import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runtimeFolder } from './places.mjs';
import { SetupError } from './setup-error.mjs';

const waitMs = 15 * 60_000;

/** Runs `work` while no other process of this clone installs; a lock whose owner is gone is taken over. */
export async function alone(name, work) {
  const lock = path.join(runtimeFolder, `${name}.lock`);
  await mkdir(runtimeFolder, { recursive: true });
  const until = Date.now() + waitMs;
  while (!(await take(lock))) {
    if (await abandoned(lock)) await rm(lock, { recursive: true, force: true });
    else if (Date.now() > until)
      throw new SetupError(`another process has been installing for ${waitMs / 60_000} minutes; if there is none, delete ${lock}`);
    else await delay(200);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function take(lock) {
  try {
    await mkdir(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(path.join(lock, 'pid'), String(process.pid));
  return true;
}

async function abandoned(lock) {
  const pid = Number(await readFile(path.join(lock, 'pid'), 'utf8').catch(() => '0'));
  if (pid > 0) return !alive(pid);
  // Its owner has not written its number yet, or died before it could.
  const made = await stat(lock).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  return Date.now() - made > 5_000;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
