import type { GraphQLError } from 'graphql';

/** What flows from a source to those who listen. */
export interface Item<T> {
  /** Names the place in the source: all up to here was told. Undefined where the source does not say. */
  readonly cursor: string | undefined;
  /** Undefined: nothing but word that all up to the cursor was told, and that from here on it is live. */
  readonly value: T | undefined;
}

export interface Sink<T> {
  next(item: Item<T>): void;
  complete(): void;
  error(error: GraphQLError): void;
}

/** Starts a source that speaks to the sink until it completes, fails or is stopped; with a cursor it first tells all that came after it. */
export type Source<T> = (sink: Sink<T>, after: string | null) => () => void;

/** One who listens, to whichever topic tells him his items at the time. */
export interface Member<T> {
  readonly sink: Sink<T>;
  topic: Topic<T>;
  /** Of a state: the one he has already. */
  known: string | undefined;
}

export interface Retention<T> {
  /** Items kept of one topic for those who come back, */
  readonly maxItems: number;
  /** with this many bytes at most, */
  readonly maxBytes: number;
  readonly bytesOf: (value: T) => number;
  /** and this many over all topics; past it each keeps its newest only. */
  readonly total: { bytes: number; readonly maxBytes: number };
}

/** One running source: who listens to it, and its newest items for those who come back or come from another topic of the same. */
export interface Topic<T> {
  readonly members: Set<Member<T>>;
  /** It tells what happens now; false while it still tells what a cursor's owner missed. */
  live: boolean;
  over: boolean;
  stop: (() => void) | undefined;
  /** The cursor of the newest item. */
  last(): string | undefined;
  /** The newest item that is a value. */
  newest(): Item<T> | undefined;
  keep(item: Item<T>): void;
  /** Everything it told after the cursor; undefined where it does not hold that any more. */
  after(cursor: string): readonly Item<T>[] | undefined;
  forget(): void;
}

export function createTopic<T>(after: string | null, { maxItems, maxBytes, bytesOf, total }: Retention<T>): Topic<T> {
  /** What it holds begins after this one. */
  let floor = after ?? undefined;
  let kept: Item<T>[] = [];
  let bytes = 0;
  let last = floor;
  const sizeOf = ({ value }: Item<T>) => (value === undefined ? 0 : bytesOf(value));
  const count = (change: number) => {
    bytes += change;
    total.bytes += change;
  };

  const topic: Topic<T> = {
    members: new Set(),
    live: after === null,
    over: false,
    stop: undefined,
    last: () => last,
    newest: () => kept.findLast(({ value }) => value !== undefined),
    keep(item) {
      last = item.cursor ?? last;
      // An item without a cursor is kept only as the newest: nobody can come back to it.
      if (item.cursor === undefined && maxItems > 1) return;
      kept.push(item);
      count(sizeOf(item));
      while (kept.length > maxItems || (kept.length > 1 && (bytes > maxBytes || total.bytes > total.maxBytes))) {
        const dropped = kept.shift()!;
        count(-sizeOf(dropped));
        floor = dropped.cursor;
      }
    },
    after(cursor) {
      if (cursor === floor) return kept;
      const index = kept.findLastIndex((item) => item.cursor === cursor);
      return index < 0 ? undefined : kept.slice(index + 1);
    },
    forget() {
      count(-bytes);
      kept = [];
    },
  };
  return topic;
}
