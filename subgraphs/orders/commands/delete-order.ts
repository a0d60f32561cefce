import type { Database } from '@comptoir/platform/database.ts';
import { canBeDeleted } from '../domain/order-status.ts';
import { mayHoldMoney } from '../domain/payment.ts';
import { orderDeleted } from '../messages/outgoing.ts';
import { deleteOrder as erase } from '../store/orders.ts';
import { statusesOfPayments } from '../store/payments.ts';
import { changeOrder } from './change-order.ts';
import type { OrderOutcome, Repeatable } from './outcomes.ts';

/** Deletes an order that was never paid and that nobody is at work on. */
export function deleteOrder(database: Database, id: string, repeatable: Repeatable): Promise<OrderOutcome> {
  return changeOrder(
    database,
    id,
    async (em, order) => {
      const everPaid = (await statusesOfPayments(em, order.id)).some(mayHoldMoney);
      if (everPaid) return { refused: 'An order that was paid cannot be deleted.' };
      if (!canBeDeleted(order, everPaid)) {
        return {
          refused:
            order.status === 'PENDING'
              ? 'An order that is being processed cannot be deleted: cancel it first.'
              : `An order that is ${order.status} cannot be deleted.`,
        };
      }
      return { messages: [orderDeleted(await erase(em, order.id))], told: [{ field: 'status', before: order.status }] };
    },
    { action: 'deleted', ...repeatable },
  );
}
