import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpProvider } from '../payments/http-provider.ts';
import { caller, openStore, startProvider } from '../testing/orders.ts';
import { createCart, setCartLines } from './cart-lines.ts';
import { type CheckOut, checkOutCart } from './check-out-cart.ts';
import { hearOfDeletedCustomer } from './hear-of-others.ts';

let store: Awaited<ReturnType<typeof openStore>>;
let payments: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  [store, payments] = await Promise.all([openStore(), startProvider()]);
});
afterAll(async () => {
  await payments[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const line = (productId: number, quantity: number) => ({ productId: String(productId), quantity });
const open = async (customerId: string | null = '7', lines = [line(5, 2)]) => {
  const cart = await createCart(store.database, { customerId, lines, caller });
  return String((cart as { id: number }).id);
};
const linesOf = (id: string) => store.database.query('SELECT product_id, quantity FROM cart_line WHERE cart_id = $1 ORDER BY 1', [id]);
const cartOf = async (id: string) =>
  (
    await store.database.query<{ version: number; saga_id: string | null; customer_id: number | null }>(
      'SELECT version, saga_id, customer_id FROM cart WHERE id = $1',
      [id],
    )
  )[0];
const checkOut = (id: string, input: Partial<CheckOut> = {}, idempotencyKey?: string) =>
  checkOutCart(
    { database: store.database, provider: payments.provider },
    { id, input: { shippingAddress: '1 rue du Port', paymentMethod: 'card', ...input }, idempotencyKey, caller },
  );
const startOf = async (id: string) => {
  const { saga_id } = (await cartOf(id)) ?? {};
  return (await store.messages('saga.start')).filter(({ payload }) => payload.saga_id === saga_id).map(({ payload }) => payload);
};

describe('a cart', () => {
  it('puts lines of one product together, and is opened once for a key', async () => {
    const key = randomUUID();
    const ask = (quantity: number) =>
      createCart(store.database, { lines: [line(9, quantity), line(2, 1), line(9, 3)], idempotencyKey: key, caller });
    const [first, ...others] = await Promise.all([ask(1), ask(1), ask(1)]);
    expect(others).toEqual([first, first]);
    expect(await linesOf(String((first as { id: number }).id))).toEqual([
      { product_id: 2, quantity: 1 },
      { product_id: 9, quantity: 4 },
    ]);
    await expect(ask(2)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('takes new lines in place of the old, unless somebody was faster', async () => {
    const id = await open(null);
    const set = (rest: object) => setCartLines(store.database, { id, lines: [line(1, 1)], caller, ...rest });
    expect(await set({ expectedVersion: 1, customerId: '8' })).toEqual({ kind: 'changed', id: Number(id) });
    expect(await set({ expectedVersion: 1 })).toEqual({ kind: 'stale', version: 2 });
    expect(await set({ lines: [] })).toMatchObject({ kind: 'changed' });
    expect([await linesOf(id), await cartOf(id)]).toEqual([[], { version: 3, saga_id: null, customer_id: 8 }]);
  });

  it('is told every fault at once, and what is missing', async () => {
    const faulty = { customerId: 'x', lines: [line(0, 0), line(1, 10_000), line(1, 1)] };
    const faults = [['customerId'], ['lines', 0, 'productId'], ['lines', 0, 'quantity'], ['lines', 2, 'quantity']].map((path) => ({
      path,
    }));
    await expect(createCart(store.database, { ...faulty, caller })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', faults });
    await expect(setCartLines(store.database, { id: '1', ...faulty, caller })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', faults });
    await hearOfDeletedCustomer(store.database, { consumer: 'test', messageId: randomUUID() }, 66);
    const nobody = { kind: 'missing', what: 'customer', id: '66' };
    expect(await createCart(store.database, { customerId: '66', lines: [], caller })).toEqual(nobody);
    expect(await setCartLines(store.database, { id: await open(), customerId: '66', lines: [], caller })).toEqual(nobody);
    expect(await setCartLines(store.database, { id: '999999', lines: [], caller })).toEqual({
      kind: 'missing',
      what: 'cart',
      id: '999999',
    });
  });
});

describe('a check-out', () => {
  it('promises one saga, however many ask at once', async () => {
    const id = await open('7', [line(5, 2), line(3, 1)]);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => checkOut(id)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['changed', ...Array.from({ length: 9 }, () => 'checked-out')].sort());
    expect(await startOf(id)).toEqual([
      {
        saga_id: expect.stringMatching(/^saga_[0-9a-z]{26}$/),
        definition: 'order-processing',
        data: {
          customer_id: 7,
          lines: [
            { product_id: 3, quantity: 1 },
            { product_id: 5, quantity: 2 },
          ],
          shipping_address: '1 rue du Port',
          billing_address: '1 rue du Port',
          payment_method: 'card',
        },
      },
    ]);
    expect(await setCartLines(store.database, { id, lines: [], caller })).toEqual({ kind: 'checked-out', id: Number(id) });
  });

  it('with a key gives the first answer again', async () => {
    const id = await open();
    const first = await checkOut(id, {}, 'the key');
    expect(first).toEqual({ kind: 'changed', id: Number(id) });
    expect(await checkOut(id, {}, 'the key')).toEqual(first);
    await expect(checkOut(id, { paymentMethod: 'cash' }, 'the key')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await startOf(id)).toHaveLength(1);
  });

  it('needs a line and a customer', async () => {
    expect(await checkOut(await open(null, []))).toMatchObject({ kind: 'incomplete', message: 'The cart has no line and no customer.' });
    expect(await checkOut('999999')).toMatchObject({ kind: 'missing' });
    await expect(checkOut('1', { shippingAddress: ' ', paymentMethod: '', billingAddress: 'x'.repeat(1_001) }, '')).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      faults: [
        { path: ['input', 'shippingAddress'] },
        { path: ['input', 'billingAddress'] },
        { path: ['input', 'paymentMethod'] },
        { path: ['idempotencyKey'] },
      ],
    });
  });

  it('gives the number of a card for a token, by which the provider knows the card', async () => {
    const id = await open();
    await checkOut(id, { paymentMethod: '4000 0000 0000 9995' });
    const [start] = await startOf(id);
    const method = start.data.payment_method;
    expect(method).toMatch(/^tok_[0-9a-z]{25}_9995$/);
    expect(await payments.provider.capture({ key: randomUUID(), amountMinor: 1n, currency: 'EUR', method, repeated: false })).toMatchObject(
      {
        code: 'insufficient_funds',
      },
    );
  });

  it('with the number of a card is refused while the provider is away, and nothing is kept', async () => {
    const id = await open();
    const away = createHttpProvider({ url: 'http://127.0.0.1:9', attempts: 1 });
    await expect(
      checkOutCart(
        { database: store.database, provider: away },
        { id, input: { shippingAddress: 'x', paymentMethod: '4242424242424242' }, caller },
      ),
    ).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await cartOf(id)).toMatchObject({ saga_id: null, version: 1 });
    expect(await checkOut(id)).toMatchObject({ kind: 'changed' });
  });
});
