export interface Tick {
  readonly n: number;
  /** When it was emitted, in milliseconds since the epoch, with fractions. */
  readonly at: number;
}

const now = () => performance.timeOrigin + performance.now();

/** A source of events that every subscriber sees in full. */
export function createTicker() {
  const subscribers = new Set<(tick: Tick) => void>();
  let n = 0;
  return {
    subscribers: () => subscribers.size,
    /** Emits so many events at once. */
    emit(events: number) {
      for (let i = 0; i < events; i++) {
        const tick = { n: n++, at: now() };
        for (const push of subscribers) push(tick);
      }
    },
    subscribe(): AsyncIterableIterator<Tick> {
      const queue: Tick[] = [];
      let waiting: ((result: IteratorResult<Tick>) => void) | null = null;
      const push = (value: Tick) => {
        if (!waiting) return void queue.push(value);
        waiting({ value, done: false });
        waiting = null;
      };
      subscribers.add(push);
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        next() {
          const value = queue.shift();
          return value ? Promise.resolve({ value, done: false }) : new Promise((resolve) => (waiting = resolve));
        },
        return() {
          subscribers.delete(push);
          waiting?.({ value: undefined, done: true });
          return Promise.resolve({ value: undefined, done: true });
        },
      };
    },
  };
}
