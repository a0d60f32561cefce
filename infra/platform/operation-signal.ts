import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<AbortSignal>();

/** Runs `work` as an operation whose answer somebody waits for until the signal fires; a statement that the database runs for it then is given up. */
export function runWhileAwaited<T>(signal: AbortSignal, work: () => T): T {
  return current.run(signal, work);
}

/** Of the operation in hand; null outside of any. */
export function operationSignal(): AbortSignal | null {
  return current.getStore() ?? null;
}
