/** The statements of the relay, all on the leader's session. */

import { frequent } from './frequent-statements.ts';
import type { LeaderSession } from './leadership.ts';

export interface OutboxRow {
  readonly id: string;
  readonly message_id: string;
  readonly exchange: string;
  readonly routing_key: string;
  readonly mandatory: boolean;
  readonly type: string;
  readonly payload: string | null;
  readonly body: Buffer | null;
  readonly correlation_id: string | null;
  readonly headers: Record<string, unknown>;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly attempts: number;
  /** Seconds since 1970. */
  readonly created: number;
}

const sequenceChunk = 5_000;

/**
 * Gives committed rows without one their position, without a gap, in the order of their ids: that is the order of commits for rows of one aggregate, whose
 * transactions waited for each other. Rows of others may have drawn a smaller id and commit later; they get a later position then. True: there may be more.
 */
export async function sequence(session: LeaderSession): Promise<{ count: number; more: boolean }> {
  const [row] = await session.query<{ count: number }>(
    frequent(`WITH fresh AS MATERIALIZED (
       SELECT id, row_number() OVER (ORDER BY id) AS n FROM outbox WHERE position IS NULL ORDER BY id LIMIT $1
     ), head AS (
       UPDATE outbox_head SET position = position + (SELECT count(*) FROM fresh) WHERE EXISTS (SELECT FROM fresh) RETURNING position
     ), placed AS (
       UPDATE outbox SET position = head.position - (SELECT count(*) FROM fresh) + fresh.n FROM fresh, head WHERE outbox.id = fresh.id RETURNING 1
     )
     SELECT count(*)::int AS count FROM placed`),
    [sequenceChunk],
  );
  const count = row?.count ?? 0;
  return { count, more: count === sequenceChunk };
}

const rowColumns = `id, message_id, exchange, routing_key, mandatory, type, payload::text AS payload, body, correlation_id, headers, aggregate_type, aggregate_id,
            attempts, floor(extract(epoch FROM created_at))::float8 AS created`;

/** What is to be sent now, in order. Rows behind a failed one of their aggregate wait with it. */
export function unsent(session: LeaderSession, limit: number): Promise<OutboxRow[]> {
  return session.query<OutboxRow>(
    frequent(`SELECT ${rowColumns}
     FROM outbox o
     WHERE sent_at IS NULL AND parked_at IS NULL AND position IS NOT NULL AND (next_at IS NULL OR next_at <= now())
       AND NOT EXISTS (
         SELECT FROM outbox b
         WHERE b.aggregate_type = o.aggregate_type AND b.aggregate_id = o.aggregate_id AND b.position < o.position
           AND b.sent_at IS NULL AND b.attempts > 0 AND (b.parked_at IS NOT NULL OR b.next_at > now()))
     ORDER BY position
     LIMIT $1`),
    [limit],
  );
}

/** Does not wait for the disk: a mark that a crash of the server takes away sends its message once more under the same id, as one that was not set yet does. */
export async function markSent(session: LeaderSession, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await session.query(
    frequent(
      `UPDATE outbox SET sent_at = clock_timestamp() FROM (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried WHERE id = ANY($1::bigint[])`,
    ),
    [ids],
  );
}

export interface LogBounds {
  /** What is kept of the log is after this position, */
  readonly purged: number;
  /** and up to this one. */
  readonly position: number;
  /** By the database's clock. */
  readonly now: string;
}

export async function logBounds(session: LeaderSession): Promise<LogBounds> {
  const [row] = await session.query<LogBounds>(
    frequent('SELECT purged::float8 AS purged, position::float8 AS position, clock_timestamp()::text AS now FROM outbox_head'),
  );
  if (!row) throw new Error('outbox_head has no row');
  return row;
}

/** How a message is addressed. */
export interface Route {
  readonly exchange: string;
  readonly routingKey: string;
}

const scanned = 5_000;

