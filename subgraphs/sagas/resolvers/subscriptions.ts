import type { Database } from '@comptoir/platform/database.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-sagas.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import type { SagasContext } from '../context.ts';
import { followSaga, sagaEvents } from '../live/follow-saga.ts';

/** Room for the changes of some hundred sagas that come faster than the reader takes them. */
const activityBuffer = 10_000;

export function createSubscriptions({ database, feed }: { database: Database; feed: Feed }) {
  return {
    Subscription: {
      sagaUpdated: {
        subscribe: (_, { id }, { signal }) => followSaga({ database, feed }, id, signal),
        resolve: (saga: unknown) => saga,
      },
      sagaActivity: {
        subscribe: (_, { definition }, { signal }) =>
          feed.subscribe({
            types: sagaEvents,
            filter: ({ payload }) => !definition || payload.definition === definition,
            bufferSize: activityBuffer,
            signal,
          }),
        resolve: ({ payload }: { payload: MessageOf<'saga.step'> }, _: unknown, { loaders }: SagasContext) =>
          loaders.saga.load(payload.saga_id),
      },
    },
  } satisfies Resolvers<SagasContext>;
}
