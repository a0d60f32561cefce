import { recordBusiness } from '@comptoir/platform/business-log.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { createCounterChanges } from '../domain/counters.ts';
import { newId } from '../domain/new-id.ts';
import { newTask } from '../domain/task.ts';
import { calculationFaults, idempotencyKeyFaults, normalise, type Submission } from '../domain/validate.ts';
import { statsEvent, taskMessage } from '../messages/outgoing.ts';
import { addToCounters, holdStats } from '../store/stats.ts';
import { insertTasks } from '../store/tasks.ts';

/**
 * Accepts one calculation: task, counters, the command to a worker and the event, or nothing. Needs no broker. Returns the task's id.
 * Errors: BAD_USER_INPUT; IDEMPOTENCY_CONFLICT.
 */
export async function submitCalculation(
  database: Database,
  { input, idempotencyKey, consumerId }: { input: Submission; idempotencyKey?: string | null; consumerId: string },
): Promise<string> {
  const faults = [...calculationFaults(input, ['input']), ...idempotencyKeyFaults(idempotencyKey)];
  if (faults.length > 0) throw badUserInput(faults);
  const { n1, n2, operation, source } = normalise(input);
  const request = { principal: consumerId, operation: 'submitCalculation', key: idempotencyKey, input: { n1, n2, operation, source } };

  return database.transaction((em) =>
    once(em, request, async () => {
      const now = new Date();
      const task = newTask({ id: newId(), n1, n2, operation, source, foreign: false, batchId: null });
      const changes = createCounterChanges();
      changes.taskSent(source, operation);
      await holdStats(em);
      await insertTasks(em, [task], { submittedBy: consumerId, submittedAt: now, ordered: true });
      await appendToOutbox(em, [taskMessage(task, now), statsEvent('submitted')]);
      await addToCounters(em, changes.deltas());
      recordBusiness(em, {
        actor: { consumerId },
        operation: 'calculation.submitted',
        entityType: 'calculation',
        entityId: task.id,
        details: { n1, n2, operation, source },
      });
      return task.id;
    }),
  );
}
