import type { MessageType } from '@comptoir/schema/messages.ts';
import { ComptoirError } from './errors.ts';
import type { FeedEvent, FeedSubscription } from './feed.ts';

/** A reader's buffer: filled by the feed, emptied by `next()`. Ends once; what was buffered before an error is still handed out. */
export interface Subscriber {
  readonly types: ReadonlySet<MessageType>;
  /** Events up to here were offered to it. */
  cursor: bigint;
  isEnded(): boolean;
  /** Free places in the buffer. */
  room(): number;
  /** Takes the event where it is of its types, passes its filter, and lies beyond the cursor. */
  offer(event: FeedEvent): void;
  /** It has been offered everything there is: tells its reader, between what was offered before and what comes. */
  caughtUp(): void;
  end(error?: unknown): void;
  readonly iterator: AsyncIterableIterator<FeedEvent>;
}

export const defaultBufferSize = 1_000;

export function createSubscriber(
  // biome-ignore lint/suspicious/noExplicitAny: the filter of any type of event
  { types, filter, signal, bufferSize = defaultBufferSize, start }: FeedSubscription<any>,
  {
    cursor,
    toText,
    onRoom,
    onOverflow,
    onEnd,
  }: {
    cursor: bigint;
    toText: (position: bigint) => string;
    onRoom: () => void;
    onOverflow: () => void;
    onEnd: (subscriber: Subscriber) => void;
  },
): Subscriber {
  const wanted = new Set<MessageType>(types);
  let buffer: FeedEvent[] = [];
  let read = 0;
  /** Told once what lies in the buffer before it has been read; a mark takes no place there. */
  let mark: { readonly text: string; readonly behind: number } | null = null;
  /** Events read from the buffer, and put there, so far. */
  let taken = 0;
  let put = 0;
  const tellMark = () => {
    if (!mark || mark.behind > taken) return;
    const { text } = mark;
    mark = null;
    start?.caughtUp(text);
  };
  const readers: PromiseWithResolvers<IteratorResult<FeedEvent>>[] = [];
  let ended = false;
  let failure: { error: unknown } | null = null;
  const done = { value: undefined, done: true } as const;
  const onAbort = () => {
    buffer = [];
    read = 0;
    subscriber.end();
  };

  const subscriber: Subscriber = {
    types: wanted,
    cursor,
    isEnded: () => ended,
    room: () => bufferSize - (buffer.length - read),
    offer(event) {
      if (ended || event.position <= subscriber.cursor) return;
      subscriber.cursor = event.position;
      if (!wanted.has(event.type)) return;
      try {
        if (filter && !filter(event)) return;
      } catch (error) {
        return subscriber.end(error);
      }
      const reader = readers.shift();
      if (reader) return reader.resolve({ value: event, done: false });
      if (subscriber.room() <= 0) {
        onOverflow();
        return subscriber.end(new ComptoirError('SLOW_CONSUMER', `More than ${bufferSize} events were waiting to be read.`));
      }
      buffer.push(event);
      put++;
    },
    caughtUp() {
      if (ended || !start) return;
      mark = { text: toText(subscriber.cursor), behind: put };
      // Who waits has read everything; who does not is told when it comes for more.
      if (readers.length > 0) tellMark();
    },
    end(error) {
      if (ended) return;
      ended = true;
      signal?.removeEventListener('abort', onAbort);
      onEnd(subscriber);
      if (error !== undefined) failure = { error };
      for (const reader of readers.splice(0)) {
        if (failure) {
          reader.reject(failure.error);
          failure = null;
        } else reader.resolve(done);
      }
    },
    iterator: {
      next() {
        tellMark();
        const event = buffer[read];
        if (event) {
          read++;
          taken++;
          // Not shift(), which is slow on a long array.
          if (read === buffer.length || read >= 500) {
            buffer = buffer.slice(read);
            read = 0;
          }
          onRoom();
          return Promise.resolve({ value: event, done: false });
        }
        if (failure) {
          const { error } = failure;
          failure = null;
          return Promise.reject(error);
        }
        if (ended) return Promise.resolve(done);
        const reader = Promise.withResolvers<IteratorResult<FeedEvent>>();
        readers.push(reader);
        onRoom();
        return reader.promise;
      },
      return() {
        onAbort();
        return Promise.resolve(done);
      },
      throw(error) {
        onAbort();
        return Promise.reject(error);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    },
  };
  if (signal?.aborted) queueMicrotask(onAbort);
  else signal?.addEventListener('abort', onAbort, { once: true });
  return subscriber;
}
