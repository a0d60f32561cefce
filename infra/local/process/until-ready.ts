import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Guarded } from './guarded.ts';

export interface ReadyWait {
  readonly timeoutMs: number;
  /** Between two looks. */
  readonly pollMs: number;
  /** Aborted where the program is not wanted any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks again and again whether a program can be used: `ready`, `ended` by itself, or `late`, and then it was stopped. A look that takes too long is not waited for.
 * @throws the signal's reason, once the program was stopped.
 */
export async function untilReady(
  guarded: Guarded,
  isReady: () => Promise<boolean>,
  { timeoutMs, pollMs, signal }: ReadyWait,
): Promise<'ready' | 'ended' | 'late'> {
  const over = new AbortController();
  const end = () => over.abort();
  const timer = setTimeout(end, timeoutMs);
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end);
  const ended = new Promise<false>((resolve) => over.signal.addEventListener('abort', () => resolve(false)));
  try {
    while (!over.signal.aborted) {
      if (guarded.hasExited()) return 'ended';
      if (await Promise.race([isReady(), ended])) return 'ready';
      await delay(pollMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
  } catch (error) {
    await guarded.stop();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
  await guarded.stop();
  signal?.throwIfAborted();
  return 'late';
}

/** How much a log holds by now, for `saidSince`. */
export const logLength = (logFile: string): number => (existsSync(logFile) ? statSync(logFile).size : 0);

/** The last lines of what was written to a log since it held `length` bytes. */
export function saidSince(logFile: string, length: number): string {
  return existsSync(logFile) ? readFileSync(logFile).subarray(length).toString().trim().split('\n').slice(-20).join('\n') : '';
}
