/** Delay before the next try, growing by two from the first to the last, with up to a fifth of jitter; `attempt` counts from 0. */
export function backoffMs(attempt: number, { firstMs = 100, maxMs = 5_000 }: { firstMs?: number; maxMs?: number } = {}): number {
  const delayMs = Math.min(firstMs * 2 ** Math.min(attempt, 20), maxMs);
  return delayMs * (1 + Math.random() * 0.2);
}

/** Waits; true when the time is up, false as soon as the signal aborts. */
export function pause(delayMs: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (elapsed: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(elapsed);
    };
    const onAbort = () => end(false);
    const timer = setTimeout(end, delayMs, true);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
