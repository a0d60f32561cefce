import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOnce } from '../messages/answer-once.ts';
import { caller, command, givePaymentBack, newSaga, openStore, orderData, startProvider, takePayment } from '../testing/orders.ts';
import { cancelOrder } from './cancel-order.ts';
import { createOrderOfSaga } from './create-order-of-saga.ts';
import { confirmOrder } from './finish-order-of-saga.ts';
import { refundOrder } from './refund-order.ts';
import { shipOrder } from './ship-order.ts';

let store: Awaited<ReturnType<typeof openStore>>;
let payments: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  [store, payments] = await Promise.all([openStore(), startProvider()]);
  await store.know(1);
});
afterAll(async () => {
  await payments[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});
const deps = () => ({ database: store.database, provider: payments.provider, consumer: 'payments' });

/** An order of a saga, paid and confirmed. */
async function confirmed(method = 'card') {
  const saga = newSaga();
  const create = command(saga, 'CREATE_ORDER', orderData(1));
  const { data } = await answerOnce(store.database, 'orders', create, (em) => createOrderOfSaga(em, create, { mayWait: false }));
  const { order_id: id, amount_minor, currency } = data as { order_id: number; amount_minor: string; currency: string };
  const pay = command(saga, 'PROCESS_PAYMENT', { order_id: id, amount_minor, currency, method });
  await takePayment(deps(), pay);
  const confirm = command(saga, 'CONFIRM_ORDER', { order_id: id });
  await answerOnce(store.database, 'orders', confirm, (em) => confirmOrder(em, confirm));
  return { id, saga, pay };
}

const statusOfPayment = async (saga: string) =>
  (await store.database.query<{ status: string }>('SELECT status FROM payment WHERE saga_id = $1', [saga]))[0]?.status;

describe('the refund of an order', () => {
  /** Paid, confirmed and handed to the carrier. */
  async function shipped(method?: string) {
    const order = await confirmed(method);
    expect(await refundOrder(store.database, String(order.id), { caller })).toMatchObject({
      kind: 'refused',
      reason: expect.stringMatching(/CONFIRMED/),
    });
    expect(await shipOrder(store.database, String(order.id), null, { caller })).toMatchObject({ kind: 'changed' });
    return order;
  }
  const promised = async (id: number) =>
    (await store.messages('saga.start')).filter(({ payload }) => payload.data.order_id === id).map(({ payload }) => payload);

  it('is promised once, however often it is asked for, and leaves the order as it is', async () => {
    const { id, saga } = await shipped();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => refundOrder(store.database, String(id), { caller })));
    for (const outcome of outcomes) expect(outcome).toEqual({ kind: 'changed', id });
    const [start, ...others] = await promised(id);
    expect([start, others]).toMatchObject([{ definition: 'order-refund', data: { order_id: id, customer_id: 1, paid_by_saga: saga } }, []]);
    const refund = command(start.saga_id, 'REFUND_PAYMENT', { order_id: id, paid_by_saga: saga });
    expect(await givePaymentBack(deps(), refund)).toMatchObject({ outcome: 'SUCCESS', data: { refunded_minor: '2500' } });
    expect(await statusOfPayment(saga)).toBe('REFUNDED');
    expect(await store.order(id)).toMatchObject({ status: 'SHIPPED' });
  });

  it('is done once for a key', async () => {
    const [{ id }, other] = [await shipped(), await shipped()];
    const repeatable = { idempotencyKey: `refund ${id}`, caller };
    for (const _ of [1, 2]) expect(await refundOrder(store.database, String(id), repeatable)).toEqual({ kind: 'changed', id });
    await expect(refundOrder(store.database, String(other.id), repeatable)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await promised(other.id)).toEqual([]);
  });

  it.each(['cancellation', 'refund'])('that the provider declines ends the saga of a %s, and another can be promised', async (what) => {
    const { id, saga, pay } = what === 'refund' ? await shipped('4000000000005126') : await confirmed('4000000000005126');
    const ask = () => (what === 'refund' ? refundOrder : cancelOrder)(store.database, String(id), { caller });
    expect(await ask()).toMatchObject({ kind: 'changed' });
    const [start] = await promised(id);
    const refund = command(start.saga_id, 'REFUND_PAYMENT', { order_id: id, paid_by_saga: saga });
    const declined = await givePaymentBack(deps(), refund);
    expect(declined).toMatchObject({ outcome: 'REFUSED', code: 'REFUND_DECLINED' });
    // What comes again is answered as before, though the provider thinks otherwise by now: the saga has ended.
    await payments.database.query('UPDATE capture SET refundable = true WHERE key = $1', [pay.command_id]);
    expect(await givePaymentBack(deps(), refund)).toEqual(declined);
    expect(await statusOfPayment(saga)).toBe('CAPTURED');
    expect(await ask()).toMatchObject({ kind: 'changed' });
    const again = (await promised(id)).map(({ saga_id }) => saga_id);
    expect([again.length, new Set(again).size]).toEqual([2, 2]);
    if (what === 'refund') {
      const second = command(again[1], 'REFUND_PAYMENT', { order_id: id, paid_by_saga: saga });
      expect(await givePaymentBack(deps(), second)).toMatchObject({ outcome: 'SUCCESS' });
    }
  });
});
