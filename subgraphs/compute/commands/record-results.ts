import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { createCounterChanges } from '../domain/counters.ts';
import type { SingleOperation, Source } from '../domain/operations.ts';
import { newTask, receiveResult, type Task } from '../domain/task.ts';
import { isStorable } from '../domain/validate.ts';
import { batchEvent, completedEvent } from '../messages/outgoing.ts';
import { advanceBatches, type BatchGain } from '../store/batches.ts';
import { insertResults, type NewResult, resultKey } from '../store/results.ts';
import { addToCounters, holdStats } from '../store/stats.ts';
import { insertTasks, lockTasks, saveTasks } from '../store/tasks.ts';
import { countResultsOfWorkers, type WorkerGain } from '../store/workers.ts';

/** A worker's answer, as its message says. */
export interface ReceivedResult {
  readonly taskId: string;
  readonly n1: number;
  readonly n2: number;
  readonly operation: SingleOperation;
  readonly source: Source;
  readonly value: number;
  readonly workerId: string;
  readonly processingSeconds: number;
  readonly completedAt: Date;
}

/** `duplicate`: there is one for that task and operation. `late`: the task was cancelled. An error refuses the message. */
export type RecordOutcome = 'stored' | 'duplicate' | 'late' | ComptoirError;

const maxProcessingSeconds = 366 * 86_400;

/** Stores what is new of the results in one transaction, with everything that follows from it: tasks, batches, counters, workers, events. One outcome each. */
export async function recordResults(
  database: Database,
  results: readonly ReceivedResult[],
  signal?: AbortSignal,
): Promise<RecordOutcome[]> {
  return database.transaction((em) => record(em, results), { signal });
}

async function record(em: EntityManager, results: readonly ReceivedResult[]): Promise<RecordOutcome[]> {
  const now = new Date();
  const changes = createCounterChanges();
  const unusable = results.map(reasonOfUnusable);
  const usable = results.filter((_, index) => unusable[index] === null);

  await holdStats(em);
  const tasks = await findOrCreateTasks(em, usable, now, (task) => changes.taskSent(task.source, task.operation));

  const changed = new Map<string, Task>();
  const fresh: NewResult[] = [];
  const outcomes = results.map((result, index): RecordOutcome => {
    const reason = unusable[index];
    if (reason) return new ComptoirError('MESSAGE_INVALID', reason);
    const task = tasks.get(result.taskId);
    if (!task) throw new Error(`Task ${result.taskId} was neither found nor created`);
    const reception = receiveResult(task, result);
    if (reception.kind === 'conflict') return new ComptoirError('MESSAGE_CONFLICT', reception.reason);
    if (reception.kind !== 'stored') return reception.kind;
    tasks.set(task.id, reception.task);
    changed.set(task.id, reception.task);
    for (const operation of reception.discovered) changes.discovered(task.source, operation);
    changes.received(task.source, result.operation, result.processingSeconds);
    fresh.push({ ...result, source: task.source, batchId: task.batchId });
    return 'stored';
  });

  // They are numbered as they were computed, not as they happened to arrive together: that is the order in which the newest are shown.
  fresh.sort((a, b) => a.completedAt.getTime() - b.completedAt.getTime());
  const ids = await insertResults(em, fresh);
  if (ids.size !== fresh.length) throw new Error('A result was stored although its locked task had it missing');
  await saveTasks(em, [...changed.values()], now);
  const batches = await advanceBatches(em, batchGains(fresh), now);
  await countResultsOfWorkers(em, workerGains(fresh), now);
  await appendToOutbox(em, [
    ...fresh.map((result) => completedEvent(ids.get(resultKey(result)) as string, result)),
    ...batches.map(batchEvent),
  ]);
  await addToCounters(em, changes.deltas());
  return outcomes;
}

/** What the schema cannot say: text that the database cannot keep, and times that nothing takes. */
function reasonOfUnusable({ taskId, workerId, processingSeconds }: ReceivedResult): string | null {
  if (!isStorable(taskId)) return 'request_id holds U+0000 or a lone surrogate';
  if (!isStorable(workerId)) return 'worker_id holds U+0000 or a lone surrogate';
  if (processingSeconds > maxProcessingSeconds) return `processing_time is more than a year: ${processingSeconds} s`;
  return null;
}

/** The results' tasks, locked; for ids that nobody has heard of, new foreign ones. */
async function findOrCreateTasks(
  em: EntityManager,
  results: readonly ReceivedResult[],
  now: Date,
  onCreated: (task: Task) => void,
): Promise<Map<string, Task>> {
  const tasks = await lockTasks(em, [...new Set(results.map(({ taskId }) => taskId))]);
  const unknown = new Map<string, Task>();
  for (const { taskId: id, n1, n2, operation, source } of results) {
    if (!tasks.has(id) && !unknown.has(id)) unknown.set(id, newTask({ id, n1, n2, operation, source, foreign: true, batchId: null }));
  }
  const created = await insertTasks(em, [...unknown.values()], { submittedBy: null, submittedAt: now, ordered: false });
  for (const id of created) {
    const task = unknown.get(id) as Task;
    tasks.set(id, task);
    onCreated(task);
  }
  const createdMeanwhile = await lockTasks(
    em,
    [...unknown.keys()].filter((id) => !created.has(id)),
  );
  return new Map([...tasks, ...createdMeanwhile]);
}

function batchGains(results: readonly NewResult[]): BatchGain[] {
  const gains = new Map<string, BatchGain>();
  for (const { batchId, value } of results) {
    if (batchId === null) continue;
    const gain = gains.get(batchId) ?? { id: batchId, completed: 0, nonFinite: 0 };
    gain.completed++;
    if (!Number.isFinite(value)) gain.nonFinite++;
    gains.set(batchId, gain);
  }
  return [...gains.values()];
}

function workerGains(results: readonly NewResult[]): WorkerGain[] {
  const gains = new Map<string, WorkerGain>();
  for (const { workerId: id, operation, completedAt } of results) {
    const gain = gains.get(id) ?? { id, operation, results: 0, finishedAt: completedAt };
    gain.results++;
    if (completedAt >= gain.finishedAt) Object.assign(gain, { operation, finishedAt: completedAt });
    gains.set(id, gain);
  }
  return [...gains.values()];
}
