import { expect, vi } from 'vitest';
import type { EntityManager } from '../database.ts';
import { query } from '../sql.ts';

/** Until so many other sessions of the transaction's database wait for a lock, most likely one of its own. */
export async function othersWait(em: EntityManager, count: number): Promise<void> {
  await vi.waitFor(
    async () => {
      // Else a transaction sees the sessions as they were when it first looked.
      await query(em, 'SELECT pg_stat_clear_snapshot()');
      const [row] = await query<{ waiting: number }>(
        em,
        `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(row?.waiting).toBe(count);
    },
    { timeout: 20_000, interval: 20 },
  );
}
