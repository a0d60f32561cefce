import type { Database } from '@comptoir/platform/database.ts';

export interface OpenSagas {
  /** Under way, held or failed. */
  readonly open: number;
  /** Failed: an operator has to look. */
  readonly needingAttention: number;
  /** Seconds since the oldest one began that is neither held nor failed; 0 where there is none. */
  readonly oldestSeconds: number;
}

/** How the sagas stand that have not ended; costs as much as there are of them. */
export async function countOpenSagas(database: Database): Promise<OpenSagas> {
  const [row] = await database.query<OpenSagas>(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE needs_attention)::int AS "needingAttention",
            coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE NOT needs_attention AND NOT paused)), 0)::float8 AS "oldestSeconds"
     FROM saga WHERE ended_at IS NULL`,
  );
  return row ?? { open: 0, needingAttention: 0, oldestSeconds: 0 };
}
