import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOnce } from '../messages/answer-once.ts';
import { openStore } from '../testing/inventory.ts';
import { checkStock } from './check-stock.ts';
import { expireReservations, releaseStock, restock, sellReserved } from './end-reservations.ts';
import { reserveStock } from './reserve-stock.ts';

const halfAnHour = { expiryMs: 1_800_000 };
let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const newSaga = () => `saga_${randomUUID()}`;
const command = (saga_id: string, step = 'RESERVE_STOCK') =>
  ({ saga_id, command_id: randomUUID(), step, direction: step === 'RESERVE_STOCK' ? 'FORWARD' : 'COMPENSATION' }) as const;
const lines = (...pairs: [productId: number, quantity: number][]) => pairs.map(([product_id, quantity]) => ({ product_id, quantity }));

const reserve = (saga: string, wanted: ReturnType<typeof lines>, { expiryMs } = halfAnHour, order = command(saga)) =>
  answerOnce(store.database, 'test', order, (em) => reserveStock(em, saga, { lines: wanted }, { expiryMs }));
const release = (saga: string) => answerOnce(store.database, 'test', command(saga, 'RELEASE_STOCK'), (em) => releaseStock(em, saga));

it('a reservation answers nothing of the lines, which the saga knows with their prices', async () => {
  const product = await store.addProduct({ stock: 3 });
  expect(await reserve(newSaga(), lines([product, 1]))).toMatchObject({ outcome: 'SUCCESS', data: { place_id: store.warehouse } });
  expect((await reserve(newSaga(), lines([product, 1]))).data).not.toHaveProperty('lines');
});

describe('200 parallel reservations of the last 10 units', () => {
  it('succeed exactly 10 times', async () => {
    const product = await store.addProduct({ stock: 10, threshold: 0 });
    const answers = await Promise.all(Array.from({ length: 200 }, () => reserve(newSaga(), lines([product, 1]))));
    expect(answers.filter(({ outcome }) => outcome === 'SUCCESS')).toHaveLength(10);
    expect(answers.find(({ outcome }) => outcome === 'REFUSED')).toMatchObject({
      code: 'OUT_OF_STOCK',
      data: { product_id: product, requested: 1, available: 0 },
    });
    expect(await store.level(product)).toEqual({ on_hand: 10, allocated: 10 });
    expect(await store.unbalanced()).toEqual([]);
  });

  it('do not deadlock where baskets name the products in different orders, and leave nothing behind where one line is short', async () => {
    const [a, b] = [await store.addProduct({ stock: 30 }), await store.addProduct({ stock: 20 })];
    const before = await store.database.query<{ deadlocks: string }>(
      'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
    );
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => reserve(newSaga(), index % 2 === 0 ? lines([a, 1], [b, 1]) : lines([b, 1], [a, 1]))),
    );
    expect(answers.filter(({ outcome }) => outcome === 'SUCCESS')).toHaveLength(20);
    expect([await store.level(a), await store.level(b)]).toEqual([
      { on_hand: 30, allocated: 20 },
      { on_hand: 20, allocated: 20 },
    ]);
    expect(await store.database.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')).toEqual(before);
    expect(await store.unbalanced()).toEqual([]);
  });
});

describe('a reservation', () => {
  it('counts lines of one product together', async () => {
    const product = await store.addProduct({ stock: 5 });
    expect(await reserve(newSaga(), lines([product, 3], [product, 3]))).toMatchObject({
      outcome: 'REFUSED',
      code: 'OUT_OF_STOCK',
      data: { requested: 6, available: 5 },
    });
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 0 });
  });

  it('is refused for products that are unknown or archived', async () => {
    const product = await store.addProduct({ stock: 5 });
    await store.database.query('UPDATE product SET active = false WHERE id = $1', [product]);
    expect(await reserve(newSaga(), lines([product, 1]))).toMatchObject({ outcome: 'REFUSED', code: 'PRODUCT_ARCHIVED' });
    expect(await reserve(newSaga(), lines([2_000_000_000, 1]))).toMatchObject({ outcome: 'REFUSED', code: 'PRODUCT_UNKNOWN' });
  });

  it('that is commanded again, also at the same time, has one effect and is answered each time with the same message', async () => {
    const product = await store.addProduct({ stock: 5 });
    const order = command(newSaga());
    const repeat = () => reserve(order.saga_id, lines([product, 2]), halfAnHour, order);
    const answers = await Promise.all([repeat(), repeat(), repeat()]);
    answers.push(await repeat());
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 2 });
    const replies = (await store.messages('saga.reply')).filter(({ payload }) => payload.command_id === order.command_id);
    expect(replies).toHaveLength(4);
    expect(new Set(replies.map(({ message_id }) => message_id))).toEqual(new Set([`${order.command_id}.reply`]));
  });

  it('is given up by a release, once, however often that comes', async () => {
    const product = await store.addProduct({ stock: 5 });
    const saga = newSaga();
    await reserve(saga, lines([product, 2]));
    expect(await release(saga)).toMatchObject({ outcome: 'SUCCESS', data: { lines: [{ product_id: product, quantity: 2 }] } });
    expect(await release(saga)).toMatchObject({ outcome: 'SUCCESS', data: { lines: [] } });
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 0 });
    expect(await store.unbalanced()).toEqual([]);
  });

  it('that comes after its release is refused', async () => {
    const product = await store.addProduct({ stock: 5 });
    const saga = newSaga();
    expect(await release(saga)).toMatchObject({ outcome: 'SUCCESS' });
    expect(await reserve(saga, lines([product, 2]))).toMatchObject({ outcome: 'REFUSED', code: 'CANCELLED' });
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 0 });
  });

  it('racing its release never survives it', async () => {
    const product = await store.addProduct({ stock: 1_000 });
    await Promise.all(
      Array.from({ length: 40 }, newSaga).flatMap((saga, index) => {
        const work = [() => reserve(saga, lines([product, 3])), () => release(saga)];
        return (index % 2 === 0 ? work : work.reverse()).map((start) => start());
      }),
    );
    expect(await store.level(product)).toEqual({ on_hand: 1_000, allocated: 0 });
    expect(await store.unbalanced()).toEqual([]);
  });
});

