import type { EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { canGo } from '../domain/order-status.ts';
import { type Answer, RefusedForNow, refused, success } from '../domain/saga-answer.ts';
import { orderUpdated } from '../messages/outgoing.ts';
import { lockOrder, lockOrderOfSaga, updateOrder } from '../store/orders.ts';
import { cancelStep, lockStep } from '../store/saga-steps.ts';

/**
 * CANCEL_ORDER. As a compensation it cancels what the saga has created, if anything, and sees to it that a late order is refused; as a step of its own saga it
 * cancels the order that is named. An order that has left cannot be cancelled: refused each time, until a person has decided.
 */
export async function cancelOrderOfSaga(
  em: EntityManager,
  { saga_id: sagaId, direction, data }: MessageOf<'order.cancel'>,
): Promise<Answer> {
  const isCompensation = direction === 'COMPENSATION';
  if (isCompensation) {
    await lockStep(em, sagaId, 'CREATE_ORDER');
    await cancelStep(em, sagaId, 'CREATE_ORDER');
    failpoint('orders.cancel.barred', sagaId);
  }
  const orderId = data.order_id ?? null;
  const order = isCompensation ? await lockOrderOfSaga(em, sagaId) : orderId === null ? null : await lockOrder(em, orderId);
  if (!order) return isCompensation ? success() : refused('ORDER_UNKNOWN', `There is no order ${orderId}`);
  if (order.status === 'CANCELLED') return success({ order_id: order.id });
  if (!canGo(order, 'CANCELLED')) throw new RefusedForNow('ORDER_SHIPPED', `Order ${order.id} is ${order.status} and cannot be cancelled`);
  const cancelled = await updateOrder(em, order.id, { status: 'CANCELLED' });
  failpoint('orders.cancel.updated', sagaId);
  await appendToOutbox(em, [orderUpdated(cancelled)]);
  return success({ order_id: order.id });
}

/** CONFIRM_ORDER: it is paid. Refused for an order that was cancelled meanwhile: the saga then gives the payment back. */
export async function confirmOrder(em: EntityManager, { saga_id: sagaId, data }: MessageOf<'order.confirm'>): Promise<Answer> {
  const order = await lockOrder(em, data.order_id);
  if (order?.sagaId !== sagaId) return refused('ORDER_UNKNOWN', `There is no order ${data.order_id} of ${sagaId}`);
  if (order.status === 'CANCELLED') return refused('ORDER_CANCELLED', `Order ${order.id} was cancelled`);
  if (canGo(order, 'CONFIRMED')) {
    const confirmed = await updateOrder(em, order.id, { status: 'CONFIRMED' });
    failpoint('orders.confirm.updated', sagaId);
    await appendToOutbox(em, [orderUpdated(confirmed)]);
  }
  return success({ order_id: order.id });
}
