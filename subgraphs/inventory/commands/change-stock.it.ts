import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, openStore } from '../testing/inventory.ts';
import { adjustStock, countStock } from './change-stock.ts';
import { reserveStock } from './reserve-stock.ts';

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const at = (product: number, placeId = 3) => ({ productId: String(product), placeId: String(placeId) });
const of = async (product: number, type: string) =>
  (await store.messages(type)).filter(({ payload }) => payload.produit_id === product).map(({ payload }) => payload);
const movements = (product: number) =>
  store.database.query(
    'SELECT kind, on_hand_change, allocated_change, actor, reason FROM stock_movement WHERE product_id = $1 ORDER BY id OFFSET 1',
    [product],
  );

describe('a count', () => {
  it('sets what is on hand, with one line in the ledger, and tells of product and stock', async () => {
    const product = await store.addProduct({ stock: 20 });
    expect(await countStock(store.database, { ...at(product), quantity: 17, expectedOnHand: 20, reason: 'inventaire' }, caller)).toEqual({
      kind: 'changed',
      productId: product,
      placeId: 3,
    });
    expect(await movements(product)).toEqual([
      { kind: 'COUNT', on_hand_change: -3, allocated_change: 0, actor: 'Camille', reason: 'inventaire' },
    ]);
    expect(await of(product, 'produit.updated')).toMatchObject([{ data: { stock: 17 } }]);
    expect(await of(product, 'stock.changed')).toMatchObject([{ on_hand: 17, available: 17, low: false, crossed: false, magasin_id: 3 }]);
    expect(await of(product, 'produit.stock_low')).toEqual([]);
  });

  it('is refused where another was expected, and changes nothing', async () => {
    const product = await store.addProduct({ stock: 20 });
    expect(await countStock(store.database, { ...at(product), quantity: 17, expectedOnHand: 19 }, caller)).toEqual({
      kind: 'stale',
      productId: product,
      placeId: 3,
    });
    expect(await store.level(product)).toEqual({ on_hand: 20, allocated: 0 });
    expect(await movements(product)).toEqual([]);
  });

  it('cannot count away what is promised', async () => {
    const product = await store.addProduct({ stock: 20 });
    await store.database.transaction((em) =>
      reserveStock(em, [{ sagaId: randomUUID(), lines: [{ product_id: product, quantity: 8 }] }], { expiryMs: 60_000 }),
    );
    expect(await countStock(store.database, { ...at(product), quantity: 7 }, caller)).toEqual({
      kind: 'insufficient',
      productId: product,
      requested: 8,
      available: 7,
    });
    expect(await countStock(store.database, { ...at(product), quantity: 8 }, caller)).toMatchObject({ kind: 'changed' });
  });

  it('begins the stock of a place that had none', async () => {
    const product = await store.addProduct({ stock: 20 });
    await countStock(store.database, { ...at(product, 1), quantity: 4 }, caller);
    expect(await store.level(product, 1)).toEqual({ on_hand: 4, allocated: 0 });
  });

  it('names every fault, and what does not exist', async () => {
    const product = await store.addProduct();
    const bad = countStock(store.database, { ...at(product), quantity: -1, reason: 'x'.repeat(501), idempotencyKey: '' }, caller);
    await expect(bad).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      faults: [{ path: ['quantity'] }, { path: ['reason'] }, { path: ['idempotencyKey'] }],
    });
    expect(await countStock(store.database, { ...at(product, 99), quantity: 1 }, caller)).toEqual({
      kind: 'missing',
      what: 'place',
      id: '99',
    });
    expect(await countStock(store.database, { productId: 'x', placeId: '1', quantity: 1 }, caller)).toEqual({
      kind: 'missing',
      what: 'product',
      id: 'x',
    });
  });
});

describe('an adjustment', () => {
  it('takes nothing that is not there', async () => {
    const product = await store.addProduct({ stock: 3 });
    const refused = await adjustStock(store.database, { ...at(product), change: -4, reason: 'casse' }, caller);
    expect(refused).toEqual({ kind: 'insufficient', productId: product, requested: 4, available: 3 });
    await expect(adjustStock(store.database, { ...at(product), change: 0, reason: ' ' }, caller)).rejects.toMatchObject({
      faults: [{ path: ['change'] }, { path: ['reason'] }],
    });
  });

  it('with one key happens once, also at the same time; with other input it is refused', async () => {
    const product = await store.addProduct({ stock: 30 });
    const take = (change: number) =>
      adjustStock(store.database, { ...at(product), change, reason: 'casse', idempotencyKey: `k-${product}` }, caller);
    const answers = await Promise.all([take(-5), take(-5), take(-5)]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await store.level(product)).toEqual({ on_hand: 25, allocated: 0 });
    expect(await movements(product)).toHaveLength(1);
    await expect(take(-6)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });
});

describe('the warning of low stock', () => {
  it('comes once for each crossing, however many take at the same time', async () => {
    const product = await store.addProduct({ stock: 60, threshold: 10 });
    const take = () => adjustStock(store.database, { ...at(product), change: -1, reason: 'vente' }, caller);
    const outcomes = await Promise.all(Array.from({ length: 100 }, take));
    expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(60);
    expect(await of(product, 'produit.stock_low')).toMatchObject([{ stock: 9, nom: 'Café', magasin_id: 3 }]);
    await adjustStock(store.database, { ...at(product), change: 10, reason: 'livraison' }, caller);
    expect(await of(product, 'produit.stock_low')).toHaveLength(1);
    await Promise.all(Array.from({ length: 10 }, take));
    expect(await of(product, 'produit.stock_low')).toHaveLength(2);
    expect((await of(product, 'stock.changed')).filter(({ crossed }) => crossed)).toHaveLength(2);
    expect(await store.unbalanced()).toEqual([]);
  });

  it('comes from reservations too, and not for archived products', async () => {
    const product = await store.addProduct({ stock: 12 });
    const reserve = () =>
      store.database.transaction((em) =>
        reserveStock(em, [{ sagaId: randomUUID(), lines: [{ product_id: product, quantity: 1 }] }], { expiryMs: 60_000 }),
      );
    await Promise.all(Array.from({ length: 12 }, reserve));
    expect(await of(product, 'produit.stock_low')).toMatchObject([{ stock: 9 }]);
    const archived = await store.addProduct({ stock: 12 });
    await store.database.query('UPDATE product SET active = false WHERE id = $1', [archived]);
    await countStock(store.database, { ...at(archived), quantity: 2 }, caller);
    expect(await of(archived, 'produit.stock_low')).toEqual([]);
  });
});
