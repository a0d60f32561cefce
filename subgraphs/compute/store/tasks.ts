import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { Operation, SingleOperation, Source } from '../domain/operations.ts';
import type { Task, TaskState } from '../domain/task.ts';

interface StoredTask {
  id: string;
  n1: number;
  n2: number;
  operation: Operation;
  source: Source;
  state: TaskState;
  is_foreign: boolean;
  batch_id: string | null;
  missing: SingleOperation[];
}

const columns = 'id, n1, n2, operation, source, state, is_foreign, batch_id, missing';

const toTask = ({ is_foreign, batch_id, ...row }: StoredTask): Task => ({ ...row, foreign: is_foreign, batchId: batch_id });

/** Locks the tasks, in the order of their ids, which everybody keeps to: two batches of messages then wait for each other instead of deadlocking. */
export async function lockTasks(em: EntityManager, ids: readonly string[]): Promise<Map<string, Task>> {
  if (ids.length === 0) return new Map();
  const rows = await query<StoredTask>(em, `SELECT ${columns} FROM task WHERE id = ANY($1) ORDER BY id FOR UPDATE`, [ids]);
  return new Map(rows.map((row) => [row.id, toTask(row)]));
}

/** The pending tasks of a batch, locked in the order of their ids. */
export async function lockPendingTasks(em: EntityManager, batchId: string): Promise<Task[]> {
  const rows = await query<StoredTask>(em, `SELECT ${columns} FROM task WHERE batch_id = $1 AND state = 'PENDING' ORDER BY id FOR UPDATE`, [
    batchId,
  ]);
  return rows.map(toTask);
}

/** Inserts the tasks whose ids are new and returns those ids. `ordered`: in the given order, which then is that of the lists; else in the order of the ids. */
export async function insertTasks(
  em: EntityManager,
  tasks: readonly Task[],
  { submittedBy, submittedAt, ordered }: { submittedBy: string | null; submittedAt: Date; ordered: boolean },
): Promise<Set<string>> {
  if (tasks.length === 0) return new Set();
  const list = <T>(pick: (task: Task) => T) => tasks.map(pick);
  const rows = await query<{ id: string }>(
    em,
    `INSERT INTO task (${columns}, submitted_by, submitted_at)
     SELECT id, n1, n2, operation, source, state, is_foreign, batch_id, missing::text[], $10, $11
     FROM unnest($1::text[], $2::float8[], $3::float8[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::text[])
       WITH ORDINALITY AS task(${columns}, n)
     ORDER BY ${ordered ? 'n' : 'id COLLATE "C"'}
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      list(({ id }) => id),
      list(({ n1 }) => n1),
      list(({ n2 }) => n2),
      list(({ operation }) => operation),
      list(({ source }) => source),
      list(({ state }) => state),
      list(({ foreign }) => foreign),
      list(({ batchId }) => batchId),
      list(({ missing }) => `{${missing.join()}}`),
      submittedBy,
      submittedAt,
    ],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Writes what receiving results changes of tasks that are locked. */
export async function saveTasks(em: EntityManager, tasks: readonly Task[], now: Date): Promise<void> {
  if (tasks.length === 0) return;
  const list = <T>(pick: (task: Task) => T) => tasks.map(pick);
  await query(
    em,
    `UPDATE task SET operation = changed.operation, state = changed.state, missing = changed.missing::text[],
       completed_at = CASE WHEN changed.state = 'COMPLETED' THEN $5::timestamptz END
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS changed(id, operation, state, missing)
     WHERE task.id = changed.id`,
    [
      list(({ id }) => id),
      list(({ operation }) => operation),
      list(({ state }) => state),
      list(({ missing }) => `{${missing.join()}}`),
      now,
    ],
  );
}
