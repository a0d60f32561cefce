import { setTimeout as delay } from 'node:timers/promises';
import { createNewest, type Newest } from './newest.ts';

export interface SharedPollConfig<T> {
  readonly read: () => Promise<T>;
  readonly intervalMs: number;
  /** Two states of the same fingerprint are the same: nobody is told. */
  readonly fingerprint: (state: T) => string;
}

/** A state that has to be asked for, asked for once for all who listen, and only while somebody does. */
export interface SharedPoll<T> {
  /** The state now, then on every change. A read that fails ends it with the error. */
  listen(): AsyncIterableIterator<T>;
  /** Asks at once instead of waiting for the next turn. */
  wake(): void;
  stop(): void;
}

export function createSharedPoll<T>({ read, intervalMs, fingerprint }: SharedPollConfig<T>): SharedPoll<T> {
  const listeners = new Map<Newest<T>, string | null>();
  let turn = new AbortController();
  let running = false;

  async function poll(): Promise<void> {
    while (listeners.size > 0) {
      turn = new AbortController();
      const state = await read();
      const print = fingerprint(state);
      for (const [listener, told] of listeners) {
        if (told === print) continue;
        listeners.set(listener, print);
        listener.put(state);
      }
      await delay(intervalMs, undefined, { signal: turn.signal }).catch(() => undefined);
    }
  }

  function run(): void {
    if (running) {
      turn.abort();
      return;
    }
    running = true;
    poll()
      .catch((error: unknown) => {
        for (const listener of [...listeners.keys()]) listener.fail(error);
      })
      .finally(() => {
        running = false;
        if (listeners.size > 0) run();
      });
  }

  return {
    listen() {
      const listener: Newest<T> = createNewest(() => {
        listeners.delete(listener);
        if (listeners.size === 0) turn.abort();
      });
      listeners.set(listener, null);
      run();
      return listener.values;
    },
    wake: () => turn.abort(),
    stop() {
      for (const listener of [...listeners.keys()]) listener.end();
    },
  };
}
