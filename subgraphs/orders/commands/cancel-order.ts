import type { Database } from '@comptoir/platform/database.ts';
import { canGo } from '../domain/order-status.ts';
import { newSagaId } from '../domain/saga-id.ts';
import { orderUpdated, sagaStart } from '../messages/outgoing.ts';
import { updateOrder } from '../store/orders.ts';
import { changeOrder } from './change-order.ts';
import type { OrderOutcome, Repeatable } from './outcomes.ts';

/**
 * Cancels an order. One that is PENDING is cancelled at once; a saga that is at work on it is refused the confirmation and gives back what it took. One that is
 * CONFIRMED was paid: a saga is promised that refunds, restocks and cancels it. A repetition changes nothing. Errors: IDEMPOTENCY_CONFLICT.
 */
export function cancelOrder(database: Database, id: string, repeatable: Repeatable): Promise<OrderOutcome> {
  return changeOrder(
    database,
    id,
    async (em, order) => {
      if (order.status === 'CANCELLED' || order.cancellationSagaId !== null) return { messages: [] };
      if (!canGo(order, 'CANCELLED')) return { refused: `An order that is ${order.status} cannot be cancelled.` };
      if (order.status === 'PENDING') {
        const told = [{ field: 'status', before: order.status, after: 'CANCELLED' }];
        return { messages: [orderUpdated(await updateOrder(em, order.id, { status: 'CANCELLED' }))], told };
      }
      const cancellationSagaId = newSagaId();
      const promised = await updateOrder(em, order.id, { cancellationSagaId });
      return {
        told: [{ field: 'cancellation_saga_id', after: cancellationSagaId }],
        messages: [
          orderUpdated(promised),
          sagaStart(cancellationSagaId, 'order-cancellation', {
            order_id: order.id,
            customer_id: order.customerId,
            ...(order.sagaId !== null && { paid_by_saga: order.sagaId, sold_by_saga: order.sagaId }),
          }),
        ],
      };
    },
    { action: 'cancelled', ...repeatable },
  );
}
