import { recordAudit } from '@comptoir/platform/audit.ts';
import type { Principal } from '@comptoir/platform/principal.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import type { SagaAction } from '../domain/events.ts';
import type { Applier } from './applier.ts';

const told = { RETRY: 'saga.retried', CANCEL: 'saga.cancelled', PAUSE: 'saga.paused', RESUME: 'saga.resumed' } as const;

/** An operator's action on a saga; the history and the audit log name who it was. `refused`: not possible as the saga stands. */
export async function act(
  applier: Applier,
  sagaId: string,
  action: SagaAction,
  caller: Pick<Principal, 'consumerId' | 'name'>,
): Promise<'accepted' | 'refused' | 'not-found'> {
  if (!isStorable(sagaId)) return 'not-found';
  const outcome = await applier.apply(sagaId, { kind: action, by: caller.name }, (em, { before }) =>
    recordAudit(em, {
      actor: caller,
      action: told[action],
      entityType: 'saga',
      entityId: sagaId,
      summary: `Saga ${sagaId}, ${before.definition}, was told to ${action.toLowerCase()}`,
      changes: [{ field: 'state', before: before.state }],
    }),
  );
  if (outcome === 'unknown') return 'not-found';
  return outcome === 'applied' ? 'accepted' : 'refused';
}
