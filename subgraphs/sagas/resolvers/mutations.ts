import { ComptoirError } from '@comptoir/platform/errors.ts';
import { isOnlyIdSelected } from '@comptoir/platform/selected.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-sagas.ts';
import type { Acceptance } from '../commands/accept-orders.ts';
import { act } from '../commands/act.ts';
import type { Applier } from '../commands/applier.ts';
import type { SagasContext } from '../context.ts';
import type { SagaAction } from '../domain/events.ts';

const verbs: Readonly<Record<SagaAction, string>> = { RETRY: 'retried', CANCEL: 'cancelled', PAUSE: 'paused', RESUME: 'resumed' };

export function createMutations({ acceptance, applier }: { acceptance: Acceptance; applier: Applier }) {
  async function told(action: SagaAction, id: string, { principal, loaders }: SagasContext) {
    const outcome = await act(applier, id, action, principal);
    if (outcome === 'not-found') return { __typename: 'NotFound' as const, message: `There is no saga ${id}.`, kind: 'saga', id };
    const saga = await loaders.saga.load(id);
    if (outcome === 'accepted') return { __typename: 'SagaActionAccepted' as const, saga };
    const held = saga?.paused ? ', held' : saga?.cancelRequested ? ', about to be cancelled' : '';
    return {
      __typename: 'SagaActionRefused' as const,
      message: `Saga ${id} cannot be ${verbs[action]} now: it is ${saga?.state}${held}.`,
      saga,
    };
  }

  return {
    Mutation: {
      async startOrderProcessing(_, { input, idempotencyKey }, { principal, loaders }, info) {
        try {
          const id = await acceptance.startOrderProcessing({ input, idempotencyKey, caller: principal });
          const saga = isOnlyIdSelected(info, 'saga') ? { id } : await loaders.saga.load(id);
          return { __typename: 'OrderProcessingStarted' as const, saga };
        } catch (error) {
          if (!(error instanceof ComptoirError) || error.code !== 'IDEMPOTENCY_CONFLICT') throw error;
          return { __typename: 'IdempotencyConflict' as const, message: error.message, key: idempotencyKey ?? '' };
        }
      },
      retrySaga: (_, { id }, context) => told('RETRY', id, context),
      cancelSaga: (_, { id }, context) => told('CANCEL', id, context),
      pauseSaga: (_, { id }, context) => told('PAUSE', id, context),
      resumeSaga: (_, { id }, context) => told('RESUME', id, context),
    },
  } satisfies Resolvers<SagasContext>;
}
