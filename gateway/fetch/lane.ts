/** `overdue`: its time was over, or too little of it left for an answer. `aborted`: who waited has gone. */
export type Entry = 'in' | 'overdue' | 'aborted';

/**
 * Bounds how many requests one instance has at once. The rest waits here, first come, first served, where it costs that instance nothing: sent all at once
 * they would slow each other down until none is answered in time, and an instance that only has much to do would pass for one that fails.
 */
export interface Lane {
  /** Asks to be let in until then, by `performance.now()`. At once where there is room; who was let in has to leave. */
  enter(untilAt: number, signal: AbortSignal | undefined): 'in' | Promise<Entry>;
  /** @param answeredInMs what the answer took; left out where there was none */
  leave(answeredInMs?: number): void;
  /** How long one who comes now is likely to wait. */
  waitMs(): number;
  waiting(): number;
}

interface Waiting {
  readonly untilAt: number;
  end(entry: Entry): void;
}

/** How much one answer says of how long the next one takes. */
const share = 0.1;

export function createLane(size: number, now: () => number = performance.now.bind(performance)): Lane {
  let inside = 0;
  let usualMs = 0;
  const queue = new Set<Waiting>();

  function letIn(): void {
    for (const next of queue) {
      if (inside >= size) return;
      // What cannot be answered in time any more would only keep from it those who still can.
      if (next.untilAt - now() < usualMs) next.end('overdue');
      else {
        inside++;
        next.end('in');
      }
    }
  }

  return {
    enter(untilAt, signal) {
      if (inside < size && queue.size === 0) {
        inside++;
        return 'in';
      }
      return new Promise<Entry>((resolve) => {
        const onAbort = () => waiting.end('aborted');
        const timer = setTimeout(() => waiting.end('overdue'), Math.max(1, Math.ceil(untilAt - now())));
        const waiting: Waiting = {
          untilAt,
          end(entry) {
            clearTimeout(timer);
            signal?.removeEventListener('abort', onAbort);
            queue.delete(waiting);
            resolve(entry);
          },
        };
        if (signal?.aborted) return waiting.end('aborted');
        signal?.addEventListener('abort', onAbort, { once: true });
        queue.add(waiting);
      });
    },
    leave(answeredInMs) {
      inside--;
      if (answeredInMs !== undefined) usualMs += share * (answeredInMs - usualMs);
      letIn();
    },
    waitMs: () => (queue.size / size) * usualMs,
    waiting: () => queue.size,
  };
}
