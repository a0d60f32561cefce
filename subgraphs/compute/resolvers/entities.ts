import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-compute.ts';
import type { ComputeContext } from '../context.ts';
import { textOf } from '../domain/arithmetic.ts';
import { throughput } from '../domain/batch.ts';
import type { BatchRow, ResultRow, TaskRow } from '../entities/entities.ts';

/** A task, or only its id: the rest is then loaded when it is asked for. */
export type TaskRef = TaskRow | { readonly id: string };

async function loadTask(ref: TaskRef, { loaders }: ComputeContext): Promise<TaskRow> {
  if ('n1' in ref) return ref;
  const task = await loaders.task.load(ref.id);
  if (!task) throw new ComptoirError('NOT_FOUND', `There is no task ${ref.id}.`);
  return task;
}

const ofTask =
  <T>(pick: (task: TaskRow) => T) =>
  async (ref: TaskRef, _: unknown, context: ComputeContext) =>
    pick(await loadTask(ref, context));

/** To the subgraph that owns consumers. */
const consumer = (id: string | null | undefined) => (id ? { __typename: 'Consumer' as const, id } : null);

const Task = {
  __resolveReference: ({ id }: { id: string }, { loaders }: ComputeContext) => loaders.task.load(id),
  n1: ofTask(({ n1 }) => n1),
  n2: ofTask(({ n2 }) => n2),
  operation: ofTask(({ operation }) => operation),
  source: ofTask(({ source }) => source),
  state: ofTask(({ state }) => state),
  foreign: ofTask(({ foreign }) => foreign),
  submittedBy: ofTask(({ submittedBy }) => consumer(submittedBy)),
  submittedAt: ofTask(({ submittedAt }) => submittedAt),
  completedAt: ofTask(({ completedAt }) => completedAt),
  async batch(ref: TaskRef, _: unknown, context: ComputeContext) {
    const { batchId } = await loadTask(ref, context);
    return batchId ? context.loaders.batch.load(batchId) : null;
  },
  results: ({ id }: TaskRef, _: unknown, { loaders }: ComputeContext) => loaders.resultsOfTask.load(id),
};

/** What is shown of a result: a row, or an event that carries as much. */
export type ResultView = Pick<
  ResultRow,
  'id' | 'taskId' | 'n1' | 'n2' | 'operation' | 'value' | 'source' | 'workerId' | 'processingTime' | 'completedAt'
>;

const Result = {
  __resolveReference: ({ id }: { id: string }, { loaders }: ComputeContext) => loaders.result.load(id),
  task: ({ taskId }: ResultView): TaskRef => ({ id: taskId }),
  result: ({ value }: ResultView) => (Number.isFinite(value) ? value : null),
  text: ({ value }: ResultView) => textOf(value),
};

const Batch = {
  __resolveReference: ({ id }: { id: string }, { loaders }: ComputeContext) => loaders.batch.load(id),
  submittedBy: ({ submittedBy }: BatchRow) => consumer(submittedBy),
  throughput: ({ completed, submittedAt, endedAt }: BatchRow) => throughput({ completed, submittedAt, endedAt: endedAt ?? null }),
};

export const entityResolvers = { Task, Result, Batch } satisfies Resolvers<ComputeContext>;
