import type { Database } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';

/** Deleted by one statement: bounds how long it holds what it deletes. */
const atOnce = 5_000;

/** Deletes the oldest entries of the audit log that are older than they may be, as many as one statement may; returns how many. Others that delete at the same time are passed over. */
export async function forgetAudit(database: Database, olderThanDays: number): Promise<number> {
  return database.transaction(async (em) => {
    const [row] = await query<{ forgotten: number }>(
      em,
      `WITH forgotten AS (
         DELETE FROM audit_entry WHERE id IN (
           SELECT id FROM audit_entry WHERE occurred_at < clock_timestamp() - $1::int * interval '1 day'
           ORDER BY occurred_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
         ) RETURNING 1
       ) SELECT count(*)::int AS forgotten FROM forgotten`,
      [olderThanDays, atOnce],
    );
    return row?.forgotten ?? 0;
  });
}
