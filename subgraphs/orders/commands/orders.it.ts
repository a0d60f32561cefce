import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOnce } from '../messages/answer-once.ts';
import { caller, command, newSaga, openStore, orderData } from '../testing/orders.ts';
import { cancelOrder } from './cancel-order.ts';
import { createCart, setCartLines } from './cart-lines.ts';
import { type CreateOrder, createOrder } from './create-order.ts';
import { createOrderOfSaga } from './create-order-of-saga.ts';
import { deleteOrder } from './delete-order.ts';
import { cancelOrderOfSaga, confirmOrder } from './finish-order-of-saga.ts';
import { hearOfCustomer, hearOfDeletedCustomer, hearOfDeletedProduct } from './hear-of-others.ts';
import { deliverOrder, shipOrder } from './ship-order.ts';

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store[Symbol.asyncDispose]());

let lastCustomer = 1_000;
const newCustomer = () => ++lastCustomer;
const receipt = (consumer = 'test') => ({ consumer, messageId: randomUUID() });
const input = (customerId: number, given: Partial<CreateOrder> = {}): CreateOrder => ({
  customerId: String(customerId),
  lines: [
    { productId: '5', quantity: 3, unitPriceMinor: 1999 },
    { productId: '1', quantity: 1, unitPriceMinor: 3 },
  ],
  ...given,
});
const place = async (customerId = newCustomer(), given: Partial<CreateOrder> = {}, idempotencyKey?: string) =>
  (await createOrder(store.database, { input: input(customerId, given), idempotencyKey, caller })).id;
const eventsOf = async (id: number) =>
  (
    await store.database.query<{ payload: { event: string; statut?: string } }>(
      `SELECT payload FROM outbox WHERE aggregate_type = 'order' AND aggregate_id = $1 ORDER BY id`,
      [String(id)],
    )
  ).map(({ payload: { event, statut } }) => (statut ? `${event} ${statut}` : event));

/** An order of a saga that is paid as far as orders knows: created and confirmed. */
async function placeConfirmed() {
  const [saga, customer] = [newSaga(), newCustomer()];
  await store.know(customer);
  const create = command(saga, 'CREATE_ORDER', orderData(customer));
  const answer = await answerOnce(store.database, 'test', create, (em) => createOrderOfSaga(em, create, { mayWait: false }));
  const id = (answer.data as { order_id: number }).order_id;
  const confirm = command(saga, 'CONFIRM_ORDER', { order_id: id });
  await answerOnce(store.database, 'test', confirm, (em) => confirmOrder(em, confirm));
  return { id, saga };
}

