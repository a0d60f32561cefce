import type { MessageOf, MessageType } from '@comptoir/schema/messages.ts';
import type { Database } from './database.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Service } from './service.ts';

export { createEventSignal, type EventSignal } from './event-signal.ts';

export type FeedEvent<Type extends MessageType = MessageType> = {
  [T in Type]: {
    /** Place in the log: later events have greater ones. */
    readonly position: bigint;
    readonly type: T;
    readonly payload: MessageOf<T>;
    readonly createdAt: Date;
  };
}[Type];

export interface FeedSubscription<Type extends MessageType> {
  readonly types: readonly Type[];
  /** Runs before an event is buffered; one that throws ends the subscription with its error. */
  readonly filter?: (event: FeedEvent<Type>) => boolean;
  /** Replays what the log holds after this position, then goes on live. BAD_USER_INPUT where the log does not reach back so far. */
  readonly after?: bigint;
  readonly signal?: AbortSignal;
  /** Events that may wait for a slow reader; 1,000 by default. One more ends the subscription with SLOW_CONSUMER. */
  readonly bufferSize?: number;
}

export interface FeedConfig {
  readonly service: string;
  /** Time between two looks at the log where nothing woke the feed; 200 by default. */
  readonly pollMs?: number;
}

export interface Feed extends Service {
  /** Every event of these types with a position above that at the moment of this call, once, in order. `return()` releases at once. */
  subscribe<Type extends MessageType>(subscription: FeedSubscription<Type>): AsyncIterableIterator<FeedEvent<Type>>;
  wake(): void;
  /** Position of the last event that was handed to subscribers. */
  position(): bigint;
}

export function createFeed(_config: FeedConfig, _deps: { database: Database; log: Log; metrics?: Metrics }): Feed {
  throw new Error('createFeed is not written yet');
}