describe('a reservation whose time is over', () => {
  it('frees its goods for the next one even though nobody sweeps', async () => {
    const product = await store.addProduct({ stock: 5 });
    const first = newSaga();
    await reserve(first, lines([product, 5]), { expiryMs: 0 });
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 5 });
    expect(await store.database.transaction((em) => checkStock(em, { lines: lines([product, 4]) }))).toMatchObject({ outcome: 'SUCCESS' });
    expect(await reserve(newSaga(), lines([product, 4]))).toMatchObject({ outcome: 'SUCCESS' });
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 4 });
    expect(await store.unbalanced()).toEqual([]);
  });

  it('is swept up, by several sweepers at once too', async () => {
    const products = await Promise.all(Array.from({ length: 20 }, () => store.addProduct({ stock: 5 })));
    await Promise.all(products.map((product) => reserve(newSaga(), lines([product, 5]), { expiryMs: 0 })));
    for (let freed = -1; freed !== 0; ) {
      const counts = await Promise.all([1, 2, 3].map(() => expireReservations(store.database)));
      freed = counts.reduce((sum, count) => sum + count);
    }
    for (const product of products) expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 0 });
    expect(await store.unbalanced()).toEqual([]);
  });

  it('is still sold where the goods are there, and reported missing where they are not', async () => {
    const product = await store.addProduct({ stock: 5 });
    const [late, tooLate] = [newSaga(), newSaga()];
    await reserve(late, lines([product, 3]), { expiryMs: 0 });
    await reserve(tooLate, lines([product, 4]), { expiryMs: 0 });
    expect(await sellReserved(store.database, late)).toEqual([]);
    expect(await store.level(product)).toEqual({ on_hand: 2, allocated: 0 });
    expect(await sellReserved(store.database, tooLate)).toMatchObject([{ productId: product, quantity: 4 }]);
    expect(await store.level(product)).toEqual({ on_hand: 2, allocated: 0 });
    expect(await store.unbalanced()).toEqual([]);
  });
});

describe('a saga that has ended well', () => {
  it('sells what it reserved, once', async () => {
    const product = await store.addProduct({ stock: 20 });
    const saga = newSaga();
    await reserve(saga, lines([product, 4]));
    await Promise.all([1, 2, 3].map(() => sellReserved(store.database, saga)));
    expect(await store.level(product)).toEqual({ on_hand: 16, allocated: 0 });
    expect(await sellReserved(store.database, newSaga())).toEqual([]);
  });

  it('and is cancelled afterwards has its goods put back once, whether the news of the sale came or not', async () => {
    const product = await store.addProduct({ stock: 20 });
    const [sold, unsold] = [newSaga(), newSaga()];
    await reserve(sold, lines([product, 4]));
    await reserve(unsold, lines([product, 3]));
    await sellReserved(store.database, sold);
    for (const saga of [sold, sold, unsold]) {
      await answerOnce(store.database, 'test', command(newSaga(), 'RESTOCK'), (em) => restock(em, saga));
    }
    expect(await sellReserved(store.database, unsold)).toEqual([]);
    expect(await store.level(product)).toEqual({ on_hand: 20, allocated: 0 });
    const kinds = await store.database.query('SELECT kind FROM stock_movement WHERE product_id = $1 ORDER BY id', [product]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['INITIAL', 'RESERVATION', 'RESERVATION', 'SALE', 'RETURN', 'RELEASE']);
    expect(await store.unbalanced()).toEqual([]);
  });
});

describe('a question for stock', () => {
  it('is answered with the lines priced and the place', async () => {
    const [a, b] = [
      await store.addProduct({ stock: 5, name: 'Thé', price: 720 }),
      await store.addProduct({ stock: 5, name: 'Café', price: 1250 }),
    ];
    const answer = await store.database.transaction((em) => checkStock(em, { lines: lines([b, 1], [a, 2], [b, 2]) }));
    expect(answer).toEqual({
      outcome: 'SUCCESS',
      data: {
        place_id: store.warehouse,
        lines: [
          { product_id: a, quantity: 2, unit_price_minor: '720', name: 'Thé' },
          { product_id: b, quantity: 3, unit_price_minor: '1250', name: 'Café' },
        ],
      },
    });
    expect(await store.database.transaction((em) => checkStock(em, { lines: lines([a, 6]) }))).toMatchObject({
      code: 'OUT_OF_STOCK',
      data: { product_id: a },
    });
    expect(await store.database.transaction((em) => checkStock(em, { lines: lines([a, 1]), place_id: 1 }))).toMatchObject({
      data: { available: 0 },
    });
  });
});

it('the ledger can only be added to', async () => {
  const product = await store.addProduct({ stock: 5 });
  for (const change of [
    'UPDATE stock_movement SET on_hand_change = 0',
    `DELETE FROM stock_movement WHERE product_id = ${product}`,
    'TRUNCATE stock_movement',
  ]) {
    await expect(store.database.query(change)).rejects.toThrow('only ever added to');
  }
});
