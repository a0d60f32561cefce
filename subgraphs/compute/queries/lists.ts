import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Page, PageRequest } from '@comptoir/platform/keyset.ts';
import { findPage, type ListOrder } from '@comptoir/platform/list.ts';
import type { Operation, Source } from '../domain/operations.ts';
import type { TaskState } from '../domain/task.ts';
import type { BatchRow, ResultRow, TaskRow, WorkerRow } from '../entities/entities.ts';
import { batchRows, resultRows, taskRows, workerRows } from './rows.ts';

export interface TaskFilter {
  readonly operation?: Operation | null;
  readonly source?: Source | null;
  readonly state?: TaskState | null;
  readonly batchId?: string | null;
  /** Only those of this consumer. */
  readonly submittedBy?: string | null;
}

export interface ResultFilter {
  readonly operation?: Operation | null;
  readonly source?: Source | null;
  readonly batchId?: string | null;
  readonly sinceClear?: boolean | null;
}

const maxWorkers = 1_000;

type CountedPage = PageRequest & { readonly counted: boolean };

/** By a column that grows. */
const newestFirst = (name: string, column: 'id' | 'seq'): ListOrder => ({
  name,
  columns: [{ sql: column, kind: 'int' }],
  descending: true,
});
const acceptedTasks = newestFirst('TASKS', 'seq');
const storedResults = newestFirst('RESULTS', 'id');
const acceptedBatches = newestFirst('BATCHES', 'seq');

/** Columns that have to have these values; what is left out or null does not restrict. */
function restricted(values: Readonly<Record<string, unknown>>): { conditions: string[]; parameters: unknown[] } {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  return {
    conditions: ['true', ...given.map(([column], index) => `${column} = $${index + 1}`)],
    parameters: given.map(([, value]) => value),
  };
}

/** Newest first. Errors: BAD_USER_INPUT. */
export function findTasks(em: EntityManager, filter: TaskFilter, page: CountedPage): Promise<Page<TaskRow>> {
  const { operation, source, state, batchId, submittedBy } = filter;
  const { conditions, parameters } = restricted({ operation, source, state, batch_id: batchId, submitted_by: submittedBy });
  const from = `task WHERE ${conditions.join(' AND ')}`;
  return findPage(em, { columns: taskRows.columns, from, parameters, order: acceptedTasks, toNode: taskRows.toRow }, page);
}

/** Newest first. Errors: BAD_USER_INPUT. */
export function findResults(em: EntityManager, filter: ResultFilter, page: CountedPage): Promise<Page<ResultRow>> {
  const { operation, source, batchId, sinceClear } = filter;
  const { conditions, parameters } = restricted({ operation, source, batch_id: batchId });
  // By the id up to which the counters were cleared, not by time: exact, and it stops the search.
  if (sinceClear) conditions.push('id > (SELECT cleared_result_id FROM stats)');
  const from = `result WHERE ${conditions.join(' AND ')}`;
  return findPage(em, { columns: resultRows.columns, from, parameters, order: storedResults, toNode: resultRows.toRow }, page);
}

/** Newest first. Errors: BAD_USER_INPUT. */
export function findBatches(em: EntityManager, page: CountedPage): Promise<Page<BatchRow>> {
  const { columns, toRow: toNode } = batchRows;
  return findPage(em, { columns, from: 'batch WHERE true', parameters: [], order: acceptedBatches, toNode }, page);
}

/** By name; the thousand first where there are more. */
export function findWorkers(em: EntityManager): Promise<WorkerRow[]> {
  return workerRows.read(em, 'ORDER BY id LIMIT $1', [maxWorkers]);
}
