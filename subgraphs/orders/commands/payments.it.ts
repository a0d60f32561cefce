import { randomUUID } from 'node:crypto';
import { fateOf } from '@comptoir/platform/broker/give-up.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOnce } from '../messages/answer-once.ts';
import type { PaymentProvider } from '../payments/provider.ts';
import { caller, command, givePaymentBack, newSaga, openStore, orderData, startProvider, takePayment } from '../testing/orders.ts';
import { cancelOrder } from './cancel-order.ts';
import { createOrderOfSaga } from './create-order-of-saga.ts';
import { deleteOrder } from './delete-order.ts';
import { createTakePayment } from './take-payment.ts';

let store: Awaited<ReturnType<typeof openStore>>;
let payments: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  [store, payments] = await Promise.all([openStore(), startProvider({ timeoutMs: 600 })]);
  await store.know(1);
});
afterAll(async () => {
  await payments[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const deps = (provider: PaymentProvider = payments.provider) => ({ database: store.database, provider, consumer: 'payments' });

/** An order of a saga that is to be paid, and what asks for it. */
async function placeOrder(method = 'card', price = '1250') {
  const saga = newSaga();
  const create = command(saga, 'CREATE_ORDER', orderData(1, price));
  const { data } = await answerOnce(store.database, 'orders', create, (em) => createOrderOfSaga(em, create, { mayWait: false }));
  const { order_id, amount_minor, currency } = data as { order_id: number; amount_minor: string; currency: string };
  return {
    saga,
    id: order_id,
    pay: command(saga, 'PROCESS_PAYMENT', { order_id, amount_minor, currency, method }),
    giveBack: command(saga, 'REFUND_PAYMENT', { order_id }, 'COMPENSATION'),
  };
}

const paymentOf = async (saga: string) =>
  (
    await store.database.query<{
      status: string;
      method: string;
      refunded_minor: string;
      error: string | null;
      provider_reference: string | null;
    }>('SELECT status, method, refunded_minor, error, provider_reference FROM payment WHERE saga_id = $1', [saga])
  )[0];

describe('payments that are asked for at the same time', () => {
  it('are each answered for themselves, whatever becomes of the others', async () => {
    const placed = await Promise.all(['card', '4000000000000002', 'card', 'card'].map((method) => placeOrder(method)));
    const [, , cancelled, wrong] = placed.map(({ pay }) => pay);
    await cancelOrder(store.database, String(placed[2]?.id), { caller });
    if (wrong) wrong.data.amount_minor = '1';
    const take = createTakePayment(deps());
    const unwritten = { ...(cancelled as NonNullable<typeof cancelled>), saga_id: 'saga\0', command_id: randomUUID() };
    const asked = [...placed.map(({ pay }) => pay), unwritten];
    const answers = await Promise.allSettled(asked.map((body) => take({ body, headers: {} })));
    expect(answers).toMatchObject([
      { value: { outcome: 'SUCCESS' } },
      { value: { outcome: 'REFUSED', code: 'PAYMENT_DECLINED' } },
      { value: { outcome: 'REFUSED', code: 'ORDER_CANCELLED' } },
      { value: { outcome: 'REFUSED', code: 'AMOUNT_MISMATCH' } },
      { status: 'rejected' },
    ]);
    expect(await Promise.all(asked.map(({ command_id }) => payments.captures(command_id)))).toEqual([
      [{ status: 'captured', refund_id: null }],
      [{ status: 'declined', refund_id: null }],
      [],
      [],
      [],
    ]);
  });
});

describe('a payment', () => {
  it('is taken once, however often it is asked for, also at once', async () => {
    const { saga, pay } = await placeOrder('4242 4242 4242 4242');
    const answers = await Promise.all(Array.from({ length: 8 }, () => takePayment(deps(), pay)));
    answers.push(await takePayment(deps(), pay));
    for (const answer of answers) expect(answer).toEqual({ outcome: 'SUCCESS', data: { payment_id: expect.stringMatching(/^pay_/) } });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await payments.captures(pay.command_id)).toEqual([{ status: 'captured', refund_id: null }]);
    expect(await paymentOf(saga)).toMatchObject({
      status: 'CAPTURED',
      method: 'card •••• 4242',
      provider_reference: expect.stringMatching(/^ch_/),
    });
    expect(await store.count('inbox', `message_id = '${pay.command_id}'`)).toBe(1);
  });

  it.each([
    ['4000000000000002', 'The card was declined.'],
    ['4000000000009995', 'The card has insufficient funds.'],
    ['4242424242424241', 'The number of the card is not valid.'],
  ])('with card %s is declined, with the provider’s reason', async (method, reason) => {
    const { saga, id, pay } = await placeOrder(method);
    for (const _ of [1, 2]) expect(await takePayment(deps(), pay)).toEqual({ outcome: 'REFUSED', code: 'PAYMENT_DECLINED', reason });
    expect(await paymentOf(saga)).toMatchObject({ status: 'FAILED', error: reason });
    await cancelOrder(store.database, String(id), { caller });
    expect(await deleteOrder(store.database, String(id), { caller })).toMatchObject({ kind: 'changed' });
  });

  it('that the provider fails at once is taken at the second try', async () => {
    const { pay } = await placeOrder('4000000000000119');
    expect(await takePayment(deps(), pay)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await payments.captures(pay.command_id)).toHaveLength(1);
  });

  it('whose answer is lost is found by its key', async () => {
    const { saga, pay } = await placeOrder('4000000000000341');
    expect(await takePayment(deps(), pay)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await payments.captures(pay.command_id)).toEqual([{ status: 'captured', refund_id: null }]);
    expect(await paymentOf(saga)).toMatchObject({ status: 'CAPTURED' });
  });

  it('that the provider never answers stays open without a reply, and can be given up for good', async () => {
    const { saga, pay, giveBack } = await placeOrder('4000000000000127');
    for (const _ of [1, 2]) await expect(takePayment(deps(), pay)).rejects.toMatchObject({ name: 'ProviderUnanswered' });
    expect(await paymentOf(saga)).toMatchObject({ status: 'PENDING' });
    expect(await store.messages('saga.reply').then((all) => all.filter(({ payload }) => payload.command_id === pay.command_id))).toEqual(
      [],
    );
    expect(await givePaymentBack(deps(), giveBack)).toMatchObject({ outcome: 'SUCCESS', data: { refunded_minor: '0' } });
    expect(await paymentOf(saga)).toMatchObject({ status: 'FAILED', refunded_minor: '0' });
    // Also one that is still on its way to the provider.
    expect(
      await payments.provider.capture({ key: pay.command_id, amountMinor: 2500n, currency: 'EUR', method: 'card', repeated: false }),
    ).toMatchObject({
      kind: 'declined',
      code: 'voided',
    });
  });

  it('is not taken for what was cancelled, is another’s, or comes to something else', async () => {
    const { id, pay } = await placeOrder();
    const refusal = async (change: object) => takePayment(deps(), { ...command(pay.saga_id, 'PROCESS_PAYMENT', pay.data), ...change });
    expect(await refusal({ data: { ...pay.data, amount_minor: '1' } })).toMatchObject({ code: 'AMOUNT_MISMATCH' });
    expect(await refusal({ saga_id: newSaga() })).toMatchObject({ code: 'ORDER_UNKNOWN' });
    await cancelOrder(store.database, String(id), { caller });
    expect(await takePayment(deps(), pay)).toMatchObject({ outcome: 'REFUSED', code: 'ORDER_CANCELLED' });
    expect(await payments.captures(pay.command_id)).toEqual([]);
    expect(await store.count('payment', `saga_id = '${pay.saga_id}'`)).toBe(0);
  });

  it.each([false, true])('under a key is taken for one amount only (looked up first: %s)', async (repeated) => {
    const key = `one key ${repeated}`;
    const ask = (amountMinor: bigint, currency = 'EUR') =>
      payments.provider.capture({ key, amountMinor, currency, method: 'cash', repeated });
    for (const _ of [1, 2]) expect(await ask(5n)).toMatchObject({ kind: 'captured' });
    await Promise.all([ask(6n), ask(5n, 'USD')].map((other) => expect(other).rejects.toMatchObject({ code: 'MESSAGE_CONFLICT' })));
  });

  it('whose key the provider knows for another amount is for a person to look at: the command is no success and is not tried again', async () => {
    const { saga, pay, giveBack } = await placeOrder();
    await payments.provider.capture({ key: pay.command_id, amountMinor: 1n, currency: 'EUR', method: 'cash', repeated: false });
    for (const _ of [1, 2]) {
      const error = await takePayment(deps(), pay).then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: 'MESSAGE_CONFLICT' });
      expect(fateOf(error, 1)).toMatchObject({ kind: 'dead-letter', code: 'MESSAGE_CONFLICT' });
    }
    expect(await paymentOf(saga)).toMatchObject({ status: 'PENDING' });
    // The saga gives the step up in the end, and has given back whatever is under its key.
    expect(await payments.provider.refund({ key: giveBack.command_id, captureKey: pay.command_id })).toMatchObject({
      kind: 'refunded',
      minor: 1n,
    });
  });
});

