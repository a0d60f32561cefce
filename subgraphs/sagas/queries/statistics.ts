import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import { type Direction, type SagaState, sagaStates } from '../domain/saga.ts';

export interface StepStatistics {
  readonly step: string;
  readonly direction: Direction;
  readonly successes: number;
  readonly failures: number;
  /** Seconds; null before the first outcome. */
  readonly meanDuration: number | null;
}

export interface SagaStatistics {
  readonly states: { readonly state: SagaState; readonly count: number }[];
  readonly steps: StepStatistics[];
  readonly successRate: number | null;
  /** Seconds. */
  readonly meanDuration: number | null;
}

/** Of the sagas accepted since, or of all; one statement. */
export async function readStatistics(em: EntityManager, since: Date | null): Promise<SagaStatistics> {
  interface Row {
    states: Partial<Record<SagaState, number>> | null;
    steps: StepStatistics[] | null;
    mean: number | null;
  }
  const [row] = await query<Row>(
    em,
    `WITH chosen AS (SELECT id, state, created_at, ended_at FROM saga WHERE $1::timestamptz IS NULL OR created_at >= $1::timestamptz)
     SELECT (SELECT json_object_agg(state, count) FROM (SELECT state, count(*)::int AS count FROM chosen GROUP BY state) counted) AS states,
            (SELECT extract(epoch FROM avg(ended_at - created_at))::float8 FROM chosen WHERE state = 'COMPLETED') AS mean,
            (SELECT json_agg(counted) FROM (
               SELECT step, direction, count(*) FILTER (WHERE status = 'SUCCESS')::int AS successes,
                      count(*) FILTER (WHERE status IN ('FAILURE', 'IN_DOUBT'))::int AS failures,
                      extract(epoch FROM avg(p.ended_at - p.started_at) FILTER (WHERE status <> 'SKIPPED'))::float8 AS "meanDuration"
               FROM saga_step p JOIN chosen ON chosen.id = p.saga_id GROUP BY step, direction ORDER BY direction DESC, min(ordinal), step) counted) AS steps`,
    [since?.toISOString() ?? null],
  );
  const counts = row?.states ?? {};
  const completed = counts.COMPLETED ?? 0;
  const ended = completed + (counts.COMPENSATED ?? 0);
  return {
    states: sagaStates.flatMap((state) => (counts[state] ? [{ state, count: counts[state] }] : [])),
    steps: row?.steps ?? [],
    successRate: ended === 0 ? null : completed / ended,
    meanDuration: row?.mean ?? null,
  };
}
