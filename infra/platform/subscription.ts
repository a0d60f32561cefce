import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';

export interface SubscriptionDeps<C extends object> {
  /** A context for the beginning, and one for each event. */
  openContext(signal: AbortSignal): Promise<C>;
  closeContext(context: C): Promise<void>;
  /** Told of the time one event took to resolve. */
  onEvent?(seconds: number): void;
  onEnd?(): void;
}

/**
 * Runs a subscription with a context of its own for every event (graphql-js keeps one for all, and with it what DataLoaders cached).
 * return() ends it at once, also while the source is quiet: the signal fires and the source is released without waiting for its next event.
 */
export async function runSubscription<C extends object>(
  args: Omit<ExecutionArgs, 'contextValue'>,
  { openContext, closeContext, onEvent, onEnd }: SubscriptionDeps<C>,
): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
  const abort = new AbortController();
  const beginning = await openContext(abort.signal);
  let source: AsyncIterator<unknown>;
  try {
    const stream = await createSourceEventStream({ ...args, contextValue: beginning });
    if (!(Symbol.asyncIterator in stream)) {
      await closeContext(beginning);
      return stream;
    }
    source = stream[Symbol.asyncIterator]();
  } catch (error) {
    await closeContext(beginning);
    throw error;
  }

  const done: IteratorReturnResult<void> = { done: true, value: undefined };
  let ended = false;
  let settle: ((result: IteratorReturnResult<void>) => void) | null = null;

  function end(): void {
    if (ended) return;
    ended = true;
    abort.abort();
    settle?.(done);
    // Not awaited: an async generator takes its return() only after the event it waits for, which may never come.
    void source.return?.().then(undefined, () => undefined);
    void closeContext(beginning);
    onEnd?.();
  }

  async function resolve(event: unknown): Promise<ExecutionResult> {
    const begun = performance.now();
    const context = await openContext(abort.signal);
    try {
      return await execute({ ...args, rootValue: event, contextValue: context });
    } finally {
      await closeContext(context);
      onEvent?.((performance.now() - begun) / 1_000);
    }
  }

  async function pull(): Promise<IteratorResult<ExecutionResult, void>> {
    const event = await source.next();
    if (event.done || ended) {
      end();
      return done;
    }
    return { done: false, value: await resolve(event.value) };
  }

  const events: AsyncGenerator<ExecutionResult, void, void> = {
    next() {
      if (ended) return Promise.resolve(done);
      return new Promise((fulfil, reject) => {
        settle = fulfil;
        pull().then(fulfil, (error: unknown) => {
          // Once ended, nobody waits for this: return() has settled it.
          reject(error);
          end();
        });
      });
    },
    return() {
      end();
      return Promise.resolve(done);
    },
    throw(error) {
      end();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return events;
    },
    async [Symbol.asyncDispose]() {
      end();
    },
  };
  return events;
}
