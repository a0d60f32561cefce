import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-compute.ts';
import { cancelBatch } from '../commands/cancel-batch.ts';
import { clearStats } from '../commands/clear-stats.ts';
import { purge, replay } from '../commands/dead-letters.ts';
import { submitBatch } from '../commands/submit-batch.ts';
import { submitCalculation } from '../commands/submit-calculation.ts';
import type { ComputeContext } from '../context.ts';
import { mayCancel } from '../domain/batch.ts';
import { readStats } from '../queries/stats.ts';

/** A refusal that the SDL has a type for; any other error goes on. */
function idempotencyConflict(error: unknown, key: string | null | undefined) {
  if (error instanceof ComptoirError && error.code === 'IDEMPOTENCY_CONFLICT') {
    return { __typename: 'IdempotencyConflict' as const, message: error.message, key: key ?? '' };
  }
  throw error;
}

const notFound = (what: string, id: string) => ({ __typename: 'NotFound' as const, message: `There is no ${what} ${id}.`, kind: what, id });

export function createMutations({ database }: { database: Database }) {
  return {
    Mutation: {
      async submitCalculation(_, { input, idempotencyKey }, { principal }) {
        try {
          const { source = 'WEB', ...calculation } = input;
          const id = await submitCalculation(database, {
            input: { ...calculation, source },
            idempotencyKey,
            consumerId: principal.consumerId,
          });
          return { __typename: 'CalculationSubmitted' as const, task: { id } };
        } catch (error) {
          return idempotencyConflict(error, idempotencyKey);
        }
      },
      async submitBatch(_, { input, idempotencyKey }, { principal, loaders }) {
        try {
          const { source = 'WEB', tasks } = input;
          const id = await submitBatch(database, { input: { tasks, source }, idempotencyKey, consumerId: principal.consumerId });
          return { __typename: 'BatchSubmitted' as const, batch: loaders.batch.load(id) };
        } catch (error) {
          return idempotencyConflict(error, idempotencyKey);
        }
      },
      async cancelBatch(_, { id }, { loaders, principal }) {
        const known = await loaders.batch.load(id);
        if (known && !mayCancel(known, principal))
          throw new ComptoirError('FORBIDDEN', 'Only a manager stops what somebody else submitted.');
        const outcome = await cancelBatch(database, id, principal);
        if (outcome === 'not-found') return notFound('batch', id);
        const batch = await loaders.batch.clear(id).load(id);
        if (outcome === 'cancelled') return { __typename: 'BatchCancelled' as const, batch };
        return { __typename: 'BatchAlreadyEnded' as const, message: `Batch ${id} is not running any more: ${batch?.state}.`, batch };
      },
      async clearStats(_, { idempotencyKey }, { em, principal }) {
        await clearStats(database, { idempotencyKey, caller: principal });
        return { stats: await readStats(em) };
      },
      async purgeDeadLetters(_, filter, { principal }) {
        return { purged: await purge(database, filter, principal) };
      },
      async replayDeadLetter(_, { id, payload }, { principal }) {
        const deadLetter = await replay(database, { id, payload, caller: principal });
        return deadLetter ? { __typename: 'DeadLetterReplayed' as const, deadLetter } : notFound('dead letter', id);
      },
    },
  } satisfies Resolvers<ComputeContext>;
}
