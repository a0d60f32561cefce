import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Database } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import { idempotencyKeyFaults } from '../domain/validate.ts';
import { statsEvent } from '../messages/outgoing.ts';
import { lockStats } from '../store/stats.ts';

/** Counters begin from zero, and lists with `sinceClear` are empty; what is stored stays, and what is pending is still pending. */
export async function clearStats(
  database: Database,
  { idempotencyKey, caller }: { idempotencyKey?: string | null; caller: Pick<Principal, 'consumerId' | 'name'> },
): Promise<void> {
  const faults = idempotencyKeyFaults(idempotencyKey);
  if (faults.length > 0) throw badUserInput(faults);
  await database.transaction((em) =>
    once(em, { principal: caller.consumerId, operation: 'clearStats', key: idempotencyKey, input: null }, async () => {
      // So that no result below the mark is stored later.
      await lockStats(em);
      await query(em, 'UPDATE stats SET since = clock_timestamp(), cleared_result_id = (SELECT coalesce(max(id), 0) FROM result)');
      await query(em, 'UPDATE counter SET tasks = 0, sent = 0, received = 0, processing_seconds = 0, updated_at = clock_timestamp()');
      await query(em, 'UPDATE worker SET results = 0 WHERE results > 0');
      await appendToOutbox(em, [statsEvent('cleared')]);
      const summary = 'The counters of calculations were set to zero';
      await recordAudit(em, { actor: caller, action: 'stats.cleared', entityType: 'stats', entityId: 'all', summary });
    }),
  );
}
