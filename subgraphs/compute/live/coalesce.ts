import { setTimeout as delay } from 'node:timers/promises';
import { createNewest } from './newest.ts';

export interface CoalesceConfig<T> {
  /** Tells that something changed; what it says does not matter. Attached before the first read, so that no change is missed. */
  readonly changes: AsyncIterableIterator<unknown>;
  readonly read: () => Promise<T>;
  /** Time between two reads at least. The newest state is always delivered in the end. */
  readonly intervalMs: number;
}

/** The state now, and again after it changed, a few times a second at most however many changes there are. */
export function coalesce<T>({ changes, read, intervalMs }: CoalesceConfig<T>): AsyncIterableIterator<T> {
  const ending = new AbortController();
  const newest = createNewest<T>(() => {
    ending.abort();
    void changes.return?.();
  });
  let stale = true;
  let wake: () => void = () => undefined;

  async function watch(): Promise<void> {
    for await (const _ of changes) {
      stale = true;
      wake();
    }
    newest.end();
  }

  async function deliver(): Promise<void> {
    while (!ending.signal.aborted) {
      if (!stale) {
        const woken = Promise.withResolvers<void>();
        wake = woken.resolve;
        ending.signal.addEventListener('abort', wake, { once: true });
        await woken.promise;
        ending.signal.removeEventListener('abort', wake);
        continue;
      }
      stale = false;
      newest.put(await read());
      await delay(intervalMs, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }

  watch().catch(newest.fail);
  deliver().catch(newest.fail);
  return newest.values;
}
