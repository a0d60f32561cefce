import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { CounterDelta } from '../domain/counters.ts';

/** Any number will do, as long as every instance takes the same; the platform's own begin with 0x636f6d too. */
const statsLock = 0x636f6d71;

/**
 * Keeps the counters from being cleared until the transaction ends. Every transaction that changes counters or stores results calls it first: clearing then falls
 * before or after it, never between.
 */
export async function holdStats(em: EntityManager): Promise<void> {
  await query(em, 'SELECT pg_advisory_xact_lock_shared($1)', [statsLock]);
}

/** Waits for everybody who holds the counters, and keeps others waiting until the transaction ends. Waiting is in turn: who clears is not passed over. */
export async function lockStats(em: EntityManager): Promise<void> {
  await query(em, 'SELECT pg_advisory_xact_lock($1)', [statsLock]);
}

/** Called last in a transaction: the rows are few and everybody needs them. */
export async function addToCounters(em: EntityManager, deltas: readonly CounterDelta[]): Promise<void> {
  const changed = deltas.filter(({ tasks, sent, received, pending }) => tasks !== 0 || sent !== 0 || received !== 0 || pending !== 0);
  if (changed.length === 0) return;
  const list = <T>(pick: (delta: CounterDelta) => T) => changed.map(pick);
  // All transactions lock the rows in one order.
  await query(
    em,
    `WITH delta AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::int[], $6::int[], $7::float8[])
         AS delta(source, operation, tasks, sent, received, pending, seconds)
     ), held AS (
       SELECT source, operation FROM counter JOIN delta USING (source, operation) ORDER BY source, operation FOR UPDATE OF counter
     )
     UPDATE counter SET
       tasks = counter.tasks + delta.tasks, sent = counter.sent + delta.sent, received = counter.received + delta.received,
       pending = counter.pending + delta.pending, processing_seconds = counter.processing_seconds + delta.seconds, updated_at = clock_timestamp()
     FROM delta JOIN held USING (source, operation)
     WHERE counter.source = delta.source AND counter.operation = delta.operation`,
    [
      list(({ source }) => source),
      list(({ operation }) => operation),
      list(({ tasks }) => tasks),
      list(({ sent }) => sent),
      list(({ received }) => received),
      list(({ pending }) => pending),
      list(({ processingSeconds }) => processingSeconds),
    ],
  );
}
