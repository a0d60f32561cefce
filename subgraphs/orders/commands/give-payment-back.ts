import type { EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { type Answer, RefusedForNow, refused, success } from '../domain/saga-answer.ts';
import { orderUpdated } from '../messages/outgoing.ts';
import type { RefundResult } from '../payments/provider.ts';
import { forgetSaga, lockOrder, updateOrder } from '../store/orders.ts';
import { findPaymentOfSaga, settlePayment } from '../store/payments.ts';
import { cancelStep, lockStep } from '../store/saga-steps.ts';
import { createPaymentCommand, type PaymentDeps } from './payment-command.ts';

type Command = MessageOf<'payment.refund'>;

/** What may have been taken, by its key at the provider; null where nothing can have been. */
interface Intent {
  readonly captureKey: string | null;
}

/** The saga that took the payment: another one where an order is cancelled later. */
const payerOf = ({ saga_id, data }: Command) => data.paid_by_saga ?? saga_id;

/** That nothing is to be taken any more. */
async function writeIntent(em: EntityManager, command: Command): Promise<Intent> {
  const sagaId = payerOf(command);
  await lockStep(em, sagaId, 'PROCESS_PAYMENT');
  await cancelStep(em, sagaId, 'PROCESS_PAYMENT');
  const payment = await findPaymentOfSaga(em, sagaId);
  return { captureKey: payment?.status === 'PENDING' || payment?.status === 'CAPTURED' ? payment.providerKey : null };
}

async function writeResult(em: EntityManager, command: Command, result: RefundResult | null): Promise<Answer> {
  const sagaId = payerOf(command);
  await lockStep(em, sagaId, 'PROCESS_PAYMENT');
  const found = await findPaymentOfSaga(em, sagaId);
  if (!found) return success();
  const order = await lockOrder(em, found.orderId);
  if (result && (found.status === 'PENDING' || found.status === 'CAPTURED')) {
    if (result.kind === 'declined') {
      const reason = `Payment ${found.id} cannot be given back: ${result.reason}`;
      if (command.direction === 'COMPENSATION') throw new RefusedForNow('REFUND_DECLINED', reason);
      // A saga that begins with it ends here, for good: the order is as it was before.
      if (order) await appendToOutbox(em, [orderUpdated(await forgetSaga(em, order.id, command.saga_id))]);
      return refused('REFUND_DECLINED', reason);
    }
    if (result.kind === 'refunded') await settlePayment(em, found.id, { status: 'REFUNDED', refundedMinor: result.minor });
    else await settlePayment(em, found.id, { status: 'FAILED', error: found.error ?? 'given up before it was taken' });
    if (order) await appendToOutbox(em, [orderUpdated(await updateOrder(em, order.id))]);
  }
  failpoint('orders.refund.settled', command);
  const refunded = result?.kind === 'refunded' ? result.minor : found.refundedMinor;
  return success({ payment_id: found.id, refunded_minor: refunded.toString() });
}

/**
 * REFUND_PAYMENT: gives the payment of a saga back, and sees to it that a late one is refused, here and at the provider. It succeeds whether there was one or
 * not. Rejects with ProviderUnanswered where the provider does not answer; refused where it declines, as a compensation for now only.
 */
export const createGivePaymentBack = (deps: PaymentDeps) =>
  createPaymentCommand<Command, Intent, RefundResult | null>(deps, {
    writeIntent,
    async ask(command, { captureKey }, signal) {
      failpoint('orders.refund.intended', command);
      const result = captureKey === null ? null : await deps.provider.refund({ key: command.command_id, captureKey }, signal);
      failpoint('orders.refund.given', command);
      return result;
    },
    writeResult,
  });
