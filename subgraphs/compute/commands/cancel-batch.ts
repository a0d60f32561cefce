import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import { createCounterChanges } from '../domain/counters.ts';
import { batchEvent } from '../messages/outgoing.ts';
import { endBatch } from '../store/batches.ts';
import { addToCounters, holdStats } from '../store/stats.ts';
import { lockPendingTasks } from '../store/tasks.ts';

export type CancelOutcome = 'cancelled' | 'already-ended' | 'not-found';

/**
 * Cancels what a batch still has to do: its pending tasks, and their messages that were not sent yet. Results that come all the same are dropped; those that are
 * stored stay. Tasks are locked before the batch, as recording results does.
 */
export async function cancelBatch(database: Database, id: string, caller: Pick<Principal, 'consumerId' | 'name'>): Promise<CancelOutcome> {
  return database.transaction(async (em) => {
    const now = new Date();
    await holdStats(em);
    const tasks = await lockPendingTasks(em, id);
    const ended = await endBatch(em, id, now);
    if (!ended) return 'not-found';
    if (!ended.cancelled) return 'already-ended';

    const changes = createCounterChanges();
    for (const { source, missing } of tasks) for (const operation of missing) changes.cancelled(source, operation);
    const ids = tasks.map((task) => task.id);
    await query(em, `UPDATE task SET state = 'CANCELLED' WHERE id = ANY($1)`, [ids]);
    // A row the relay is about to mark as sent is locked by it: that message is out already.
    await query(
      em,
      `DELETE FROM outbox WHERE id IN (
         SELECT id FROM outbox WHERE type = 'calculation.task' AND aggregate_id = ANY($1) AND sent_at IS NULL FOR UPDATE SKIP LOCKED)`,
      [ids],
    );
    await appendToOutbox(em, [batchEvent(ended.batch)]);
    await addToCounters(em, changes.deltas());
    const summary = `Batch ${id} was cancelled, with ${ids.length} tasks that were pending`;
    await recordAudit(em, { actor: caller, action: 'batch.cancelled', entityType: 'batch', entityId: id, summary });
    return 'cancelled';
  });
}
