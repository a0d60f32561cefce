import type { MessageOf, MessageType } from '@comptoir/schema/messages.ts';
import type { Database } from './database.ts';
import { ComptoirError } from './errors.ts';
import { createSubscriber, type Subscriber } from './feed-subscriber.ts';
import { frequent } from './frequent-statements.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Service } from './service.ts';
import type { SubscriptionStart } from './subscription-start.ts';
import { createWakeUp } from './wake-up.ts';

export { createEventSignal, type EventSignal } from './event-signal.ts';

export type FeedEvent<Type extends MessageType = MessageType> = {
  [T in Type]: {
    /** Place in the log: later events have greater ones. */
    readonly position: bigint;
    /** The same for subscribers: a subscription that starts after it goes on with the next event. */
    readonly cursor: string;
    readonly type: T;
    readonly payload: MessageOf<T>;
    readonly createdAt: Date;
  };
}[Type];

export interface FeedSubscription<Type extends MessageType> {
  readonly types: readonly Type[];
  /** Runs before an event is buffered; one that throws ends the subscription with its error. */
  readonly filter?: (event: FeedEvent<Type>) => boolean;
  /**
   * Where to begin: with a cursor what the log holds after it is replayed, then it goes on live; it is told when it is live. CURSOR_EXPIRED where the log does not reach
   * back so far, or is not the one that the cursor is of.
   */
  readonly start?: SubscriptionStart;
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
  /** The cursor of that position. */
  cursor(): string;
}

interface LogRow {
  readonly head: string;
  readonly purged: string;
  readonly position: string | null;
  readonly type: MessageType;
  readonly payload: never;
  /** Milliseconds since 1970. */
  readonly created: number;
}

const pageSize = 500;
const maxFailurePauseMs = 5_000;