/** Of what was sent by one of the routes until then, in order, the next page after a position; `next` is where the one after it begins. Looks at a bounded part of the log. */
export async function sentAfter(
  session: LeaderSession,
  after: number,
  { routes, before, retentionHours, limit }: { routes: readonly Route[]; before: string; retentionHours: number; limit: number },
): Promise<{ rows: OutboxRow[]; next: number }> {
  const rows = await session.query<OutboxRow & { position: number }>(
    `SELECT ${rowColumns}, position::float8 AS position
     FROM outbox o
     WHERE position > $1 AND position <= $1 + $2 AND sent_at > now() - $3 * interval '1 hour' AND sent_at <= $4::timestamptz
       AND (exchange, routing_key) IN (SELECT * FROM unnest($5::text[], $6::text[]))
     ORDER BY o.position
     LIMIT $7`,
    [after, scanned, retentionHours, before, routes.map(({ exchange }) => exchange), routes.map(({ routingKey }) => routingKey), limit],
  );
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { rows, next: last?.position ?? after + scanned };
}

/** What was sent is to be sent once more, with all the patience that unsent messages get. */
export async function markUnsent(session: LeaderSession, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await session.query('UPDATE outbox SET sent_at = NULL, next_at = NULL WHERE id = ANY($1::bigint[])', [ids]);
}

export interface FailedRow {
  readonly id: string;
  readonly error: string;
  /** Until the next try; null parks it. */
  readonly retryInMs: number | null;
}

export async function markFailed(session: LeaderSession, failed: readonly FailedRow[]): Promise<void> {
  if (failed.length === 0) return;
  await session.query(
    `UPDATE outbox SET attempts = attempts + 1, last_error = failure.error,
       next_at = now() + failure.retry_in_ms * interval '1 millisecond',
       parked_at = CASE WHEN failure.retry_in_ms IS NULL THEN now() END
     FROM unnest($1::bigint[], $2::text[], $3::float8[]) AS failure(id, error, retry_in_ms)
     WHERE outbox.id = failure.id`,
    [failed.map(({ id }) => id), failed.map(({ error }) => error), failed.map(({ retryInMs }) => retryInMs)],
  );
}

const purgeChunk = 1_000;

/** Deletes one chunk of what was sent so long ago; true: there may be more. Looks at the oldest rows only, so it costs nothing where there is nothing to do. */
export async function purgeSent(session: LeaderSession, retentionHours: number): Promise<boolean> {
  const [row] = await session.query<{ count: number }>(
    frequent(`WITH oldest AS (
       SELECT id, sent_at FROM outbox WHERE position IS NOT NULL AND sent_at IS NOT NULL ORDER BY position LIMIT $1
     ), deleted AS (
       DELETE FROM outbox USING oldest WHERE outbox.id = oldest.id AND oldest.sent_at < now() - $2 * interval '1 hour' RETURNING outbox.position
     ), head AS (
       UPDATE outbox_head SET purged = greatest(purged, (SELECT max(position) FROM deleted)) WHERE EXISTS (SELECT FROM deleted)
     )
     SELECT count(*)::int AS count FROM deleted`),
    [purgeChunk, retentionHours],
  );
  return row?.count === purgeChunk;
}

/** Deletes one chunk of handled message ids or idempotency keys that are older; true: there may be more. */
export async function purgeOlder(session: LeaderSession, what: 'inbox' | 'idempotency_key', retentionHours: number): Promise<boolean> {
  const age = what === 'inbox' ? 'received_at' : 'created_at';
  const rows = await session.query(
    `DELETE FROM ${what} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${what} WHERE ${age} < now() - $2 * interval '1 hour' ORDER BY ${age} LIMIT $1)) RETURNING 1`,
    [purgeChunk, retentionHours],
  );
  return rows.length === purgeChunk;
}

export interface OutboxFigures {
  readonly unsent: number;
  readonly parked: number;
  /** Age of the oldest that is to be sent, in seconds. */
  readonly lag: number;
}

export async function figures(session: LeaderSession): Promise<OutboxFigures> {
  const [row] = await session.query<OutboxFigures>(
    `SELECT (SELECT count(*)::int FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL) AS unsent,
            (SELECT count(*)::int FROM outbox WHERE sent_at IS NULL AND attempts > 0 AND parked_at IS NOT NULL) AS parked,
            (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL) AS lag`,
  );
  return row ?? { unsent: 0, parked: 0, lag: 0 };
}
