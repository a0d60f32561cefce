import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { batchStates } from '../domain/batch.ts';
import { type Operation, type SingleOperation, type Source, singleOperations, sources } from '../domain/operations.ts';
import { taskStates } from '../domain/task.ts';
import { workerStates } from '../domain/worker-state.ts';

/** Entities are for reading; commands write many rows in one statement. The tables are made by migrations/. */
export const TaskEntity = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    id: p.text().primary(),
    seq: p.bigint('string'),
    n1: p.float(),
    n2: p.float(),
    operation: p.text().$type<Operation>(),
    source: p.text().$type<Source>(),
    state: p.enum(taskStates),
    foreign: p.boolean().fieldName('is_foreign'),
    submittedBy: p.text().nullable(),
    batchId: p.text().nullable(),
    submittedAt: p.datetime(),
    completedAt: p.datetime().nullable(),
  },
});
export type TaskRow = InferEntity<typeof TaskEntity>;

export const ResultEntity = defineEntity({
  name: 'Result',
  tableName: 'result',
  properties: {
    id: p.bigint('string').primary(),
    taskId: p.text(),
    operation: p.enum(singleOperations).$type<SingleOperation>(),
    n1: p.float(),
    n2: p.float(),
    value: p.float(),
    source: p.enum(sources),
    batchId: p.text().nullable(),
    workerId: p.text(),
    processingTime: p.float(),
    completedAt: p.datetime(),
  },
});
export type ResultRow = InferEntity<typeof ResultEntity>;

export const BatchEntity = defineEntity({
  name: 'Batch',
  tableName: 'batch',
  properties: {
    id: p.text().primary(),
    seq: p.bigint('string'),
    state: p.enum(batchStates),
    source: p.enum(sources),
    taskCount: p.integer(),
    total: p.integer(),
    completed: p.integer(),
    nonFinite: p.integer(),
    submittedBy: p.text().nullable(),
    submittedAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});
export type BatchRow = InferEntity<typeof BatchEntity>;

export const WorkerEntity = defineEntity({
  name: 'Worker',
  tableName: 'worker',
  properties: {
    id: p.text().primary(),
    operation: p.enum(singleOperations),
    announced: p.boolean(),
    state: p.enum(workerStates),
    stateAt: p.datetime(),
    currentTaskId: p.text().nullable(),
    results: p.integer(),
    lastSeenAt: p.datetime(),
  },
});
export type WorkerRow = InferEntity<typeof WorkerEntity>;

export const entities = [TaskEntity, ResultEntity, BatchEntity, WorkerEntity];
