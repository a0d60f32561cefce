/** Where a long-lived thing stands. `failed` means that start() threw; stop() may then still be called. */
export type LifecycleState = 'new' | 'starting' | 'started' | 'failed' | 'stopping' | 'stopped';

export interface Lifecycle {
  state(): LifecycleState;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes start() and stop() idempotent: callers share the promise in flight. A stop() during start() waits for the start to settle, unless the
 * start listens to its signal and gives up. What was stopped cannot be started again.
 */
export function createLifecycle(steps: { start(signal: AbortSignal): Promise<void>; stop(): Promise<void> }): Lifecycle {
  let state: LifecycleState = 'new';
  let starting: Promise<void> | null = null;
  let stopping: Promise<void> | null = null;
  const abort = new AbortController();

  async function begin(): Promise<void> {
    state = 'starting';
    try {
      await steps.start(abort.signal);
      if (!stopping) state = 'started';
    } catch (error) {
      if (!stopping) state = 'failed';
      throw error;
    }
  }

  async function end(): Promise<void> {
    state = 'stopping';
    abort.abort(new Error('stopped while starting'));
    // The starter has its error already; here only the order matters.
    await starting?.catch(() => undefined);
    try {
      if (starting) await steps.stop();
    } finally {
      state = 'stopped';
    }
  }

  return {
    state: () => state,
    start() {
      if (stopping) return Promise.reject(new Error('was stopped and cannot be started again'));
      starting ??= begin();
      return starting;
    },
    stop() {
      stopping ??= end();
      return stopping;
    },
  };
}
