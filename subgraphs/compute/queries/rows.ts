import { entityRows } from '@comptoir/platform/entity-rows.ts';
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

export const taskRows = entityRows<TaskRow>(TaskEntity);
export const resultRows = entityRows<ResultRow>(ResultEntity);
export const workerRows = entityRows<WorkerRow>(WorkerEntity);
export const batchRows = entityRows<BatchRow>(BatchEntity);
