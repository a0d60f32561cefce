import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@comptoir/platform/database.ts';
import { failpoint } from '@comptoir/platform/failpoint.ts';
import { appendToOutbox } from '@comptoir/platform/outbox.ts';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import { maskMethod } from '../domain/payment-method.ts';
import { type Answer, refused, success } from '../domain/saga-answer.ts';
import { orderUpdated } from '../messages/outgoing.ts';
import type { CaptureResult } from '../payments/provider.ts';
import { lockOrder, updateOrder } from '../store/orders.ts';
import { findPaymentOfSaga, insertPayment, settlePayment } from '../store/payments.ts';
import { lockStep } from '../store/saga-steps.ts';
import { createPaymentCommand, type PaymentDeps } from './payment-command.ts';

type Command = MessageOf<'payment.process'>;

const cancelledBefore = (sagaId: string) => refused('CANCELLED', `The payment of ${sagaId} was given up before it was taken`);

/** That the provider is about to be asked. An answer instead where it must not be. */
async function writeIntent(em: EntityManager, { saga_id: sagaId, command_id, data }: Command): Promise<Answer | { repeated: boolean }> {
  const { cancelled } = await lockStep(em, sagaId, 'PROCESS_PAYMENT');
  if (await findPaymentOfSaga(em, sagaId)) return { repeated: true };
  if (cancelled) return cancelledBefore(sagaId);
  const order = await lockOrder(em, data.order_id);
  if (order?.sagaId !== sagaId) return refused('ORDER_UNKNOWN', `There is no order ${data.order_id} of ${sagaId}`);
  if (order.status !== 'PENDING') return refused('ORDER_CANCELLED', `Order ${order.id} is ${order.status}: nothing is to be paid`);
  if (data.amount_minor !== order.totalMinor.toString() || data.currency !== order.currency) {
    return refused('AMOUNT_MISMATCH', `Order ${order.id} comes to ${order.totalMinor} ${order.currency} in minor units`);
  }
  await insertPayment(em, {
    id: `pay_${randomUUID().replaceAll('-', '')}`,
    orderId: order.id,
    sagaId,
    providerKey: command_id,
    amountMinor: order.totalMinor,
    currency: order.currency,
    method: maskMethod(data.method),
  });
  return { repeated: false };
}

/** Writes down what the provider has said. */
async function writeResult(em: EntityManager, command: Command, result: CaptureResult): Promise<Answer> {
  const { saga_id: sagaId } = command;
  const { cancelled } = await lockStep(em, sagaId, 'PROCESS_PAYMENT');
  const order = await lockOrder(em, command.data.order_id);
  const payment = await findPaymentOfSaga(em, sagaId);
  if (!payment) throw new Error(`The payment of ${sagaId} was asked for and is not written down`);
  // One that was settled was given back meanwhile, under the same lock: that it had been taken before is no news.
  if (payment.status === 'PENDING') {
    if (result.kind === 'captured') await settlePayment(em, payment.id, { status: 'CAPTURED', reference: result.reference });
    else await settlePayment(em, payment.id, { status: 'FAILED', error: result.reason });
    if (order) await appendToOutbox(em, [orderUpdated(await updateOrder(em, order.id))]);
  }
  failpoint('orders.payment.settled', command);
  if (result.kind === 'declined') return refused('PAYMENT_DECLINED', result.reason);
  return cancelled ? cancelledBefore(sagaId) : success({ payment_id: payment.id });
}

/**
 * PROCESS_PAYMENT: the intent is committed, the provider asked outside of any transaction under the command's id, its answer committed with the reply. Rejects with
 * ProviderUnanswered where there is none: the repetition of the command asks again under the same key. Killed anywhere, it ends in one capture at most.
 */
export const createTakePayment = (deps: PaymentDeps) =>
  createPaymentCommand<Command, { repeated: boolean }, CaptureResult>(deps, {
    writeIntent,
    async ask(command, { repeated }, signal) {
      failpoint('orders.payment.intended', command);
      const { amount_minor, currency, method } = command.data;
      const result = await deps.provider.capture(
        { key: command.command_id, amountMinor: BigInt(amount_minor), currency, method, repeated },
        signal,
      );
      failpoint('orders.payment.captured', command);
      return result;
    },
    writeResult,
  });
