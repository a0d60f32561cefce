import type { Database } from '@comptoir/platform/database.ts';
import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { Feed } from '@comptoir/platform/feed.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { OrderEntity, type OrderRow } from '../entities/entities.ts';

async function readOrder(database: Database, id: number): Promise<OrderRow | null> {
  const order = (await database.fork().findOne(OrderEntity, { id }, { disableIdentityMap: true })) as OrderRow | null;
  return order?.deletedAt ? null : order;
}

/**
 * The order as it stands, then at each later version, the newest where the reader is slower; ends when it is deleted. The events are attached to before the first
 * look, so that none is missed between the two. The signal ends it at any time. Errors: NOT_FOUND.
 */
export async function* followOrder(
  { database, feed }: { database: Database; feed: Feed },
  id: string,
  signal: AbortSignal,
): AsyncGenerator<OrderRow> {
  const orderId = parseId(id);
  if (orderId === null) throw new ComptoirError('NOT_FOUND', `There is no order ${id}.`);
  const events = feed.subscribe({
    types: ['commande.updated', 'commande.deleted'],
    filter: ({ payload }) => payload.commande_id === orderId,
    signal,
  });
  try {
    let shown = await readOrder(database, orderId);
    if (!shown) throw new ComptoirError('NOT_FOUND', `There is no order ${id}.`);
    yield shown;
    for await (const _ of events) {
      const order = await readOrder(database, orderId);
      if (!order) return;
      // What the last look showed already comes again as an event.
      if (order.version <= shown.version) continue;
      shown = order;
      yield order;
    }
  } finally {
    await events.return?.();
  }
}
