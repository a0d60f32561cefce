import { type AuditChange, recordAudit } from '@comptoir/platform/audit.ts';
import type { Database, EntityManager } from '@comptoir/platform/database.ts';
import { badUserInput } from '@comptoir/platform/errors.ts';
import { once } from '@comptoir/platform/idempotency.ts';
import { appendToOutbox, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import { idempotencyKeyFaults, parseId } from '@comptoir/platform/text.ts';
import { lockOrder, type OrderState } from '../store/orders.ts';
import { missing, type OrderOutcome, type Repeatable } from './outcomes.ts';

/** What a change of an order comes to: messages to tell of it, none where it was as wanted already, or why it cannot be. */
export type Change =
  | { readonly messages: readonly OutboxMessage[] /** For the audit log. */; readonly told?: readonly AuditChange[] }
  | { readonly refused: string };

/** What the audit log is told of, and the mutation that does it: the name under which idempotency keys are kept. */
const operations = {
  cancelled: 'cancelOrder',
  refunded: 'refundOrder',
  shipped: 'shipOrder',
  delivered: 'deliverOrder',
  deleted: 'deleteOrder',
} as const;
export type OrderAction = keyof typeof operations;

/** Changes one order, locked, in one transaction. With a key: errors BAD_USER_INPUT, IDEMPOTENCY_CONFLICT. */
export async function changeOrder(
  database: Database,
  id: string,
  change: (em: EntityManager, order: OrderState) => Promise<Change>,
  { action, idempotencyKey: key, caller }: Repeatable & { readonly action: OrderAction },
): Promise<OrderOutcome> {
  const faults = idempotencyKeyFaults(key);
  if (faults.length > 0) throw badUserInput(faults);
  const orderId = parseId(id);
  if (orderId === null) return missing('order', id);
  const request = { principal: caller.consumerId, operation: operations[action], key, input: { orderId } };
  return database.transaction((em) =>
    once<OrderOutcome>(em, request, async () => {
      const order = await lockOrder(em, orderId);
      if (!order) return missing('order', id);
      const outcome = await change(em, order);
      if ('refused' in outcome) return { kind: 'refused', id: orderId, reason: outcome.refused };
      await appendToOutbox(em, outcome.messages);
      if (outcome.messages.length > 0) {
        await recordAudit(em, {
          actor: caller,
          action: `order.${action}`,
          entityType: 'order',
          entityId: orderId,
          summary: `Order ${orderId}: ${operations[action]}`,
          changes: outcome.told ?? [],
        });
      }
      return { kind: 'changed', id: orderId };
    }),
  );
}
