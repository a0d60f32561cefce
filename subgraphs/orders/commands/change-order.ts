import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { appendToOutbox, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import { parseId } from '@comptoir/platform/text.ts';
import { lockOrder, type OrderState } from '../store/orders.ts';
import { missing, type OrderOutcome } from './outcomes.ts';

/** What a change of an order comes to: messages to tell of it, none where it was as wanted already, or why it cannot be. */
export type Change = { readonly messages: readonly OutboxMessage[] } | { readonly refused: string };

/** Changes one order, locked, in one transaction. */
export async function changeOrder(
  database: Database,
  id: string,
  change: (em: EntityManager, order: OrderState) => Promise<Change>,
): Promise<OrderOutcome> {
  const orderId = parseId(id);
  if (orderId === null) return missing('order', id);
  return database.transaction(async (em) => {
    const order = await lockOrder(em, orderId);
    if (!order) return missing('order', id);
    const outcome = await change(em, order);
    if ('refused' in outcome) return { kind: 'refused', id: orderId, reason: outcome.refused };
    await appendToOutbox(em, outcome.messages);
    return { kind: 'changed', id: orderId };
  });
}
