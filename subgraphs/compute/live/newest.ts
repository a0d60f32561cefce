/** A place for one value: a newer one takes the place of one that was not fetched yet. For readers to whom only the newest matters. */
export interface Newest<T> {
  put(value: T): void;
  /** Ends after the value that is there, if any, was fetched. */
  end(): void;
  /** Ends at once with the error. */
  fail(error: unknown): void;
  readonly values: AsyncIterableIterator<T>;
}

/** `onReturn` runs once, when the values end for whatever reason. */
export function createNewest<T>(onReturn: () => void = () => undefined): Newest<T> {
  const done: IteratorReturnResult<undefined> = { done: true, value: undefined };
  let kept: { value: T } | null = null;
  let waiting: PromiseWithResolvers<IteratorResult<T>> | null = null;
  let ended = false;
  let failure: { error: unknown } | null = null;
  let released = false;

  function release(): void {
    if (released) return;
    released = true;
    onReturn();
  }

  function finish(): void {
    ended = true;
    if (waiting) {
      waiting.resolve(done);
      waiting = null;
    }
    release();
  }

  const values: AsyncIterableIterator<T> = {
    next() {
      if (kept) {
        const { value } = kept;
        kept = null;
        return Promise.resolve({ done: false, value });
      }
      if (failure) {
        const { error } = failure;
        failure = null;
        return Promise.reject(error);
      }
      if (ended) return Promise.resolve(done);
      waiting ??= Promise.withResolvers<IteratorResult<T>>();
      return waiting.promise;
    },
    return() {
      kept = null;
      failure = null;
      finish();
      return Promise.resolve(done);
    },
    [Symbol.asyncIterator]: () => values,
  };

  return {
    put(value) {
      if (ended) return;
      if (waiting) {
        waiting.resolve({ done: false, value });
        waiting = null;
      } else kept = { value };
    },
    end: finish,
    fail(error) {
      if (ended) return;
      kept = null;
      if (waiting) waiting.reject(error);
      else failure = { error };
      waiting = null;
      finish();
    },
    values,
  };
}
