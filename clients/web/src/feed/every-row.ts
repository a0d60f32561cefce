import type { Allowance } from '../graph/allowance.ts';
import { retryAfterSeconds } from '../graph/error-code.ts';
import { allPages } from './all-pages.ts';
import { type PageOf, pageSize } from './live-list.ts';

/** How far it is. */
export interface Reading {
  readonly rows: number;
  /** When, in ms since 1970, it goes on after the limit of requests; null while it goes on. */
  readonly waitsUntil: number | null;
}

export interface EveryRowOptions {
  readonly allowance: Allowance;
  readonly signal: AbortSignal;
  tell(reading: Reading): void;
  /** Waits; over at once where the signal is aborted. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The limit of requests lets a list be read only after so long that nobody waits for it. */
export class LimitReached extends Error {
  readonly retryAfterSeconds: number;
  constructor(seconds: number, options?: ErrorOptions) {
    super(`the limit of requests is reached for ${seconds} s`, options);
    this.retryAfterSeconds = seconds;
  }
}

/** What is further down a longer list is left out. */
export const mostRead = 50_000;
/** A short list is asked for at once, whatever is left of the limit. */
const pagesAtOnce = 5;
/** A window of a minute, and some more. */
const longestWaitSeconds = 90;
const mostRefusals = 5;

/**
 * Every row of a list. Before the limit of requests is reached it waits, so that it keeps nobody else from working; where it is
 * reached all the same, it waits as long as it is told. `complete` is false where the list is longer than `mostRead`.
 * @throws LimitReached, the signal's reason, or why a page could not be had.
 */
export function everyRow<T extends { readonly id: string }>(
  pageOf: PageOf<T>,
  { allowance, signal, tell, pause = sleep }: EveryRowOptions,
): Promise<{ readonly nodes: readonly T[]; readonly complete: boolean }> {
  let rows = 0;
  let pages = 0;
  const rest = async (seconds: number, cause?: unknown) => {
    if (seconds > longestWaitSeconds) throw new LimitReached(seconds, { cause });
    tell({ rows, waitsUntil: Date.now() + seconds * 1_000 });
    await pause(seconds * 1_000, signal);
    signal.throwIfAborted();
  };
  const patiently: PageOf<T> = async (after) => {
    const seconds = pages < pagesAtOnce ? 0 : allowance.spareInSeconds();
    if (seconds > 0) await rest(seconds);
    for (let refusals = 0; ; refusals += 1) {
      try {
        const page = await pageOf(after);
        signal.throwIfAborted();
        pages += 1;
        rows += page.nodes.length;
        tell({ rows, waitsUntil: null });
        return page;
      } catch (error) {
        const retryAfter = signal.aborted || refusals >= mostRefusals ? null : retryAfterSeconds(error);
        if (retryAfter === null) throw error;
        await rest(retryAfter, error);
      }
    }
  };
  return allPages(patiently, mostRead / pageSize);
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const over = () => resolve();
  signal.addEventListener('abort', over, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', over);
  });
}