describe('an order from another system', () => {
  it('is written with its lines and total, and told of', async () => {
    const customer = newCustomer();
    const id = await place(customer);
    expect(await store.order(id)).toEqual({ status: 'PENDING', customer_deleted: false, version: 1 });
    const [{ payload } = { payload: {} }] = await store.database.query<{ payload: object }>(
      `SELECT payload FROM outbox WHERE aggregate_id = $1 AND type = 'commande.created'`,
      [String(id)],
    );
    expect(payload).toMatchObject({
      event: 'commande_created',
      commande_id: id,
      data: { client_id: customer, total: 60, total_minor: '6000' },
    });
    expect(
      await store.database.query('SELECT number, product_id, unit_price_minor FROM order_line WHERE order_id = $1 ORDER BY 1', [id]),
    ).toEqual([
      { number: 1, product_id: 5, unit_price_minor: '1999' },
      { number: 2, product_id: 1, unit_price_minor: '3' },
    ]);
  });

  it('is created once for a key, also for 20 callers at once', async () => {
    const [customer, key] = [newCustomer(), randomUUID()];
    const ids = await Promise.all(Array.from({ length: 20 }, () => place(customer, {}, key)));
    expect(new Set(ids).size).toBe(1);
    expect(await store.count('customer_order', `customer_id = ${customer}`)).toBe(1);
    await expect(place(customer, { shippingAddress: 'elsewhere' }, key)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('is refused with every fault at once', async () => {
    const before = await store.count('customer_order');
    await expect(
      place(1, { customerId: 'x', lines: [{ productId: '0', quantity: 0, unitPriceMinor: 1.5 }], shippingAddress: 'a\0b' }, ' k '),
    ).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      faults: [
        { path: ['input', 'customerId'] },
        { path: ['input', 'lines', 0, 'productId'] },
        { path: ['input', 'lines', 0, 'quantity'] },
        { path: ['input', 'lines', 0, 'unitPriceMinor'] },
        { path: ['input', 'shippingAddress'] },
        { path: ['idempotencyKey'] },
      ],
    });
    expect(await store.count('customer_order')).toBe(before);
  });
});

describe('an order on its way', () => {
  it('goes from step to step, each told once however often it is asked for', async () => {
    const id = await place();
    const twice = async (act: () => Promise<unknown>) =>
      expect([await act(), await act()]).toEqual([
        { kind: 'changed', id },
        { kind: 'changed', id },
      ]);
    expect(await deliverOrder(store.database, String(id), { caller })).toMatchObject({ kind: 'refused' });
    await twice(() => shipOrder(store.database, String(id), ' 6A123 ', { caller }));
    expect(await shipOrder(store.database, String(id), 'another', { caller })).toMatchObject({ kind: 'refused' });
    expect(await cancelOrder(store.database, String(id), { caller })).toMatchObject({ kind: 'refused' });
    await twice(() => deliverOrder(store.database, String(id), { caller }));
    expect(await deleteOrder(store.database, String(id), { caller })).toMatchObject({ kind: 'refused' });
    expect(await eventsOf(id)).toEqual(['commande_created', 'commande_updated expediee', 'commande_updated livree']);
    expect(await store.order(id)).toMatchObject({ status: 'DELIVERED', version: 3 });
    expect(
      await store.database.query('SELECT tracking_number, delivered_at IS NOT NULL AS delivered FROM shipment WHERE order_id = $1', [id]),
    ).toEqual([{ tracking_number: '6A123', delivered: true }]);
  });

  it('is cancelled at once while it is PENDING, and can be deleted then', async () => {
    const id = await place();
    for (const _ of [1, 2]) expect(await cancelOrder(store.database, String(id), { caller })).toEqual({ kind: 'changed', id });
    expect(await shipOrder(store.database, String(id), null, { caller })).toMatchObject({ kind: 'refused' });
    expect(await deleteOrder(store.database, String(id), { caller })).toEqual({ kind: 'changed', id });
    expect(await deleteOrder(store.database, String(id), { caller })).toMatchObject({ kind: 'missing' });
    expect(await eventsOf(id)).toEqual(['commande_created', 'commande_updated annulee', 'commande_deleted annulee']);
  });

  it('that was paid is cancelled by one saga, and does not leave meanwhile', async () => {
    const { id, saga } = await placeConfirmed();
    await Promise.all(Array.from({ length: 5 }, () => cancelOrder(store.database, String(id), { caller })));
    const starts = (await store.messages('saga.start')).filter(({ payload }) => payload.data.order_id === id);
    expect(starts).toMatchObject([
      { payload: { definition: 'order-cancellation', data: { order_id: id, paid_by_saga: saga, sold_by_saga: saga } } },
    ]);
    expect(await store.order(id)).toMatchObject({ status: 'CONFIRMED' });
    expect(await shipOrder(store.database, String(id), null, { caller })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('being cancelled'),
    });
    const cancel = command(starts[0]?.payload.saga_id, 'CANCEL_ORDER', { order_id: id });
    for (const _ of [1, 2])
      expect(await answerOnce(store.database, 'test', cancel, (em) => cancelOrderOfSaga(em, cancel))).toMatchObject({ outcome: 'SUCCESS' });
    expect(await store.order(id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('is nobody’s where there is none', async () => {
    for (const id of ['999999', 'x', '0', '99999999999999999999'])
      for (const act of [
        cancelOrder(store.database, id, { caller }),
        shipOrder(store.database, id, null, { caller }),
        deliverOrder(store.database, id, { caller }),
        deleteOrder(store.database, id, { caller }),
      ])
        expect(await act).toEqual({ kind: 'missing', what: 'order', id });
  });
});

describe('a saga', () => {
  const create = (saga: string, customer: number, mayWait = false) => {
    const body = command(saga, 'CREATE_ORDER', orderData(customer));
    return answerOnce(store.database, 'test', body, (em) => createOrderOfSaga(em, body, { mayWait }));
  };
  const cancel = (saga: string) => {
    const body = command(saga, 'CANCEL_ORDER', { order_id: null }, 'COMPENSATION');
    return answerOnce(store.database, 'test', body, (em) => cancelOrderOfSaga(em, body));
  };

  it('creates its order once, and gets the same answer each time', async () => {
    const [saga, customer] = [newSaga(), newCustomer()];
    await store.know(customer);
    const body = command(saga, 'CREATE_ORDER', orderData(customer, '999', 3));
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => answerOnce(store.database, 'test', body, (em) => createOrderOfSaga(em, body, { mayWait: false }))),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toEqual({ outcome: 'SUCCESS', data: { order_id: expect.any(Number), amount_minor: '2997', currency: 'EUR' } });
    expect(await store.count('customer_order', `saga_id = '${saga}'`)).toBe(1);
    const replies = (await store.messages('saga.reply')).filter(({ message_id }) => message_id === `${body.command_id}.reply`);
    expect(replies).toHaveLength(10);
    expect(new Set(replies.map(({ payload }) => JSON.stringify(payload))).size).toBe(1);
  });

  it('whose cancellation comes first gets no order', async () => {
    const [saga, customer] = [newSaga(), newCustomer()];
    await store.know(customer);
    expect(await cancel(saga)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await create(saga, customer)).toMatchObject({ outcome: 'REFUSED', code: 'CANCELLED' });
    expect(await store.count('customer_order', `saga_id = '${saga}'`)).toBe(0);
  });

  it('that is cancelled while it creates leaves no open order, in 50 rounds', async () => {
    const customer = newCustomer();
    await store.know(customer);
    for (let round = 0; round < 50; round++) {
      const saga = newSaga();
      await Promise.all(round % 2 === 0 ? [create(saga, customer), cancel(saga)] : [cancel(saga), create(saga, customer)]);
      expect(await store.count('customer_order', `saga_id = '${saga}' AND status <> 'CANCELLED'`)).toBe(0);
    }
  });

  it('is refused an unknown customer, a deleted one and lines that are none', async () => {
    const [unknown, deleted, known] = [newCustomer(), newCustomer(), newCustomer()];
    await store.know(known);
    await hearOfDeletedCustomer(store.database, receipt(), deleted);
    expect(await create(newSaga(), unknown)).toMatchObject({
      outcome: 'REFUSED',
      code: 'CUSTOMER_UNKNOWN',
      reason: expect.stringContaining(String(unknown)),
    });
    await expect(create(newSaga(), unknown, true)).rejects.toMatchObject({ name: 'CustomerAwaited', customerId: unknown });
    expect(await create(newSaga(), deleted)).toMatchObject({ outcome: 'REFUSED', code: 'CUSTOMER_DELETED' });
    const bad = command(newSaga(), 'CREATE_ORDER', orderData(known, 'free'));
    expect(await answerOnce(store.database, 'test', bad, (em) => createOrderOfSaga(em, bad, { mayWait: false }))).toMatchObject({
      outcome: 'REFUSED',
      code: 'INVALID_ORDER',
    });
  });

  it('cannot confirm what was cancelled, nor what is another’s', async () => {
    const [saga, customer] = [newSaga(), newCustomer()];
    await store.know(customer);
    const { order_id: id } = (await create(saga, customer)).data as { order_id: number };
    const confirm = (by: string) => {
      const body = command(by, 'CONFIRM_ORDER', { order_id: id });
      return answerOnce(store.database, 'test', body, (em) => confirmOrder(em, body));
    };
    expect(await confirm(newSaga())).toMatchObject({ code: 'ORDER_UNKNOWN' });
    await cancelOrder(store.database, String(id), { caller });
    expect(await confirm(saga)).toMatchObject({ code: 'ORDER_CANCELLED' });
    expect(await cancel(saga)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await store.order(id)).toMatchObject({ status: 'CANCELLED', version: 2 });
  });

  it('cannot cancel what has left, and can once somebody has seen to it', async () => {
    const { id, saga } = await placeConfirmed();
    await shipOrder(store.database, String(id), null, { caller });
    const body = command(saga, 'CANCEL_ORDER', { order_id: id }, 'COMPENSATION');
    const ask = () => answerOnce(store.database, 'test', body, (em) => cancelOrderOfSaga(em, body));
    expect(await ask()).toMatchObject({ outcome: 'REFUSED', code: 'ORDER_SHIPPED' });
    await store.database.query(`UPDATE customer_order SET status = 'CONFIRMED' WHERE id = $1`, [id]);
    expect(await ask()).toMatchObject({ outcome: 'SUCCESS' });
    expect(await store.order(id)).toMatchObject({ status: 'CANCELLED' });
  });
});

describe('a customer who is deleted', () => {
  it('has all orders marked, each told once, and gets no new ones', async () => {
    const customer = newCustomer();
    await hearOfCustomer(store.database, receipt(), { id: customer, version: 1 });
    const ids = [await place(customer), await place(customer), await place(customer)];
    await deleteOrder(store.database, String(ids[2]), { caller });
    const deletion = receipt();
    expect(await hearOfDeletedCustomer(store.database, deletion, customer)).toBe(2);
    expect(await hearOfDeletedCustomer(store.database, deletion, customer)).toBe(2);
    expect(await hearOfDeletedCustomer(store.database, receipt(), customer)).toBe(0);
    expect(await eventsOf(ids[0] as number)).toEqual(['commande_created', 'commande_updated client_supprime']);
    await hearOfCustomer(store.database, receipt(), { id: customer, version: 2 });
    await expect(place(customer)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ path: ['input', 'customerId'] }] });
  });

  it('before anything else was heard of has later orders marked', async () => {
    const customer = newCustomer();
    await hearOfDeletedCustomer(store.database, receipt(), customer);
    expect(await store.order(await place(customer))).toMatchObject({ customer_deleted: true });
  });

  it('while orders are created leaves none unmarked, whichever comes first, in 100 rounds', async () => {
    for (let round = 0; round < 100; round++) {
      const customer = newCustomer();
      if (round % 4 < 2) await store.know(customer);
      const create = () => place(customer).catch(() => null);
      const remove = () => hearOfDeletedCustomer(store.database, receipt(), customer);
      await Promise.all(round % 2 === 0 ? [create(), remove(), create()] : [remove(), create(), create()]);
      expect(await store.count('customer_order', `customer_id = ${customer} AND NOT customer_deleted`), `round ${round}`).toBe(0);
    }
  });
});

