import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { SingleOperation } from '../domain/operations.ts';
import type { AnnouncedState } from '../domain/worker-state.ts';

/** What one transaction adds to a worker. */
export interface WorkerGain {
  readonly id: string;
  operation: SingleOperation;
  results: number;
  /** When it finished the last of them. */
  finishedAt: Date;
}

/** Counts results for their workers; one that never announced itself becomes known by them. Who finished the task it was at, waits again. */
export async function countResultsOfWorkers(em: EntityManager, gains: readonly WorkerGain[], now: Date): Promise<void> {
  if (gains.length === 0) return;
  await query(
    em,
    `INSERT INTO worker (id, operation, announced, state, state_at, results, last_seen_at)
     SELECT id, operation, false, 'IDLE', finished_at, results, $5
     FROM unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[]) AS gain(id, operation, results, finished_at)
     ORDER BY id COLLATE "C"
     ON CONFLICT (id) DO UPDATE SET
       operation = CASE WHEN worker.announced THEN worker.operation ELSE excluded.operation END,
       results = worker.results + excluded.results,
       last_seen_at = greatest(worker.last_seen_at, excluded.last_seen_at),
       state = CASE WHEN excluded.state_at > worker.state_at THEN 'IDLE' ELSE worker.state END,
       current_task_id = CASE WHEN excluded.state_at > worker.state_at THEN NULL ELSE worker.current_task_id END,
       state_at = greatest(worker.state_at, excluded.state_at)`,
    [
      gains.map(({ id }) => id),
      gains.map(({ operation }) => operation),
      gains.map(({ results }) => results),
      gains.map(({ finishedAt }) => finishedAt),
      now,
    ],
  );
}

export interface Announcement {
  readonly workerId: string;
  readonly operation: SingleOperation;
  readonly state: AnnouncedState;
  readonly taskId: string | null;
  readonly at: Date;
}

/** Keeps the newest announcement of each worker. */
export async function saveAnnouncements(em: EntityManager, announcements: readonly Announcement[], now: Date): Promise<void> {
  const newest = new Map<string, Announcement>();
  for (const announcement of announcements) {
    const known = newest.get(announcement.workerId);
    if (!known || known.at <= announcement.at) newest.set(announcement.workerId, announcement);
  }
  const list = [...newest.values()];
  await query(
    em,
    `INSERT INTO worker (id, operation, announced, state, state_at, current_task_id, last_seen_at)
     SELECT id, operation, true, state, at, task_id, $6
     FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]) AS announcement(id, operation, state, at, task_id)
     ORDER BY id COLLATE "C"
     ON CONFLICT (id) DO UPDATE SET
       announced = true, operation = excluded.operation, last_seen_at = greatest(worker.last_seen_at, excluded.last_seen_at),
       state = CASE WHEN excluded.state_at >= worker.state_at THEN excluded.state ELSE worker.state END,
       current_task_id = CASE WHEN excluded.state_at >= worker.state_at THEN excluded.current_task_id ELSE worker.current_task_id END,
       state_at = greatest(worker.state_at, excluded.state_at)`,
    [
      list.map(({ workerId }) => workerId),
      list.map(({ operation }) => operation),
      list.map(({ state }) => state),
      list.map(({ at }) => at),
      list.map(({ taskId }) => taskId),
      now,
    ],
  );
}

/** Forgets workers that were last heard of before this; their results stay. */
export async function forgetWorkers(em: EntityManager, before: Date): Promise<void> {
  await query(em, 'DELETE FROM worker WHERE last_seen_at < $1', [before]);
}