/** Follows the outbox's log and hands its events to any number of subscribers, with one query for all of them. */
export function createFeed(config: FeedConfig, { database, log, metrics }: { database: Database; log: Log; metrics?: Metrics }): Feed {
  const { service, pollMs = 200 } = config;
  const gauge = metrics?.gauge({ name: 'feed_subscribers', help: 'Subscribers of the event log.', labelNames: ['database'] });
  const overflows = metrics?.counter({
    name: 'feed_slow_consumers_total',
    help: 'Subscribers let go for reading too slowly.',
    labelNames: ['database'],
  });
  const labels = { database: database.database };
  const stopping = new AbortController();
  const wakeUp = createWakeUp();
  const live = new Set<Subscriber>();
  const all = new Set<Subscriber>();
  let tail = 0n;
  /** Of this log among all there ever were: positions begin anew with a new database. */
  let logId = '';
  const toText = (position: bigint) => `${logId}.${position}`;
  let starting: Promise<void> | undefined;
  let running: Promise<void> | undefined;
  let forget: (() => void) | undefined;

  /** A page of the log after the position, of these types, and how far the log goes at that moment: both from one snapshot. */
  async function page(
    after: bigint,
    types: readonly MessageType[],
  ): Promise<{ events: FeedEvent[]; upTo: bigint; head: bigint; purged: bigint }> {
    if (types.length === 0) {
      // Nobody listens: how far the log goes is all there is to know.
      const [row] = await database.query<Pick<LogRow, 'head' | 'purged'>>(frequent('SELECT position AS head, purged FROM outbox_head'));
      const head = BigInt(row?.head ?? 0);
      return { events: [], upTo: head > after ? head : after, head, purged: BigInt(row?.purged ?? 0) };
    }
    const rows = await database.query<LogRow>(
      frequent(`SELECT head.position AS head, head.purged, event.*
       FROM outbox_head head LEFT JOIN LATERAL (
         SELECT position, type, payload, extract(epoch FROM created_at)::float8 * 1000 AS created FROM outbox
         WHERE position > $1 AND type = ANY($2::text[]) AND payload IS NOT NULL ORDER BY position LIMIT $3
       ) event ON true
       ORDER BY event.position`),
      [after, types, pageSize],
    );
    const events = rows.flatMap(({ position, type, payload, created }) =>
      position === null
        ? []
        : [
            {
              position: BigInt(position),
              cursor: `${logId}.${position}`,
              type,
              payload,
              createdAt: new Date(created),
            } as FeedEvent,
          ],
    );
    const head = BigInt(rows[0]?.head ?? 0);
    const last = events.length === pageSize ? events.at(-1)?.position : undefined;
    return { events, upTo: last ?? (head > after ? head : after), head, purged: BigInt(rows[0]?.purged ?? 0) };
  }

  async function follow(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        const types = [...new Set([...live].flatMap((subscriber) => [...subscriber.types]))];
        const { events, upTo } = await page(tail, types);
        // Who subscribed during the query to a type that was not asked for would miss it: ask again.
        if ([...live].some((subscriber) => subscriber.cursor < upTo && [...subscriber.types].some((type) => !types.includes(type))))
          continue;
        for (const event of events) for (const subscriber of live) subscriber.offer(event);
        for (const subscriber of live) if (subscriber.cursor < upTo) subscriber.cursor = upTo;
        tail = upTo;
        failures = 0;
        if (events.length === pageSize) {
          await new Promise((resolve) => setImmediate(resolve)); // readers get their turn before the next page fills their buffers
          continue;
        }
      } catch (error) {
        failures++;
        if (failures === 1) log.warn({ event: 'feed_failed', service, err: error }, 'the event log cannot be read');
      }
      await wakeUp.sleep(Math.min(pollMs * 2 ** failures, maxFailurePauseMs), stopping.signal);
    }
  }

  /** Hands out what the log holds beyond the subscriber's cursor, as its reader takes it, until it has caught up with the live events. */
  async function replay(subscriber: Subscriber, room: () => Promise<void>): Promise<void> {
    const types = [...subscriber.types];
    try {
      for (let failures = 0; !subscriber.isEnded(); ) {
        try {
          const { events, upTo, head, purged } = await page(subscriber.cursor, types);
          if (subscriber.cursor < purged || subscriber.cursor > head) throw notHeld();
          for (const event of events) {
            while (subscriber.room() <= 0 && !subscriber.isEnded()) await room();
            subscriber.offer(event);
          }
          if (subscriber.cursor < upTo) subscriber.cursor = upTo;
          failures = 0;
          if (upTo >= tail) break;
        } catch (error) {
          if (error instanceof ComptoirError) throw error;
          failures++;
          log.warn({ event: 'feed_replay_failed', service, err: error }, 'the event log cannot be read');
          await createWakeUp().sleep(Math.min(pollMs * 2 ** failures, maxFailurePauseMs), stopping.signal);
          if (stopping.signal.aborted) return;
        }
      }
      // Nothing can happen between the check against the tail and this.
      if (!subscriber.isEnded()) {
        live.add(subscriber);
        subscriber.caughtUp();
      }
    } catch (error) {
      subscriber.end(error);
    }
  }

  const notHeld = () => new ComptoirError('CURSOR_EXPIRED');

  function positionOf(cursor: string): bigint {
    const position = cursor.startsWith(`${logId}.`) ? cursor.slice(logId.length + 1) : '';
    if (!/^\d{1,18}$/.test(position)) throw notHeld();
    return BigInt(position);
  }

  return {
    name: `feed of ${service}`,
    wake: wakeUp.wake,
    position: () => tail,
    cursor: () => toText(tail),
    subscribe<Type extends MessageType>(subscription: FeedSubscription<Type>) {
      if (!running) throw new Error(`The feed of ${service} is not started`);
      let roomMade: (() => void) | null = null;
      const after = subscription.start?.after ?? null;
      const subscriber = createSubscriber(subscription, {
        cursor: after === null ? tail : positionOf(after),
        toText,
        onRoom: () => roomMade?.(),
        onOverflow: () => overflows?.inc(labels),
        onEnd(ended) {
          all.delete(ended);
          live.delete(ended);
          roomMade?.();
          gauge?.set(labels, all.size);
        },
      });
      all.add(subscriber);
      gauge?.set(labels, all.size);
      if (stopping.signal.aborted) subscriber.end(new ComptoirError('SHUTTING_DOWN'));
      else if (after === null) {
        live.add(subscriber);
        subscriber.caughtUp();
      } else {
        const room = () =>
          new Promise<void>((resolve) => {
            roomMade = resolve;
          });
        void replay(subscriber, room);
      }
      return subscriber.iterator as AsyncIterableIterator<FeedEvent<Type>>;
    },
    start() {
      starting ??= (async () => {
        const [row] = await database.query<{ position: string; log: string }>(
          'SELECT position, left(log_id::text, 8) AS log FROM outbox_head',
        );
        if (!row) throw new Error('outbox_head has no row');
        tail = BigInt(row.position);
        logId = row.log;
        forget = database.sequenced.onWake(wakeUp.wake);
        running = follow();
      })();
      return starting;
    },
    async stop() {
      stopping.abort(new ComptoirError('SHUTTING_DOWN'));
      forget?.();
      for (const subscriber of [...all]) subscriber.end(new ComptoirError('SHUTTING_DOWN'));
      await running;
    },
  };
}
