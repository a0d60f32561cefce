import type { Database } from '@comptoir/platform/database.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import { startOf } from '@comptoir/platform/operation-scope.ts';
import { type Stated, stated } from '@comptoir/platform/stated.ts';
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
        subscribe: (_, { id }, context) =>
          stated(followSaga({ database, feed }, id, context.signal), ({ version }) => String(version), startOf(context)),
        resolve: ({ value }: Stated<unknown>) => value,
      },
      sagaActivity: {
        subscribe: (_, { definition }, context) =>
          feed.subscribe({
            types: sagaEvents,
            filter: ({ payload }) => !definition || payload.definition === definition,
            bufferSize: activityBuffer,
            signal: context.signal,
            start: startOf(context),
          }),
        resolve: ({ payload }: { payload: MessageOf<'saga.step'> }, _: unknown, { loaders }: SagasContext) =>
          loaders.saga.load(payload.saga_id),
      },
    },
  } satisfies Resolvers<SagasContext>;
}
