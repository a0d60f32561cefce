import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { BatchProgress, BatchState } from '../domain/batch.ts';
import type { Source } from '../domain/operations.ts';

interface StoredProgress {
  id: string;
  state: BatchState;
  total: number;
  completed: number;
  non_finite: number;
}

const toProgress = ({ non_finite, ...row }: StoredProgress): BatchProgress => ({ ...row, nonFinite: non_finite });

export async function insertBatch(
  em: EntityManager,
  batch: { id: string; source: Source; taskCount: number; total: number; submittedBy: string; submittedAt: Date },
): Promise<void> {
  await query(
    em,
    `INSERT INTO batch (id, state, source, task_count, total, submitted_by, submitted_at) VALUES ($1, 'RUNNING', $2, $3, $4, $5, $6)`,
    [batch.id, batch.source, batch.taskCount, batch.total, batch.submittedBy, batch.submittedAt],
  );
}

/** What one transaction adds to a batch. */
export interface BatchGain {
  readonly id: string;
  completed: number;
  nonFinite: number;
}

/** Adds stored results to their batches, which are completed by their last one; returns them as they stand now. Their tasks are locked already. */
export async function advanceBatches(em: EntityManager, gains: readonly BatchGain[], now: Date): Promise<BatchProgress[]> {
  if (gains.length === 0) return [];
  const rows = await query<StoredProgress>(
    em,
    `WITH gain AS (
       SELECT * FROM unnest($1::text[], $2::int[], $3::int[]) AS gain(id, completed, non_finite)
     ), held AS (
       SELECT id FROM batch JOIN gain USING (id) ORDER BY id FOR UPDATE OF batch
     )
     UPDATE batch SET
       completed = batch.completed + gain.completed, non_finite = batch.non_finite + gain.non_finite,
       state = CASE WHEN batch.completed + gain.completed = batch.total THEN 'COMPLETED' ELSE batch.state END,
       ended_at = CASE WHEN batch.completed + gain.completed = batch.total THEN $4::timestamptz ELSE batch.ended_at END
     FROM gain JOIN held USING (id)
     WHERE batch.id = gain.id
     RETURNING batch.id, batch.state, batch.total, batch.completed, batch.non_finite`,
    [gains.map(({ id }) => id), gains.map(({ completed }) => completed), gains.map(({ nonFinite }) => nonFinite), now],
  );
  return rows.map(toProgress);
}

/** Cancels the batch if it is running and returns it as it stands then, with whether it was; null where there is none. Its tasks are locked already. */
export async function endBatch(em: EntityManager, id: string, now: Date): Promise<{ batch: BatchProgress; cancelled: boolean } | null> {
  const [row] = await query<StoredProgress>(em, 'SELECT id, state, total, completed, non_finite FROM batch WHERE id = $1 FOR UPDATE', [id]);
  if (!row) return null;
  if (row.state !== 'RUNNING') return { batch: toProgress(row), cancelled: false };
  await query(em, `UPDATE batch SET state = 'CANCELLED', ended_at = $2 WHERE id = $1`, [id, now]);
  return { batch: toProgress({ ...row, state: 'CANCELLED' }), cancelled: true };
}
