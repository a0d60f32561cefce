import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@comptoir/platform/database.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOnce } from '../messages/answer-once.ts';
import type { Answer } from '../messages/outgoing.ts';
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

async function answerOne(body: ReturnType<typeof command>, work: (em: EntityManager) => Promise<Answer[]>): Promise<Answer> {
  const [answer] = await answerOnce(store.database, 'test', [{ body }], work);
  return answer as Answer;
}

const reserve = (saga: string, wanted: ReturnType<typeof lines>, { expiryMs } = halfAnHour, order = command(saga)) =>
  answerOne(order, (em) => reserveStock(em, [{ sagaId: saga, lines: wanted }], { expiryMs }));
const release = (saga: string) => answerOne(command(saga, 'RELEASE_STOCK'), (em) => releaseStock(em, [saga]));
const check = (wanted: ReturnType<typeof lines>, place_id?: number) =>
  store.database.transaction(async (em) => (await checkStock(em, [{ lines: wanted, place_id }]))[0]);

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

describe('several commands at once', () => {
  const together = (wishes: readonly ReturnType<typeof lines>[], orders = wishes.map(() => command(newSaga()))) =>
    answerOnce(
      store.database,
      'test',
      orders.map((body) => ({ body })),
      (em, bodies) =>
        reserveStock(
          em,
          bodies.map((body) => ({ sagaId: body.saga_id, lines: wishes[orders.indexOf(body)] ?? [] })),
          halfAnHour,
        ),
    );

  it('are each answered for themselves: the first get the last units, one that is refused leaves its other lines to those behind it', async () => {
    const [a, b] = [await store.addProduct({ stock: 3, threshold: 0 }), await store.addProduct({ stock: 1, threshold: 0 })];
    const answers = await together([lines([a, 1]), lines([a, 1], [b, 2]), lines([a, 1], [b, 1]), lines([a, 2]), lines([a, 1])]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['SUCCESS', 'REFUSED', 'SUCCESS', 'REFUSED', 'SUCCESS']);
    expect(answers[1]).toMatchObject({ code: 'OUT_OF_STOCK', data: { product_id: b, requested: 2, available: 1 } });
    expect(answers[3]).toMatchObject({ code: 'OUT_OF_STOCK', data: { product_id: a, requested: 2, available: 1 } });
    expect([await store.level(a), await store.level(b)]).toEqual([
      { on_hand: 3, allocated: 3 },
      { on_hand: 1, allocated: 1 },
    ]);
    expect(await store.unbalanced()).toEqual([]);
  });

  it('have one effect where one of them is there twice or was answered before, and are all answered', async () => {
    const product = await store.addProduct({ stock: 9 });
    const [before, twice] = [command(newSaga()), command(newSaga())];
    await reserve(before.saga_id, lines([product, 2]), halfAnHour, before);
    const wish = lines([product, 2]);
    const answers = await together([wish, wish, wish], [before, twice, twice]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect(await store.level(product)).toEqual({ on_hand: 9, allocated: 4 });
    const replies = await store.messages('saga.reply');
    expect(replies.filter(({ payload }) => payload.command_id === before.command_id)).toHaveLength(2);
    expect(replies.filter(({ payload }) => payload.command_id === twice.command_id)).toHaveLength(2);
  });

  it('free what nobody waits for any more where they need it', async () => {
    const product = await store.addProduct({ stock: 5 });
    await reserve(newSaga(), lines([product, 4]), { expiryMs: 0 });
    const answers = await together([lines([product, 2]), lines([product, 2]), lines([product, 2])]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['SUCCESS', 'SUCCESS', 'REFUSED']);
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 4 });
    expect(await store.unbalanced()).toEqual([]);
  });

  it('do not deadlock with those of others, nor with sales', async () => {
    const products = await Promise.all(Array.from({ length: 12 }, () => store.addProduct({ stock: 1_000 })));
    const deadlocks = async () =>
      (await store.database.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'))[0]?.deadlocks;
    const before = await deadlocks();
    const basket = (n: number) => lines(...[n, n + 5, n + 7].map((index): [number, number] => [products[index % 12] as number, 1]));
    const sold = Array.from({ length: 60 }, newSaga);
    for (const [n, saga] of sold.entries()) await reserve(saga, basket(n));
    await Promise.all([
      ...Array.from({ length: 12 }, (_, batch) => together(Array.from({ length: 15 }, (_, n) => basket(batch * 5 + n)))),
      ...[0, 1, 2, 3].map((part) => sellReserved(store.database, sold.slice(part * 15, part * 15 + 15).toReversed())),
    ]);
    expect(await deadlocks()).toEqual(before);
    expect(await store.unbalanced()).toEqual([]);
  });
});

describe('a reservation whose time is over', () => {
  it('frees its goods for the next one even though nobody sweeps', async () => {
    const product = await store.addProduct({ stock: 5 });
    const first = newSaga();
    await reserve(first, lines([product, 5]), { expiryMs: 0 });
    expect(await store.level(product)).toEqual({ on_hand: 5, allocated: 5 });
    expect(await check(lines([product, 4]))).toMatchObject({ outcome: 'SUCCESS' });
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
    expect(await sellReserved(store.database, [late])).toEqual([]);
    expect(await store.level(product)).toEqual({ on_hand: 2, allocated: 0 });
    expect(await sellReserved(store.database, [tooLate])).toMatchObject([{ productId: product, quantity: 4 }]);
    expect(await store.level(product)).toEqual({ on_hand: 2, allocated: 0 });
    expect(await store.unbalanced()).toEqual([]);
  });
});

describe('a saga that has ended well', () => {
  it('sells what it reserved, once', async () => {
    const product = await store.addProduct({ stock: 20 });
    const saga = newSaga();
    await reserve(saga, lines([product, 4]));
    await Promise.all([1, 2, 3].map(() => sellReserved(store.database, [saga])));
    expect(await store.level(product)).toEqual({ on_hand: 16, allocated: 0 });
    expect(await sellReserved(store.database, [newSaga()])).toEqual([]);
  });

  it('and is cancelled afterwards has its goods put back once, whether the news of the sale came or not', async () => {
    const product = await store.addProduct({ stock: 20 });
    const [sold, unsold] = [newSaga(), newSaga()];
    await reserve(sold, lines([product, 4]));
    await reserve(unsold, lines([product, 3]));
    await sellReserved(store.database, [sold]);
    for (const saga of [sold, sold, unsold]) {
      await answerOne(command(newSaga(), 'RESTOCK'), (em) => restock(em, [saga]));
    }
    expect(await sellReserved(store.database, [unsold])).toEqual([]);
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
    const answer = await check(lines([b, 1], [a, 2], [b, 2]));
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
    expect(await check(lines([a, 6]))).toMatchObject({
      code: 'OUT_OF_STOCK',
      data: { product_id: a },
    });
    expect(await check(lines([a, 1]), 1)).toMatchObject({
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
