import { recordBusiness } from '@comptoir/platform/business-log.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { expectedResults } from '../domain/batch.ts';
import { createCounterChanges } from '../domain/counters.ts';
import { newId } from '../domain/new-id.ts';
import { newTask } from '../domain/task.ts';
import { type BatchSubmission, batchFaults, idempotencyKeyFaults, normalise } from '../domain/validate.ts';
import { statsEvent, taskMessage } from '../messages/outgoing.ts';
import { insertBatch } from '../store/batches.ts';
import { addToCounters, holdStats } from '../store/stats.ts';
import { insertTasks } from '../store/tasks.ts';

/** Rows of one statement: bounds what is built in memory at once. */
const chunkSize = 2_000;

/**
 * Accepts up to 10,000 calculations as a whole or refuses them as a whole, with every fault. Returns the batch's id.
 * Errors: BAD_USER_INPUT; IDEMPOTENCY_CONFLICT.
 */
export async function submitBatch(
  database: Database,
  { input, idempotencyKey, consumerId }: { input: BatchSubmission; idempotencyKey?: string | null; consumerId: string },
): Promise<string> {
  const faults = [...batchFaults(input, ['input']), ...idempotencyKeyFaults(idempotencyKey)];
  if (faults.length > 0) throw badUserInput(faults);
  const { source } = input;
  const calculations = input.tasks.map(({ n1, n2, operation }) => normalise({ n1, n2, operation }));
  const request = { principal: consumerId, operation: 'submitBatch', key: idempotencyKey, input: { source, tasks: calculations } };

  return database.transaction((em) =>
    once(em, request, async () => {
      const submittedAt = new Date();
      const batchId = newId();
      const tasks = calculations.map((calculation) => newTask({ ...calculation, id: newId(), source, foreign: false, batchId }));
      const changes = createCounterChanges();
      for (const { operation } of tasks) changes.taskSent(source, operation);
      await holdStats(em);
      const total = expectedResults(tasks);
      await insertBatch(em, { id: batchId, source, taskCount: tasks.length, total, submittedBy: consumerId, submittedAt });
      for (let start = 0; start < tasks.length; start += chunkSize) {
        const chunk = tasks.slice(start, start + chunkSize);
        await insertTasks(em, chunk, { submittedBy: consumerId, submittedAt, ordered: true });
        await appendToOutbox(
          em,
          chunk.map((task) => taskMessage(task, submittedAt)),
        );
      }
      await appendToOutbox(em, [statsEvent('submitted')]);
      await addToCounters(em, changes.deltas());
      const details = { tasks: tasks.length, source };
      recordBusiness(em, { actor: { consumerId }, operation: 'batch.submitted', entityType: 'batch', entityId: batchId, details });
      return batchId;
    }),
  );
}
