import type { Feed } from '@comptoir/platform/feed.ts';
import { startOf } from '@comptoir/platform/operation-scope.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import type { InventoryContext } from '../context.ts';
import type { LevelView } from './entities.ts';

/** An event is all there is to show of a level: no look at the database. */
function toLevel({ produit_id, magasin_id, on_hand, allocated, low, timestamp }: MessageOf<'stock.changed'>): LevelView {
  return { productId: produit_id, placeId: magasin_id, onHand: on_hand, allocated, low, updatedAt: new Date(timestamp) };
}

const is = (wanted: string | null | undefined, id: number) => wanted === null || wanted === undefined || wanted === String(id);
const resolve = ({ payload }: { payload: MessageOf<'stock.changed'> }) => toLevel(payload);

export function createSubscriptions({ feed }: { feed: Feed }) {
  return {
    Subscription: {
      stockChanged: {
        subscribe: (_, { productId, placeId }, context) =>
          feed.subscribe({
            types: ['stock.changed'],
            filter: ({ payload }) => is(productId, payload.produit_id) && is(placeId, payload.magasin_id),
            start: startOf(context),
          }),
        resolve,
      },
      lowStock: {
        subscribe: (_, { placeId }, context) =>
          feed.subscribe({
            types: ['stock.changed'],
            filter: ({ payload }) => payload.crossed && is(placeId, payload.magasin_id),
            start: startOf(context),
          }),
        resolve,
      },
    },
  } satisfies Resolvers<InventoryContext>;
}
