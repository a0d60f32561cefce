import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when a condition holds, looked at again after each pause. @throws Error with what is said of it then, when the time is up. */
export async function until(holds: () => Promise<boolean>, boundMs: number, describe: () => string, pauseMs = 50): Promise<void> {
  const deadline = Date.now() + boundMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(describe());
    await delay(pauseMs);
  }
}
