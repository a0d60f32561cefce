import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent, unread } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { GuardedStep } from '../domain/saga-answer.ts';

/** Locks what a saga does in a step until the transaction ends, whether something was done or not. Taken before any other lock. */
export async function lockStep(em: EntityManager, sagaId: string, step: GuardedStep): Promise<{ cancelled: boolean }> {
  const [row] = await query<{ cancelled: boolean }>(
    em,
    frequent(`INSERT INTO saga_step AS s (saga_id, step) VALUES ($1, $2)
     ON CONFLICT (saga_id, step) DO UPDATE SET step = s.step RETURNING cancelled_at IS NOT NULL AS cancelled`),
    [sagaId, step],
  );
  return { cancelled: row?.cancelled ?? false };
}

/** From now on the step is refused to this saga, if it has not been done. */
export async function cancelStep(em: EntityManager, sagaId: string, step: GuardedStep): Promise<void> {
  await query(
    em,
    unread('UPDATE saga_step SET cancelled_at = coalesce(cancelled_at, clock_timestamp()) WHERE (saga_id, step) = ($1, $2)'),
    [sagaId, step],
  );
}
