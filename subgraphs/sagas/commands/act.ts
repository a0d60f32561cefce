import { isStorable } from '@comptoir/platform/text.ts';
import type { SagaAction } from '../domain/events.ts';
import type { Applier } from './applier.ts';

/** An operator's action on a saga; `by` is whom the history names. `refused`: not possible as the saga stands. */
export async function act(applier: Applier, sagaId: string, action: SagaAction, by: string): Promise<'accepted' | 'refused' | 'not-found'> {
  if (!isStorable(sagaId)) return 'not-found';
  const outcome = await applier.apply(sagaId, { kind: action, by });
  if (outcome === 'unknown') return 'not-found';
  return outcome === 'applied' ? 'accepted' : 'refused';
}
