import type { Database } from '@comptoir/platform/database.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import { startOf } from '@comptoir/platform/operation-scope.ts';
import { type Stated, stated } from '@comptoir/platform/stated.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-orders.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import type { OrdersContext } from '../context.ts';
import { followOrder } from '../live/follow-order.ts';

type OrderEvent = MessageOf<'commande.created'> | MessageOf<'commande.updated'>;

const customerOf = (payload: OrderEvent) =>
  'data' in payload ? (payload as MessageOf<'commande.created'>).data.client_id : payload.client_id;

/** Room for the changes of some thousand orders that come faster than the reader takes them: a customer's deletion may mark as many at once. */
const changesBuffer = 10_000;

export function createSubscriptions({ database, feed }: { database: Database; feed: Feed }) {
  return {
    Subscription: {
      orderUpdated: {
        subscribe: (_, { id }, context) =>
          stated(followOrder({ database, feed }, id, context.signal), ({ version }) => String(version), startOf(context)),
        resolve: ({ value }: Stated<unknown>) => value,
      },
      orders: {
        subscribe: (_, { customerId }, context) =>
          feed.subscribe({
            types: ['commande.created', 'commande.updated'],
            filter: ({ payload }) => typeof customerId !== 'string' || String(customerOf(payload)) === customerId,
            bufferSize: changesBuffer,
            signal: context.signal,
            start: startOf(context),
          }),
        // Also one that was deleted meanwhile: the event tells of it as it was.
        resolve: ({ payload }: { payload: OrderEvent }, _: unknown, { loaders }: OrdersContext) => loaders.order.load(payload.commande_id),
      },
    },
  } satisfies Resolvers<OrdersContext>;
}
