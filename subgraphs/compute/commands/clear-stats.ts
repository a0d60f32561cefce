import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import { query } from '@comptoir/platform/sql.ts';
import { idempotencyKeyFaults } from '../domain/validate.ts';
import { statsEvent } from '../messages/outgoing.ts';
import { lockStats } from '../store/stats.ts';

/** Counters begin from zero, and lists with `sinceClear` are empty; what is stored stays, and what is pending is still pending. */
export async function clearStats(
  database: Database,
  { idempotencyKey, consumerId }: { idempotencyKey?: string | null; consumerId: string },
): Promise<void> {
  const faults = idempotencyKeyFaults(idempotencyKey);
  if (faults.length > 0) throw badUserInput(faults);
  await database.transaction((em) =>
    once(em, { principal: consumerId, operation: 'clearStats', key: idempotencyKey, input: null }, async () => {
      // So that no result below the mark is stored later.
      await lockStats(em);
      await query(em, 'UPDATE stats SET since = clock_timestamp(), cleared_result_id = (SELECT coalesce(max(id), 0) FROM result)');
      await query(em, 'UPDATE counter SET tasks = 0, sent = 0, received = 0, processing_seconds = 0, updated_at = clock_timestamp()');
      await query(em, 'UPDATE worker SET results = 0 WHERE results > 0');
      await appendToOutbox(em, [statsEvent('cleared')]);
    }),
  );
}
