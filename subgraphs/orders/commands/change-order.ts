import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import { idempotencyKeyFaults, parseId } from '@comptoir/platform/text.ts';
import { lockOrder, type OrderState } from '../store/orders.ts';
import { missing, type OrderOutcome, type Repeatable } from './outcomes.ts';

/** What a change of an order comes to: messages to tell of it, none where it was as wanted already, or why it cannot be. */
export type Change = { readonly messages: readonly OutboxMessage[] } | { readonly refused: string };

/** Changes one order, locked, in one transaction. With a key: errors BAD_USER_INPUT, IDEMPOTENCY_CONFLICT. */
export async function changeOrder(
  database: Database,
  id: string,
  change: (em: EntityManager, order: OrderState) => Promise<Change>,
  { operation, idempotencyKey: key, caller }: Partial<Repeatable> & { readonly operation?: string } = {},
): Promise<OrderOutcome> {
  const faults = idempotencyKeyFaults(key);
  if (faults.length > 0) throw badUserInput(faults);
  const orderId = parseId(id);
  if (orderId === null) return missing('order', id);
  const request = { principal: caller?.consumerId ?? '', operation: operation ?? '', key, input: { orderId } };
  return database.transaction((em) =>
    once<OrderOutcome>(em, request, async () => {
      const order = await lockOrder(em, orderId);
      if (!order) return missing('order', id);
      const outcome = await change(em, order);
      if ('refused' in outcome) return { kind: 'refused', id: orderId, reason: outcome.refused };
      await appendToOutbox(em, outcome.messages);
      return { kind: 'changed', id: orderId };
    }),
  );
}
