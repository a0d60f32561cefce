import { pause } from './broker/backoff.ts';
import type { BrokerLink } from './broker/link.ts';
import { relayMetrics } from './broker/metrics.ts';
import type { Database } from './database.ts';
import { failpoint } from './failpoint.ts';
import { type LeaderSession, lead } from './leadership.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import {
  type FailedRow,
  figures,
  markFailed,
  markSent,
  type OutboxRow,
  purgeOlder,
  purgeSent,
  type Route,
  sequence,
  unsent,
} from './outbox-log.ts';
import { publishInOrder } from './publish-in-order.ts';
import { createResending } from './resend.ts';
import type { Service } from './service.ts';
import { createWakeUp } from './wake-up.ts';

export interface RelayConfig {
  readonly service: string;
  /** Time between two looks at the outbox where nothing woke the relay; 1000 by default. */
  readonly pollMs?: number;
  /** Wait after a message was refused for the first time; doubles up to 60 s. 1000 by default. */
  readonly retryMs?: number;
  /** Refusals after which a message is parked for a person to look at; 10 by default. */
  readonly maxAttempts?: number;
  /** How long sent messages stay: for the feed, and to send them again after a broker lost its data. 72 by default. */
  readonly retentionHours?: number;
  /** What is sent again after the broker lost its data; nothing by default. */
  readonly resend?: readonly Route[];
}

export interface RelayDeps {
  readonly database: Database;
  readonly link: BrokerLink;
  readonly log: Log;
  readonly metrics?: Metrics;
}

export interface Relay extends Service {
  wake(): void;
  /** From now on each page waits until something else is idle, which goes before sending; a quarter of a second at most. */
  giveWayTo(idle: () => Promise<void>): void;
}

/** Of the advisory lock; the same in every process. */
const relayLock = 0x636f6d10;
/** Rows fetched, published at once and marked together. */
const pageSize = 500;
const maxRetryMs = 60_000;
const maxWayMs = 250;
const housekeepingMs = 60_000;
const figuresMs = 5_000;
const stopTimeoutMs = 8_000;
/** Longer than any dead letter is likely to be replayed after. */
const inboxRetentionHours = 30 * 24;
const idempotencyRetentionHours = 7 * 24;

/**
 * Brings the outbox to the broker. Three loops on the leader's session: one gives committed rows their place in the log, broker or not; the other publishes what is
 * unsent in that order and marks exactly what the broker confirmed; a third one sends again what a broker without its data has lost. A crash before a confirm, or between confirm and mark, sends a message again under the same
 * id, which receivers know; nothing is marked that was not confirmed.
 */
