import { isSelected } from '@comptoir/platform/selected.ts';
import { isStorable } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-sagas.ts';
import type { SagasContext } from '../context.ts';
import type { Definitions } from '../definitions/definitions.ts';
import { findSagas } from '../queries/lists.ts';
import { readStatistics } from '../queries/statistics.ts';

export function createQueries({ definitions }: { definitions: Definitions }) {
  return {
    Query: {
      // Of what no column can hold there is none; the database would refuse to look.
      saga: (_, { id }, { loaders }) => (isStorable(id) ? loaders.saga.load(id) : null),
      sagas: (_, { first, after, offset, ...filter }, { em }, info) =>
        findSagas(em, filter, { first, after, offset, counted: isSelected(info, 'totalCount') }),
      sagaDefinitions: () => [...definitions.newest],
      sagaStatistics: (_, { since }, { em }) => readStatistics(em, since ?? null),
    },
  } satisfies Resolvers<SagasContext>;
}
