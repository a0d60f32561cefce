import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentProvider } from '../payments/provider.ts';
import { caller, newSaga, openStore } from '../testing/orders.ts';
import { cancelOrder } from './cancel-order.ts';
import { createCart } from './cart-lines.ts';
import { checkOutCart } from './check-out-cart.ts';
import { createOrder } from './create-order.ts';
import { deleteOrder } from './delete-order.ts';
import { refundOrder } from './refund-order.ts';
import { deliverOrder, shipOrder } from './ship-order.ts';

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
  await store.know(1);
});
afterAll(() => store[Symbol.asyncDispose]());

/** Nothing is paid with a card here. */
const provider = {} as PaymentProvider;
const input = { customerId: '1', lines: [{ productId: '5', quantity: 2, unitPriceMinor: 1250 }] };
const checkOut = { shippingAddress: '1 rue du Port, Lille', paymentMethod: 'virement' };

async function order(status = 'PENDING', sagaId: string | null = null): Promise<string> {
  const { id } = await createOrder(store.database, { input, caller });
  await store.database.query('UPDATE customer_order SET status = $2, saga_id = $3 WHERE id = $1', [id, status, sagaId]);
  return String(id);
}

async function paidAndShipped(): Promise<string> {
  const saga = newSaga();
  const id = await order('SHIPPED', saga);
  await store.database.query(
    `INSERT INTO payment (id, order_id, saga_id, provider_key, amount_minor, currency, method, status) VALUES ($2, $1, $2, $2, 2500, 'EUR', 'virement', 'CAPTURED')`,
    [id, saga],
  );
  return id;
}

const mutations: [string, () => Promise<() => Promise<unknown>>][] = [
  ['order.created', async () => () => createOrder(store.database, { input, caller })],
  [
    'order.cancelled',
    async () => {
      const id = await order();
      return () => cancelOrder(store.database, id, { caller });
    },
  ],
  [
    'order.shipped',
    async () => {
      const id = await order('CONFIRMED');
      return () => shipOrder(store.database, id, '6A123', { caller });
    },
  ],
  [
    'order.delivered',
    async () => {
      const id = await order('SHIPPED');
      return () => deliverOrder(store.database, id, { caller });
    },
  ],
  [
    'order.refunded',
    async () => {
      const id = await paidAndShipped();
      return () => refundOrder(store.database, id, { caller });
    },
  ],
  [
    'order.deleted',
    async () => {
      const id = await order();
      return () => deleteOrder(store.database, id, { caller });
    },
  ],
  [
    'cart.checked_out',
    async () => {
      const cart = await createCart(store.database, { customerId: '1', lines: [{ productId: '5', quantity: 1 }], caller });
      if (cart.kind !== 'changed') throw new Error(cart.kind);
      const id = String(cart.id);
      return () => checkOutCart({ database: store.database, provider }, { id, input: checkOut, caller });
    },
  ],
];

describe('the audit log', () => {
  it.each(mutations)('is told once of %s, in its transaction', async (action, prepare) => {
    const audit = followAudit(store.database);
    const act = await prepare();
    const impossible = await audit.during(() => audit.whileImpossible(() => expect(act()).rejects.toThrow()));
    expect(impossible).toEqual([]);
    // It was not done: now it is, and would be told as a repetition if it had been.
    expect(await audit.during(act)).toMatchObject([{ action, actor_id: 'c1', actor_name: 'Camille' }]);
  });

  it('is told nothing of what is refused or repeated', async () => {
    const audit = followAudit(store.database);
    // Of a saga that has not ended: it can be neither shipped nor deleted.
    const [open, cancelled] = [await order('PENDING', newSaga()), await order('CANCELLED')];
    const repeated = { input, idempotencyKey: 'once', caller };
    await createOrder(store.database, repeated);
    const told = await audit.during(async () => {
      await createOrder(store.database, repeated);
      await shipOrder(store.database, open, null, { caller });
      await deliverOrder(store.database, open, { caller });
      await refundOrder(store.database, open, { caller });
      await cancelOrder(store.database, cancelled, { caller });
      await deleteOrder(store.database, open, { caller });
      await deleteOrder(store.database, '999999', { caller });
    });
    expect(told).toEqual([]);
  });
});
