import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { SingleOperation, Source } from '../domain/operations.ts';

export interface NewResult {
  readonly taskId: string;
  readonly operation: SingleOperation;
  readonly n1: number;
  readonly n2: number;
  /** May be an infinity or NaN. */
  readonly value: number;
  readonly source: Source;
  readonly batchId: string | null;
  readonly workerId: string;
  readonly processingSeconds: number;
  readonly completedAt: Date;
}

export const resultKey = (result: { readonly taskId: string; readonly operation: SingleOperation }) =>
  `${result.operation} ${result.taskId}`;

/** Stores the results, in the given order, of which there is none yet for their task and operation; returns the new ids by resultKey. */
export async function insertResults(em: EntityManager, results: readonly NewResult[]): Promise<Map<string, string>> {
  if (results.length === 0) return new Map();
  const list = <T>(pick: (result: NewResult) => T) => results.map(pick);
  const rows = await query<{ id: string; task_id: string; operation: SingleOperation }>(
    em,
    `INSERT INTO result (task_id, operation, n1, n2, value, source, batch_id, worker_id, processing_time, completed_at)
     SELECT task_id, operation, n1, n2, value, source, batch_id, worker_id, processing_time, completed_at
     FROM unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::float8[], $6::text[], $7::text[], $8::text[], $9::float8[], $10::timestamptz[])
       WITH ORDINALITY AS result(task_id, operation, n1, n2, value, source, batch_id, worker_id, processing_time, completed_at, n)
     ORDER BY n
     ON CONFLICT (task_id, operation) DO NOTHING RETURNING id, task_id, operation`,
    [
      list(({ taskId }) => taskId),
      list(({ operation }) => operation),
      list(({ n1 }) => n1),
      list(({ n2 }) => n2),
      list(({ value }) => value),
      list(({ source }) => source),
      list(({ batchId }) => batchId),
      list(({ workerId }) => workerId),
      list(({ processingSeconds }) => processingSeconds),
      list(({ completedAt }) => completedAt),
    ],
  );
  return new Map(rows.map(({ id, task_id, operation }) => [resultKey({ taskId: task_id, operation }), id]));
}
