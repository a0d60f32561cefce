import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { hashOfToken } from '../security/refresh-tokens.ts';
import { ms } from './moments.ts';

/** How long a session may last, and how long without a refresh: one opened by password, and one by PIN, which is a working day at a till. */
const lifetimes = { password: { hours: 30 * 24, idleHours: 7 * 24 }, pin: { hours: 12, idleHours: 12 } } as const;

/** A repetition of a refresh within this time is taken for one whose answer was lost. */
const repeatableSeconds = 10;
const purgedAfterDays = 7;
const purgeChunk = 100;

export interface OpenSession {
  readonly id: string;
  /** Until when the next refresh may come. */
  readonly refreshExpiresAt: Date;
}

export async function openSession(
  em: EntityManager,
  { staffId, tillStoreId, refreshToken }: { staffId: number; tillStoreId: string | null; refreshToken: string },
): Promise<OpenSession> {
  const { hours, idleHours } = lifetimes[tillStoreId === null ? 'password' : 'pin'];
  const [row] = await query<{ id: string; expires: number }>(
    em,
    `INSERT INTO session (staff_id, till_store_id, ends_at, idle_until)
     VALUES ($1, $2, clock_timestamp() + $3 * interval '1 hour', clock_timestamp() + $4 * interval '1 hour')
     RETURNING id, ${ms('least(ends_at, idle_until)')} AS expires`,
    [staffId, tillStoreId, hours, idleHours],
  );
  if (!row) throw new Error('a session was inserted without an id');
  await keepToken(em, row.id, refreshToken);
  return { id: row.id, refreshExpiresAt: new Date(row.expires) };
}

const keepToken = (em: EntityManager, sessionId: string, token: string) =>
  query(em, 'INSERT INTO refresh_token (hash, session_id) VALUES ($1, $2)', [hashOfToken(token), sessionId]);

export interface PresentedToken {
  readonly sessionId: string;
  readonly staffId: number;
  readonly tillStoreId: string | null;
  /** Whether the session can go on. */
  readonly open: boolean;
  readonly use: 'first' | 'repeated' | 'late';
  readonly refreshExpiresAt: Date;
}

/** The session of a refresh token, locked, and what it means that the token comes now; null for a token that nobody was given. */
export async function lockSessionOf(em: EntityManager, token: string, successor: string): Promise<PresentedToken | null> {
  const hash = hashOfToken(token);
  const [session] = await query<Omit<PresentedToken, 'use' | 'refreshExpiresAt'> & { expires: number }>(
    em,
    `SELECT s.id AS "sessionId", s.staff_id AS "staffId", s.till_store_id AS "tillStoreId", ${ms('least(s.ends_at, s.idle_until)')} AS expires,
       s.ended_at IS NULL AND least(s.ends_at, s.idle_until) > clock_timestamp() AS open
     FROM session s WHERE s.id = (SELECT session_id FROM refresh_token WHERE hash = $1) FOR UPDATE`,
    [hash],
  );
  if (!session) return null;
  // Only now, with the session locked, does it stay as it is read.
  const [state] = await query<{ use: PresentedToken['use'] }>(
    em,
    `SELECT CASE WHEN t.used_at IS NULL THEN 'first'
       WHEN t.used_at > clock_timestamp() - $3 * interval '1 second' AND EXISTS (SELECT FROM refresh_token n WHERE n.hash = $2 AND n.used_at IS NULL) THEN 'repeated'
       ELSE 'late' END AS use
     FROM refresh_token t WHERE t.hash = $1`,
    [hash, hashOfToken(successor), repeatableSeconds],
  );
  const { expires, ...rest } = session;
  return state ? { ...rest, use: state.use, refreshExpiresAt: new Date(expires) } : null;
}

/** Marks the token of a locked session used and keeps the next one. Returns until when that is good. */
export async function rotate(
  em: EntityManager,
  { sessionId, tillStoreId }: Pick<PresentedToken, 'sessionId' | 'tillStoreId'>,
  { used, next }: { used: string; next: string },
): Promise<Date> {
  await query(em, 'UPDATE refresh_token SET used_at = clock_timestamp() WHERE hash = $1', [hashOfToken(used)]);
  await keepToken(em, sessionId, next);
  const [row] = await query<{ expires: number }>(
    em,
    `UPDATE session SET idle_until = clock_timestamp() + $2 * interval '1 hour' WHERE id = $1 RETURNING ${ms('least(ends_at, idle_until)')} AS expires`,
    [sessionId, lifetimes[tillStoreId === null ? 'password' : 'pin'].idleHours],
  );
  return new Date(row?.expires ?? 0);
}

export type EndReason = 'LOGOUT' | 'REUSE' | 'DISABLED' | 'PASSWORD_CHANGED' | 'PIN_CHANGED' | 'NO_RIGHTS';

export async function endSession(em: EntityManager, id: string, reason: EndReason): Promise<void> {
  await query(em, 'UPDATE session SET ended_at = clock_timestamp(), end_reason = $2 WHERE id = $1 AND ended_at IS NULL', [id, reason]);
}

/** Ends what sessions a person has open, or only those that a PIN opened. */
export async function endSessionsOf(em: EntityManager, staffId: number, reason: EndReason, { onlyTills = false } = {}): Promise<void> {
  await query(
    em,
    `UPDATE session SET ended_at = clock_timestamp(), end_reason = $2 WHERE staff_id = $1 AND ended_at IS NULL AND (NOT $3 OR till_store_id IS NOT NULL)`,
    [staffId, reason, onlyTills],
  );
}

/** Whose a session is that has not ended; null for any other. */
export async function readOpenSession(em: EntityManager, id: string): Promise<{ staffId: number; tillStoreId: string | null } | null> {
  const [row] = await query<{ staffId: number; tillStoreId: string | null }>(
    em,
    `SELECT staff_id AS "staffId", till_store_id AS "tillStoreId" FROM session WHERE id = $1 AND ended_at IS NULL AND ends_at > clock_timestamp()`,
    [id],
  );
  return row ?? null;
}

/** Forgets some of the sessions that are over for long; called when new ones open, so that there are never many. */
export async function purgeSessions(em: EntityManager): Promise<void> {
  await query(
    em,
    `DELETE FROM session WHERE id IN (SELECT id FROM session WHERE ends_at < now() - $1 * interval '1 day' ORDER BY ends_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [purgedAfterDays, purgeChunk],
  );
}
