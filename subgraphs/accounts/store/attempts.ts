import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { firstLockSeconds, forgetAfterHours, type LockOut, longestLockSeconds } from '../domain/lock-out.ts';

export type Attempt =
  /** It counts as failed until it is forgotten. `lockSeconds`: how long the account is locked if it does fail. */
  { readonly kind: 'admitted'; readonly lockSeconds: number } | { readonly kind: 'locked'; readonly retryAfterSeconds: number };

/**
 * Counts an attempt as failed before it is looked at: any number of them at once are counted, and one that a crash interrupts. By the database's clock,
 * which is the same for all instances. `account` need not exist: what is told of a lock tells nothing of who is known here.
 */
export async function beginAttempt(em: EntityManager, account: string, { freeAttempts, forgetBy }: LockOut): Promise<Attempt> {
  const forgotten = `a.${forgetBy}_at < clock_timestamp() - $2 * interval '1 hour'`;
  const failures = `(CASE WHEN ${forgotten} THEN 1 ELSE a.failures + 1 END)`;
  const lock = `least($4::float8 * power(2, least(${failures} - $3, 30)), $5)`;
  const [admitted] = await query<{ lock: number }>(
    em,
    `INSERT INTO sign_in_attempt AS a (account, failures, first_at, last_at) VALUES ($1, 1, clock_timestamp(), clock_timestamp())
     ON CONFLICT (account) DO UPDATE SET failures = ${failures}, last_at = clock_timestamp(),
       first_at = CASE WHEN ${forgotten} THEN clock_timestamp() ELSE a.first_at END,
       locked_until = CASE WHEN ${failures} >= $3 THEN clock_timestamp() + ${lock} * interval '1 second' END
     WHERE a.locked_until IS NULL OR a.locked_until <= clock_timestamp()
     RETURNING coalesce(extract(epoch FROM a.locked_until - a.last_at), 0)::float8 AS lock`,
    [account, forgetAfterHours, freeAttempts, firstLockSeconds, longestLockSeconds],
  );
  if (admitted) return { kind: 'admitted', lockSeconds: Math.round(admitted.lock) };
  const [row] = await query<{ left: number }>(
    em,
    `SELECT ceil(extract(epoch FROM locked_until - clock_timestamp()))::int AS left FROM sign_in_attempt WHERE account = $1`,
    [account],
  );
  return { kind: 'locked', retryAfterSeconds: Math.max(row?.left ?? 1, 1) };
}

export async function forgetAttempts(em: EntityManager, accounts: readonly string[]): Promise<void> {
  await query(em, 'DELETE FROM sign_in_attempt WHERE account = ANY($1::text[])', [accounts]);
}

const purgeChunk = 100;

/** Forgets some of the failures that do not count any more; called when new ones come. */
export async function purgeAttempts(em: EntityManager): Promise<void> {
  await query(
    em,
    `DELETE FROM sign_in_attempt WHERE account IN (
       SELECT account FROM sign_in_attempt WHERE last_at < clock_timestamp() - $1 * interval '1 hour' ORDER BY last_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [forgetAfterHours, purgeChunk],
  );
}
