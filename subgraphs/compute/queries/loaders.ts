import type { EntityManager } from '@comptoir/platform/database.ts';
import DataLoader from 'dataloader';
import type { BatchRow, ResultRow, TaskRow } from '../entities/entities.ts';
import { batchRows, resultRows, taskRows } from './rows.ts';

/** Loaders of one request, or of one event of a subscription: one statement for all that is asked for in the same moment. */
export function createLoaders(em: EntityManager) {
  async function byId<Row extends { id: string }>(rows: Promise<Row[]>, ids: readonly string[]): Promise<(Row | null)[]> {
    const found = new Map((await rows).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }
  return {
    task: new DataLoader<string, TaskRow | null>((ids) => byId(taskRows.read(em, 'WHERE id = ANY($1::text[])', [ids]), ids)),
    batch: new DataLoader<string, BatchRow | null>((ids) => byId(batchRows.read(em, 'WHERE id = ANY($1::text[])', [ids]), ids)),
    result: new DataLoader<string, ResultRow | null>((ids) =>
      byId(resultRows.read(em, 'WHERE id = ANY($1::bigint[])', [ids.filter(isResultId)]), ids),
    ),
    /** At most four of each task, in the order they were stored. */
    resultsOfTask: new DataLoader<string, ResultRow[]>(async (taskIds) => {
      const rows = await resultRows.read(em, 'WHERE task_id = ANY($1::text[]) ORDER BY id', [taskIds]);
      const byTask = Map.groupBy(rows, ({ taskId }) => taskId);
      return taskIds.map((id) => byTask.get(id) ?? []);
    }),
  };
}

/** What is no number cannot be asked for, and is nobody's id. */
const isResultId = (id: string) => /^[1-9]\d{0,17}$/.test(id);

export type Loaders = ReturnType<typeof createLoaders>;
