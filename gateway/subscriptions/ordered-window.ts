export interface OrderedWindowOptions<T, R> {
  /** How many items are worked on at a time. */
  readonly width: number;
  /** How many more may wait. */
  readonly maxWaiting: number;
  /** A newer item takes the place of those that wait. */
  readonly coalesce: boolean;
  readonly onCoalesced: () => void;
  /** Never rejects. */
  readonly work: (item: T) => Promise<R>;
  readonly deliver: (result: R) => void;
  /** More items came than may wait; nothing is delivered any more. */
  readonly onOverflow: () => void;
}

/** Works on several items at a time and delivers the results in the order of the items. */
export interface OrderedWindow<T> {
  push(item: T): void;
  /** Calls back once everything pushed before has been delivered. */
  end(done: () => void): void;
  /** Delivers nothing any more. */
  close(): void;
}

export function createOrderedWindow<T, R>(options: OrderedWindowOptions<T, R>): OrderedWindow<T> {
  const { width, maxWaiting, coalesce, onCoalesced, work, deliver, onOverflow } = options;
  const running: { result?: { readonly value: R } }[] = [];
  let waiting: T[] = [];
  let closed = false;
  let ending: (() => void) | undefined;

  const start = (item: T) => {
    const slot: (typeof running)[number] = {};
    running.push(slot);
    void work(item).then((value) => {
      slot.result = { value };
      settle();
    });
  };

  const settle = () => {
    while (!closed && running[0]?.result) deliver(running.shift()!.result!.value);
    if (closed) return;
    let started = 0;
    while (running.length < width && started < waiting.length) start(waiting[started++]!);
    if (started > 0) waiting = waiting.slice(started);
    if (ending && running.length === 0 && waiting.length === 0) {
      closed = true;
      ending();
    }
  };

  return {
    push(item) {
      if (closed || ending) return;
      if (running.length < width) start(item);
      else if (coalesce) {
        if (waiting.length > 0) onCoalesced();
        waiting = [item];
      } else if (waiting.length < maxWaiting) waiting.push(item);
      else {
        closed = true;
        onOverflow();
      }
    },
    end(done) {
      if (closed || ending) return;
      ending = done;
      settle();
    },
    close() {
      closed = true;
      waiting = [];
    },
  };
}
