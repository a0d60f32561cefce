import type { Resolvers } from '@comptoir/schema/generated/resolvers-sagas.ts';
import type { SagasContext } from '../context.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { findSagas } from '../queries/lists.ts';
import { readStatistics } from '../queries/statistics.ts';

export function createQueries({ definitions }: { definitions: Definitions }) {
  return {
    Query: {
      saga: (_, { id }, { loaders }) => loaders.saga.load(id),
      sagas: (_, { states, definition, since, needsAttention, first, after }, { em }) =>
        findSagas(em, { states, definition, since, needsAttention }, { first, after }),
      sagaDefinitions: () => [...definitions.newest],
      sagaStatistics: (_, { since }, { em }) => readStatistics(em, since ?? null),
    },
  } satisfies Resolvers<SagasContext>;
}
