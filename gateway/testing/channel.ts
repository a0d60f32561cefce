/** Events that a test makes happen, for any number of listeners; `return()` releases a listener at once, on a quiet channel too. */
export interface Channel<T> {
  emit(event: T): void;
  /** Ends every listener in order, or with an error. */
  complete(error?: Error): void;
  listen(first?: T): AsyncGenerator<T>;
  listeners(): number;
}

export function createChannel<T>(): Channel<T> {
  const listeners = new Set<{ push(event: T): void; end(error?: Error): void }>();

  return {
    emit(event) {
      for (const listener of listeners) listener.push(event);
    },
    complete(error) {
      for (const listener of listeners) listener.end(error);
    },
    listeners: () => listeners.size,
    listen(first) {
      const queue: T[] = first === undefined ? [] : [first];
      let over = false;
      let failure: Error | undefined;
      let wake: (() => void) | undefined;
      const listener = {
        push(event: T) {
          queue.push(event);
          wake?.();
        },
        end(error?: Error) {
          over = true;
          failure = error;
          listeners.delete(listener);
          wake?.();
        },
      };
      listeners.add(listener);
      const next = async (): Promise<IteratorResult<T, undefined>> => {
        for (;;) {
          if (queue.length > 0) return { done: false, value: queue.shift()! };
          if (failure) throw failure;
          if (over) return { done: true, value: undefined };
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      };
      return {
        next,
        async return() {
          listener.end();
          return { done: true, value: undefined };
        },
        async throw(error: Error) {
          listener.end(error);
          throw error;
        },
        [Symbol.asyncIterator]() {
          return this;
        },
        async [Symbol.asyncDispose]() {
          listener.end();
        },
      } as AsyncGenerator<T>;
    },
  };
}
