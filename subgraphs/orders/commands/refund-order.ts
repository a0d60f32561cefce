import type { Database } from '@comptoir/platform/database.ts';
import { hasLeft } from '../domain/order-status.ts';
import { newSagaId } from '../domain/saga-id.ts';
import { orderUpdated, sagaStart } from '../messages/outgoing.ts';
import { updateOrder } from '../store/orders.ts';
import { findPaymentOfSaga } from '../store/payments.ts';
import { changeOrder } from './change-order.ts';
import type { OrderOutcome, Repeatable } from './outcomes.ts';

/**
 * Gives the payment of an order that has left back, in full: a saga is promised that asks the provider until it is done. A repetition changes nothing.
 * Errors: IDEMPOTENCY_CONFLICT.
 */
export function refundOrder(database: Database, id: string, repeatable: Repeatable): Promise<OrderOutcome> {
  return changeOrder(
    database,
    id,
    async (em, order) => {
      if (order.refundSagaId !== null) return { messages: [] };
      if (!hasLeft(order.status))
        return { refused: `An order that is ${order.status} cannot be refunded: one that has not left is cancelled.` };
      const { sagaId } = order;
      const payment = sagaId === null ? null : await findPaymentOfSaga(em, sagaId);
      if (payment?.status !== 'CAPTURED') return { refused: `Nothing was paid here for order ${order.id}.` };
      const refundSagaId = newSagaId();
      const promised = await updateOrder(em, order.id, { refundSagaId });
      const data = { order_id: order.id, customer_id: order.customerId, paid_by_saga: sagaId };
      return {
        messages: [orderUpdated(promised), sagaStart(refundSagaId, 'order-refund', data)],
        told: [{ field: 'refund_saga_id', after: refundSagaId }],
      };
    },
    { action: 'refunded', ...repeatable },
  );
}