describe('a product that is deleted', () => {
  it('is marked in open orders and carts, also those of later', async () => {
    const product = String(newCustomer());
    const lines = [{ productId: product, quantity: 1, unitPriceMinor: 100 }];
    const [open, shipped] = [await place(newCustomer(), { lines }), await place(newCustomer(), { lines })];
    await shipOrder(store.database, String(shipped), null, { caller });
    const cart = await createCart(store.database, { lines: [{ productId: product, quantity: 1 }], caller });
    const cartId = (cart as { id: number }).id;
    const deletion = receipt();
    for (const _ of [1, 2]) expect(await hearOfDeletedProduct(store.database, deletion, Number(product))).toEqual({ orders: 1, carts: 1 });
    const later = await place(newCustomer(), { lines });
    await setCartLines(store.database, {
      id: String(cartId),
      lines: [
        { productId: product, quantity: 2 },
        { productId: '1', quantity: 1 },
      ],
      caller,
    });
    const marked = await store.database.query<{ order_id: number }>(
      'SELECT order_id FROM order_line WHERE product_deleted AND product_id = $1 ORDER BY 1',
      [product],
    );
    expect(marked.map(({ order_id }) => order_id)).toEqual([open, later]);
    expect(
      await store.database.query('SELECT quantity, product_deleted FROM cart_line WHERE cart_id = $1 ORDER BY product_id', [cartId]),
    ).toEqual([
      { quantity: 1, product_deleted: false },
      { quantity: 2, product_deleted: true },
    ]);
    expect(await eventsOf(open)).toEqual(['commande_created', 'commande_updated en_attente']);
    expect(await eventsOf(shipped)).toEqual(['commande_created', 'commande_updated expediee']);
  });

  it('while orders are created leaves no open line unmarked, in 30 rounds', async () => {
    for (let round = 0; round < 30; round++) {
      const product = newCustomer();
      const create = () => place(newCustomer(), { lines: [{ productId: String(product), quantity: 1, unitPriceMinor: 1 }] });
      const remove = () => hearOfDeletedProduct(store.database, receipt(), product);
      await Promise.all(round % 2 === 0 ? [create(), remove(), create()] : [remove(), create(), create()]);
      expect(await store.count('order_line', `product_id = ${product} AND NOT product_deleted`)).toBe(0);
    }
  });
});