describe('a refund', () => {
  it('gives back what was taken, once, and lets nothing be taken after it', async () => {
    const { saga, pay, giveBack } = await placeOrder();
    await takePayment(deps(), pay);
    for (const _ of [1, 2, 3])
      expect(await givePaymentBack(deps(), giveBack)).toMatchObject({ outcome: 'SUCCESS', data: { refunded_minor: '2500' } });
    expect(await paymentOf(saga)).toMatchObject({ status: 'REFUNDED', refunded_minor: '2500' });
    expect((await payments.captures(pay.command_id))[0]?.refund_id).toMatch(/^re_/);
    expect(await takePayment(deps(), pay)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await paymentOf(saga)).toMatchObject({ status: 'REFUNDED' });
  });

  it('that comes before the payment lets none be taken', async () => {
    const { pay, giveBack } = await placeOrder();
    expect(await givePaymentBack(deps(), giveBack)).toMatchObject({ outcome: 'SUCCESS' });
    for (const _ of [1, 2]) expect(await takePayment(deps(), pay)).toMatchObject({ outcome: 'REFUSED', code: 'CANCELLED' });
    expect(await payments.captures(pay.command_id)).toEqual([]);
  });

  it('at the moment of the payment leaves no money with us, in 25 rounds', async () => {
    for (let round = 0; round < 25; round++) {
      const { saga, pay, giveBack } = await placeOrder(round % 3 === 0 ? '4000000000000077' : 'card');
      const both = [() => takePayment(deps(), pay), () => givePaymentBack(deps(), giveBack)];
      await Promise.all((round % 2 === 0 ? both : both.reverse()).map((act) => act()));
      const [capture] = await payments.captures(pay.command_id);
      expect(capture === undefined || capture.status === 'voided' || capture.refund_id !== null, `round ${round}`).toBe(true);
      expect(['REFUNDED', 'FAILED', undefined]).toContain((await paymentOf(saga))?.status);
    }
  });

  it('for another saga, which cancels the order later, gives back what the first one took', async () => {
    const { saga, id, pay } = await placeOrder();
    await takePayment(deps(), pay);
    const refund = command(newSaga(), 'REFUND_PAYMENT', { order_id: id, paid_by_saga: saga });
    for (const _ of [1, 2])
      expect(await givePaymentBack(deps(), refund)).toMatchObject({ outcome: 'SUCCESS', data: { refunded_minor: '2500' } });
    expect(await paymentOf(saga)).toMatchObject({ status: 'REFUNDED' });
    expect(await deleteOrder(store.database, String(id), { caller })).toMatchObject({ kind: 'refused' });
  });

  it('that fails for a while is given by the repetition of the command', async () => {
    const { saga, pay, giveBack } = await placeOrder('4000000000007726');
    await takePayment(deps(), pay);
    await expect(givePaymentBack(deps(), giveBack)).rejects.toMatchObject({ name: 'ProviderUnanswered' });
    expect(await paymentOf(saga)).toMatchObject({ status: 'CAPTURED' });
    expect(await givePaymentBack(deps(), giveBack)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await paymentOf(saga)).toMatchObject({ status: 'REFUNDED' });
  });

  it('that is declined is refused each time, and nothing is kept of the refusal', async () => {
    const { saga, pay, giveBack } = await placeOrder('4000000000005126');
    await takePayment(deps(), pay);
    for (const _ of [1, 2]) expect(await givePaymentBack(deps(), giveBack)).toMatchObject({ outcome: 'REFUSED', code: 'REFUND_DECLINED' });
    expect(await paymentOf(saga)).toMatchObject({ status: 'CAPTURED' });
    await payments.database.query('UPDATE capture SET refundable = true WHERE key = $1', [pay.command_id]);
    expect(await givePaymentBack(deps(), giveBack)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await paymentOf(saga)).toMatchObject({ status: 'REFUNDED' });
  });
});

it('holds exactly what its payments say, and keeps no number of a card anywhere', async () => {
  const [ours] = await store.database.query<{ minor: number }>(
    `SELECT coalesce(sum(amount_minor - refunded_minor) FILTER (WHERE status IN ('CAPTURED', 'REFUNDED')), 0)::int AS minor FROM payment`,
  );
  const [theirs] = await payments.database.query<{ minor: number }>(
    `SELECT coalesce(sum(amount_minor), 0)::int AS minor FROM capture WHERE status = 'captured' AND refund_id IS NULL AND key NOT LIKE 'one key %'`,
  );
  expect(ours).toEqual(theirs);
  for (const [database, tables] of [
    [store.database, ['payment', 'inbox', 'outbox', 'idempotency_key']],
    [payments.database, ['capture', 'request']],
  ] as const) {
    for (const table of tables) {
      const found = await database.query(
        `SELECT 1 FROM ${table} t WHERE t::text ~ '4[0-9]{3} ?[0-9]{4} ?[0-9]{4} ?(4242|0002|9995|0119|0341|0127|5126|7726)'`,
      );
      expect(found, table).toEqual([]);
    }
  }
});
