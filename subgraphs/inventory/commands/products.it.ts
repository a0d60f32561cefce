import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { internalEan13 } from '../domain/ean13.ts';
import { caller, openStore } from '../testing/inventory.ts';
import { archiveProduct } from './archive-product.ts';
import { createCategory } from './create-category.ts';
import { type CreateProduct, createProduct } from './create-product.ts';
import { type UpdateProduct, updateProduct } from './update-product.ts';

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const base: CreateProduct = { name: 'Café Kenya', priceMinor: 1250, taxPpm: 55_000, alertThreshold: 10 };
const create = (input: Partial<CreateProduct> = {}, idempotencyKey?: string) =>
  createProduct(store.database, { input: { ...base, ...input }, idempotencyKey, caller });
const update = (id: number, input: UpdateProduct) => updateProduct(store.database, { id: String(id), input, caller });
const made = async (input: Partial<CreateProduct> = {}) => {
  const outcome = await create(input);
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return outcome.id;
};
const row = async (id: number) => (await store.database.query('SELECT * FROM product WHERE id = $1', [id]))[0];
const told = async (id: number) => (await store.messages()).filter(({ payload }) => payload.produit_id === id);
const types = async (id: number) => (await told(id)).map(({ type }) => type);

describe('a new product', () => {
  it('gets a SKU, its first stock at the warehouse, and is told of', async () => {
    const id = await made({ initialStock: 42, costMinor: 700 });
    expect(await row(id)).toMatchObject({
      sku: `CAFE-KENY-${String(id).padStart(6, '0')}`,
      price_minor: '1250',
      cost_minor: '700',
      version: 1,
      active: true,
    });
    expect(await store.level(id, store.warehouse)).toEqual({ on_hand: 42, allocated: 0 });
    expect(await told(id)).toMatchObject([
      {
        type: 'produit.created',
        payload: { event: 'produit_created', data: { id, nom: 'Café Kenya', prix: 12.5, prix_minor: '1250', stock: 42 } },
      },
      { type: 'stock.changed' },
    ]);
  });

  it('warns of nothing: what never was enough has not fallen', async () => {
    expect(await types(await made())).toEqual(['produit.created', 'stock.changed']);
  });

  it('needs a SKU and a barcode of its own', async () => {
    const barcode = internalEan13(77);
    await made({ sku: 'UN-1', barcode });
    expect(await create({ sku: 'un-1' })).toEqual({ kind: 'taken', field: 'sku' });
    expect(await create({ barcode })).toEqual({ kind: 'taken', field: 'barcode' });
  });

  it('may not refer to what is not there', async () => {
    expect(await create({ categoryId: '4000' })).toEqual({ kind: 'missing', what: 'category', id: '4000' });
    expect(await create({ supplierId: 'x' })).toEqual({ kind: 'missing', what: 'supplier', id: 'x' });
  });

  it('is refused with every fault at once', async () => {
    const faults = [{ path: ['input', 'name'] }, { path: ['input', 'priceMinor'] }, { path: ['input', 'initialStock'] }];
    await expect(create({ name: '', priceMinor: -1, initialStock: -5 })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', faults });
  });

  it('is created once for one key', async () => {
    const outcomes = await Promise.all([create({}, 'once'), create({}, 'once'), create({}, 'once')]);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    await expect(create({ name: 'Autre' }, 'once')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });
});

describe('a change of a product', () => {
  it('changes what is given, counts the version up and is told of once', async () => {
    const id = await made({ description: 'fruité' });
    expect(await update(id, { name: 'Café du Kenya', description: null, expectedVersion: 1 })).toEqual({ kind: 'updated', id });
    expect(await row(id)).toMatchObject({ name: 'Café du Kenya', description: null, price_minor: '1250', version: 2 });
    expect((await told(id)).at(-1)).toMatchObject({ type: 'produit.updated', payload: { data: { nom: 'Café du Kenya', version: 2 } } });
  });

  it('that changes nothing is not told of', async () => {
    const id = await made({ initialStock: 5 });
    await update(id, { name: base.name, priceMinor: base.priceMinor, barcode: null, totalStock: 5 });
    expect([await types(id), (await row(id))?.version]).toEqual([['produit.created', 'stock.changed'], 1]);
  });

  it('on an old version is refused', async () => {
    const id = await made();
    const outcomes = await Promise.all([
      update(id, { priceMinor: 1, expectedVersion: 1 }),
      update(id, { priceMinor: 2, expectedVersion: 1 }),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['stale', 'updated']);
  });

  it('of the threshold warns where stock is low by it from now on', async () => {
    const id = await made({ initialStock: 15 });
    await update(id, { alertThreshold: 20 });
    await update(id, { alertThreshold: 25 });
    const low = (await told(id)).filter(({ type }) => type === 'produit.stock_low');
    expect(low).toMatchObject([{ payload: { stock: 15, magasin_id: store.warehouse } }]);
  });

  it('refuses a SKU of another, what is unknown, and faults', async () => {
    const id = await made();
    const other = await made({ sku: 'AUTRE' });
    expect(await update(id, { sku: 'autre' })).toEqual({ kind: 'taken', field: 'sku' });
    expect(await update(2_000_000_000, {})).toMatchObject({ kind: 'missing', what: 'product' });
    await expect(update(other, { name: null, totalStock: -1 })).rejects.toMatchObject({
      faults: [{ path: ['input', 'name'] }, { path: ['input', 'totalStock'] }],
    });
  });
});

describe('the one stock figure of a client that knows no places', () => {
  it('set to 5 publishes produit.updated and exactly one produit.stock_low', async () => {
    const id = await made({ initialStock: 50 });
    await update(id, { totalStock: 5 });
    expect((await types(id)).slice(2).sort()).toEqual(['produit.stock_low', 'produit.updated', 'stock.changed']);
    expect((await told(id)).find(({ type }) => type === 'produit.stock_low')).toMatchObject({
      payload: { event: 'produit_stock_low', stock: 5, nom: 'Café Kenya' },
    });
    expect(await store.level(id, store.warehouse)).toEqual({ on_hand: 5, allocated: 0 });
  });

  it('does so too where several places fall below the threshold', async () => {
    const id = await store.addProduct({ stock: 40, at: [1, 2].map((placeId) => ({ placeId, onHand: 30 })) });
    await update(id, { totalStock: 5 });
    expect((await types(id)).sort()).toEqual(['produit.stock_low', 'produit.updated', 'stock.changed', 'stock.changed', 'stock.changed']);
    expect([await store.level(id), await store.level(id, 1), await store.level(id, 2)].map((level) => level?.on_hand)).toEqual([0, 0, 5]);
    await update(id, { totalStock: 4 });
    expect((await types(id)).filter((type) => type === 'produit.stock_low')).toHaveLength(1);
    await update(id, { totalStock: 100 });
    expect(await store.level(id)).toEqual({ on_hand: 96, allocated: 0 });
    expect(await store.unbalanced()).toEqual([]);
  });
});

it('an archived product is told of as deleted, once, and stays', async () => {
  const id = await made();
  expect(await archiveProduct(store.database, String(id), caller)).toEqual({ kind: 'archived', id });
  expect(await archiveProduct(store.database, String(id), caller)).toEqual({ kind: 'unchanged', id });
  expect((await types(id)).filter((type) => type === 'produit.deleted')).toHaveLength(1);
  expect(await row(id)).toMatchObject({ active: false, version: 2 });
  expect(await archiveProduct(store.database, '0', caller)).toMatchObject({ kind: 'missing' });
});

it('a category has a name of its own below its parent, whatever the accents', async () => {
  const outcome = await createCategory(store.database, { name: 'Thés' }, { caller });
  expect(outcome).toMatchObject({ kind: 'created' });
  const parentId = String((outcome as { id: number }).id);
  expect(await createCategory(store.database, { name: 'thes ' }, { caller })).toEqual({ kind: 'taken', field: 'name' });
  expect(await createCategory(store.database, { name: 'Thés', parentId }, { caller })).toMatchObject({ kind: 'created' });
  expect(await createCategory(store.database, { name: 'Verts', parentId: '9999' }, { caller })).toEqual({
    kind: 'missing',
    what: 'category',
    id: '9999',
  });
  await expect(createCategory(store.database, { name: '' }, { caller })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

it('a category with one key is created once; with another name the key is refused', async () => {
  const create = (name: string) => createCategory(store.database, { name }, { idempotencyKey: 'category-1', caller });
  const first = await create('Tisanes');
  expect(first).toMatchObject({ kind: 'created' });
  expect(await create('Tisanes')).toEqual(first);
  await expect(create('Infusions')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});
