import type { Database } from '@comptoir/platform/database.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { query } from '@comptoir/platform/sql.ts';
import { taskQueue } from '@comptoir/schema/topology.ts';
import { type Operation, type SingleOperation, type Source, toWireOperation } from '../domain/operations.ts';
import type { Task } from '../domain/task.ts';
import { taskMessageFor } from '../messages/outgoing.ts';

/** Any number will do, as long as every instance takes the same; the platform's own begin with 0x636f6d too. */
const reissueLock = 0x636f6d70;

interface LostTask {
  id: string;
  n1: number;
  n2: number;
  operation: Operation;
  source: Source;
  batch_id: string | null;
  missing: SingleOperation;
}

/**
 * Sends once more what the broker must have lost: of tasks those of the operations whose queue is empty that have no result yet and whose last message was sent
 * before `sentBefore`. Not those that wait in the outbox, nor tasks that a worker says it is at, or that were given up as dead letters. One instance at a time;
 * `limit` messages a turn, the oldest tasks first, and ever more rarely what nothing helps. Returns how many. Sending too much is harmless: the second result of an operation is dropped.
 */
export async function reissueLostTasks(
  database: Database,
  { operations, sentBefore, limit }: { operations: readonly SingleOperation[]; sentBefore: Date; limit: number },
): Promise<number> {
  return database.transaction(async (em) => {
    const [lock] = await query<{ taken: boolean }>(em, 'SELECT pg_try_advisory_xact_lock($1) AS taken', [reissueLock]);
    if (!lock?.taken) return 0;
    const now = new Date();
    const lost = await query<LostTask>(
      em,
      `SELECT id, n1, n2, task.operation, source, batch_id, lost.operation AS missing FROM task
       JOIN unnest($1::text[], $2::text[]) AS lost (operation, queue) ON lost.operation = ANY (missing)
       CROSS JOIN LATERAL (
         SELECT count(*) AS messages, max(sent_at) AS last_sent_at, coalesce(bool_or(sent_at IS NULL), false) AS waiting
         FROM outbox WHERE type = 'calculation.task' AND aggregate_id = task.id AND (exchange <> '' OR routing_key = lost.queue)
       ) sent
       WHERE state = 'PENDING' AND NOT is_foreign AND missing && $1::text[] AND submitted_at < $3
         AND NOT waiting AND coalesce(last_sent_at, submitted_at) < $3 - least(interval '30 seconds' * (2 ^ greatest(messages - 4, 0) - 1), interval '1 hour')
         AND NOT EXISTS (SELECT FROM worker WHERE current_task_id = task.id AND worker.state = 'BUSY' AND last_seen_at > now() - interval '15 seconds')
         AND NOT EXISTS (SELECT FROM dead_letter WHERE message_id = task.id)
       ORDER BY seq LIMIT $4
       FOR UPDATE OF task SKIP LOCKED`,
      [operations, operations.map((operation) => taskQueue(toWireOperation(operation))), sentBefore, limit],
    );
    const messages = lost.map(({ batch_id: batchId, missing, ...row }) => {
      const task: Task = { ...row, batchId, missing: [missing], state: 'PENDING', foreign: false };
      return taskMessageFor(task, missing, now);
    });
    await appendToOutbox(em, messages);
    return messages.length;
  });
}
