import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { createCounterChanges } from '../domain/counters.ts';
import type { Source } from '../domain/operations.ts';
import { conflictOfOperands, newTask, widenToAll } from '../domain/task.ts';
import { isStorable } from '../domain/validate.ts';
import { statsEvent } from '../messages/outgoing.ts';
import { addToCounters, holdStats } from '../store/stats.ts';
import { insertTasks, lockTasks, saveTasks } from '../store/tasks.ts';

export interface HeardTask {
  readonly id: string;
  readonly n1: number;
  readonly n2: number;
  readonly source: Source;
}

/** Takes note of tasks that were published to all four operations; our own are known already. One outcome each: an error refuses the message. */
export async function recordForeignTasks(
  database: Database,
  heard: readonly HeardTask[],
  signal?: AbortSignal,
): Promise<('ok' | ComptoirError)[]> {
  const outcomes: ('ok' | ComptoirError)[] = heard.map(({ id }) =>
    isStorable(id) ? 'ok' : new ComptoirError('MESSAGE_INVALID', 'request_id holds U+0000 or a lone surrogate'),
  );
  const usable = heard.filter((_, index) => outcomes[index] === 'ok');
  const conflicts = await database.transaction((em) => record(em, usable), { signal });
  return outcomes.map((outcome, index) => conflicts.get(heard[index] as HeardTask) ?? outcome);
}

async function record(em: EntityManager, heard: readonly HeardTask[]): Promise<Map<HeardTask, ComptoirError>> {
  const now = new Date();
  const changes = createCounterChanges();
  const conflicts = new Map<HeardTask, ComptoirError>();
  await holdStats(em);

  const unheardOf = new Map(heard.map((task) => [task.id, newTask({ ...task, operation: 'ALL', foreign: true, batchId: null })]));
  const known = await lockTasks(em, [...unheardOf.keys()]);
  for (const id of known.keys()) unheardOf.delete(id);
  const created = await insertTasks(em, [...unheardOf.values()], { submittedBy: null, submittedAt: now, ordered: false });
  for (const id of created) changes.taskSent(unheardOf.get(id)?.source ?? 'WEB', 'ALL');
  const tasks = new Map([...known, ...(await lockTasks(em, [...unheardOf.keys()]))]);

  const changed = new Map<string, Parameters<typeof saveTasks>[1][number]>();
  for (const message of heard) {
    const task = tasks.get(message.id);
    if (!task) throw new Error(`Task ${message.id} was neither found nor created`);
    const conflict = conflictOfOperands(task, message);
    if (conflict) {
      conflicts.set(message, new ComptoirError('MESSAGE_CONFLICT', conflict));
    } else if (task.operation !== 'ALL') {
      // Known from a result of one operation that was faster than this message; one of ours is not widened by what others publish under its id.
      if (!task.foreign) {
        conflicts.set(message, new ComptoirError('MESSAGE_CONFLICT', `task ${task.id} asked for ${task.operation}, not for ALL`));
        continue;
      }
      const widened = widenToAll(task);
      tasks.set(task.id, widened.task);
      changed.set(task.id, widened.task);
      for (const operation of widened.discovered) changes.discovered(task.source, operation);
    }
  }
  await saveTasks(em, [...changed.values()], now);
  if (changes.deltas().length > 0) await appendToOutbox(em, [statsEvent('submitted')]);
  await addToCounters(em, changes.deltas());
  return conflicts;
}
