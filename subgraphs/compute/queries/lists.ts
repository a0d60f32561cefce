import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { Operation, Source } from '../domain/operations.ts';
import type { TaskState } from '../domain/task.ts';
import {
  BatchEntity,
  type BatchRow,
  ResultEntity,
  type ResultRow,
  TaskEntity,
  type TaskRow,
  WorkerEntity,
  type WorkerRow,
} from '../entities/entities.ts';
import { findPage, type Page, type PageRequest } from './pages.ts';

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

/** What is left out or null does not restrict. */
function restrictions(filter: object): object {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== undefined));
}

export function findTasks(em: EntityManager, filter: TaskFilter, page: PageRequest): Promise<Page<TaskRow>> {
  const { operation, source, state, batchId, submittedBy } = filter;
  return findPage<TaskRow>(em, TaskEntity, { key: 'seq', where: restrictions({ operation, source, state, batchId, submittedBy }), page });
}

export async function findResults(em: EntityManager, filter: ResultFilter, page: PageRequest): Promise<Page<ResultRow>> {
  const { operation, source, batchId, sinceClear } = filter;
  const where = restrictions({ operation, source, batchId });
  // By the id up to which the counters were cleared, not by time: exact, and it stops the search.
  const [cleared] = sinceClear ? await query<{ cleared_result_id: string }>(em, 'SELECT cleared_result_id FROM stats') : [];
  const since = cleared ? { $and: [where, { id: { $gt: cleared.cleared_result_id } }] } : where;
  return findPage<ResultRow>(em, ResultEntity, { key: 'id', where: since, page });
}

export function findBatches(em: EntityManager, page: PageRequest): Promise<Page<BatchRow>> {
  return findPage<BatchRow>(em, BatchEntity, { key: 'seq', where: {}, page });
}

/** By name; the thousand first where there are more. */
export async function findWorkers(em: EntityManager): Promise<WorkerRow[]> {
  return (await em.find(WorkerEntity, {}, { orderBy: { id: 'asc' }, limit: maxWorkers })) as WorkerRow[];
}