export function createRelay(config: RelayConfig, { database, link, log, metrics }: RelayDeps): Relay {
  const { service, pollMs = 1_000, retryMs = 1_000, maxAttempts = 10, retentionHours = 72, resend = [] } = config;
  const families = metrics && relayMetrics(metrics);
  const labels = { database: database.database };
  const stopping = new AbortController();
  const toSequence = createWakeUp();
  const toPublish = createWakeUp();
  let running: Promise<void> | undefined;
  let others: (() => Promise<void>) | undefined;

  async function sequenceAll(session: LeaderSession): Promise<void> {
    while (!session.signal.aborted) {
      const placing = sequence(session);
      // Who waits for messages asks for them at once: the session sees to it that they have their places by then.
      toPublish.wake();
      const { count, more } = await placing;
      if (count > 0) database.sequenced.wake();
      if (!more) await toSequence.sleep(pollMs, session.signal);
    }
  }

  async function publishAll(session: LeaderSession, mayPublish: () => Promise<boolean>): Promise<void> {
    while (!session.signal.aborted) {
      if (others) await noLongerThan(maxWayMs, others(), session.signal);
      const rows = link.state() === 'connected' && (await mayPublish()) ? await unsent(session, pageSize) : [];
      const went = rows.length > 0 && (await publishPage(session, rows));
      // What was written meanwhile wakes it; only a full page may have left something behind.
      if (went && rows.length === pageSize) continue;
      await toPublish.sleep(pollMs, session.signal);
    }
  }

  /** False where the broker went away meanwhile. */
  async function publishPage(session: LeaderSession, rows: readonly OutboxRow[]): Promise<boolean> {
    const outcomes = await publishInOrder(rows, (message) => link.publish(message));
    const sent: string[] = [];
    const failed: FailedRow[] = [];
    let away = false;
    for (const [index, row] of rows.entries()) {
      const outcome = outcomes[index];
      if (!outcome || outcome.kind === 'held') continue;
      families?.published.inc({ type: row.type || 'unknown', outcome: outcome.kind === 'confirmed' ? 'confirmed' : outcome.code });
      if (outcome.kind === 'confirmed') sent.push(row.id);
      else if (outcome.kind === 'away') away = true;
      else failed.push(refused(row, outcome));
    }
    failpoint('relay.page.confirmed', rows);
    await markSent(session, sent);
    failpoint('relay.page.marked', rows);
    await markFailed(session, failed);
    return !away;
  }

  function refused(row: OutboxRow, { code, message }: { code: string; message: string }): FailedRow {
    const attempts = row.attempts + 1;
    const parked = attempts >= maxAttempts;
    const fields = { messageId: row.message_id, type: row.type, exchange: row.exchange, routingKey: row.routing_key, code, attempts };
    if (parked) log.error({ event: 'outbox_parked', ...fields }, 'a message was refused too often and is parked');
    else log.warn({ event: 'outbox_refused', ...fields }, 'a message was refused by the broker');
    return { id: row.id, error: `${code}: ${message}`, retryInMs: parked ? null : Math.min(retryMs * 2 ** row.attempts, maxRetryMs) };
  }

  async function keepHouse(session: LeaderSession): Promise<void> {
    do {
      while (!session.signal.aborted && (await purgeSent(session, retentionHours)));
      while (!session.signal.aborted && (await purgeOlder(session, 'inbox', inboxRetentionHours)));
      while (!session.signal.aborted && (await purgeOlder(session, 'idempotency_key', idempotencyRetentionHours)));
    } while (await pause(housekeepingMs, session.signal));
  }

  async function count(session: LeaderSession): Promise<void> {
    if (!families) return;
    do {
      const now = await figures(session);
      families.lag.set(labels, now.lag);
      families.unsent.set(labels, now.unsent);
      families.parked.set(labels, now.parked);
    } while (await pause(figuresMs, session.signal));
  }

  return {
    name: `relay of ${service}`,
    wake: toSequence.wake,
    giveWayTo(idle) {
      others = idle;
    },
    async start() {
      if (running) return;
      const forget = [database.committed.onWake(toSequence.wake), link.onState((state) => state === 'connected' && toPublish.wake())];
      running = lead({ database, name: 'relay', lock: relayLock, pollMs, log, signal: stopping.signal }, async (session) => {
        const onResent = ({ type }: OutboxRow) => families?.resent.inc({ type: type || 'unknown' });
        const resending =
          resend.length > 0 ? createResending({ service, routes: resend, retentionHours, pollMs }, { session, link, log, onResent }) : null;
        const publishing = publishAll(session, async () => resending?.look() ?? true);
        await Promise.all([sequenceAll(session), publishing, resending?.run(), keepHouse(session), count(session)]);
      }).finally(() => {
        for (const end of forget) end();
      });
    },
    async stop() {
      stopping.abort(new Error('The relay stops'));
      if (running) await noLongerThan(stopTimeoutMs, running);
    },
  };
}

async function noLongerThan(timeoutMs: number, work: Promise<void>, signal?: AbortSignal): Promise<void> {
  const timer = new AbortController();
  const signals = signal ? [timer.signal, signal] : [timer.signal];
  await Promise.race([work, pause(timeoutMs, AbortSignal.any(signals))]);
  timer.abort();
}
