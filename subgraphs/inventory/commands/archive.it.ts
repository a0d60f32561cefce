import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, openStore } from '../testing/inventory.ts';
import { archiveCategory } from './archive-category.ts';
import { archiveProduct } from './archive-product.ts';
import { archiveSupplier } from './archive-supplier.ts';
import { createCategory } from './create-category.ts';
import { createProduct } from './create-product.ts';
import { createSupplier } from './create-supplier.ts';
import { updateCategory } from './update-category.ts';
import { updateProduct } from './update-product.ts';
import { updateSupplier } from './update-supplier.ts';

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const idOf = async (work: Promise<{ kind: string }>) => {
  const outcome = (await work) as { kind: string; id?: number };
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return String(outcome.id);
};
const category = (name: string, parentId?: string) =>
  idOf(createCategory(store.database, { name, ...(parentId && { parentId }) }, { caller }));
const supplier = (name: string) => idOf(createSupplier(store.database, { input: { name, leadTimeDays: 3 }, caller }));
const tea = { name: 'Thé', priceMinor: 900, taxPpm: 55_000, alertThreshold: 10 };
const product = (given: { categoryId?: string; supplierId?: string } = {}) =>
  idOf(createProduct(store.database, { input: { ...tea, ...given }, caller }));

describe('a category', () => {
  it('gets another name and another place in the tree, never below itself', async () => {
    const [top, middle, low] = [await category('Épicerie'), await category('Boissons'), await category('Thés')];
    expect(await updateCategory(store.database, middle, { parentId: top, name: ' Boissons chaudes ' }, caller)).toMatchObject({
      kind: 'updated',
    });
    expect(await updateCategory(store.database, low, { parentId: middle }, caller)).toMatchObject({ kind: 'updated' });
    for (const parentId of [top, middle, low])
      await expect(updateCategory(store.database, top, { parentId }, caller)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        faults: [{ path: ['input', 'parentId'] }],
      });
    await expect(updateCategory(store.database, top, { name: ' ' }, caller)).rejects.toMatchObject({
      faults: [{ path: ['input', 'name'] }],
    });
    expect(await updateCategory(store.database, low, { parentId: '99999' }, caller)).toEqual({
      kind: 'missing',
      what: 'category',
      id: '99999',
    });
    expect(await updateCategory(store.database, '99999', {}, caller)).toEqual({ kind: 'missing', what: 'category', id: '99999' });
    await category('Cafés', middle);
    expect(await updateCategory(store.database, low, { name: 'CAFES' }, caller)).toEqual({ kind: 'taken', field: 'name' });
    expect(await updateCategory(store.database, low, { parentId: null }, caller)).toMatchObject({ kind: 'updated' });
    expect(
      await store.database.query('SELECT name, parent_id FROM category WHERE id = ANY($1::int[]) ORDER BY id', [[middle, low]]),
    ).toEqual([
      { name: 'Boissons chaudes', parent_id: Number(top) },
      { name: 'Thés', parent_id: null },
    ]);
  });

  it('of two that are put below each other at once makes no ring', async () => {
    for (let round = 0; round < 20; round++) {
      const [a, b] = [await category(`a${round}`), await category(`b${round}`)];
      const moves = [
        updateCategory(store.database, a, { parentId: b }, caller),
        updateCategory(store.database, b, { parentId: a }, caller),
      ];
      expect((await Promise.allSettled(moves)).filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('is archived once nothing is in it, and nothing is put into it then', async () => {
    const [top, low] = [await category('Maison'), await category('Vaisselle')];
    await updateCategory(store.database, low, { parentId: top }, caller);
    const cup = await product({ categoryId: low });
    expect(await archiveCategory(store.database, top, caller)).toEqual({ kind: 'in-use', id: Number(top) });
    expect(await archiveCategory(store.database, low, caller)).toEqual({ kind: 'in-use', id: Number(low) });
    await archiveProduct(store.database, cup, caller);
    for (const id of [low, low, top])
      expect(await archiveCategory(store.database, id, caller)).toEqual({ kind: 'archived', id: Number(id) });
    const other = await product();
    const input = { categoryId: low };
    expect(await updateProduct(store.database, { id: other, input, caller })).toMatchObject({ kind: 'missing', what: 'category' });
    expect(await createCategory(store.database, { name: 'Verres', parentId: low }, { caller })).toMatchObject({
      kind: 'missing',
      what: 'category',
    });
    expect(await updateCategory(store.database, low, { name: 'Encore' }, caller)).toMatchObject({ kind: 'missing' });
    // Its name is free again.
    await category('Maison');
    expect(await archiveCategory(store.database, 'x', caller)).toMatchObject({ kind: 'missing' });
  });

  it('that is archived while a product is put into it ends with one of the two', async () => {
    for (let round = 0; round < 20; round++) {
      const id = await category(`course ${round}`);
      const [archived, made] = await Promise.all([
        archiveCategory(store.database, id, caller),
        createProduct(store.database, { input: { ...tea, categoryId: id }, caller }),
      ]);
      expect([archived.kind, made.kind].join()).toMatch(/^(archived,missing|in-use,created)$/);
    }
  });
});

describe('a supplier', () => {
  it('is created once for a key, with a name of its own', async () => {
    const key = randomUUID();
    const input = { name: ' Torréfaction Lorraine ', email: 'contact@example.org', leadTimeDays: 4 };
    const create = (given: object = {}) => createSupplier(store.database, { input: { ...input, ...given }, idempotencyKey: key, caller });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => create()));
    for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
    await expect(create({ leadTimeDays: 5 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await createSupplier(store.database, { input: { name: 'torrefaction lorraine', leadTimeDays: 1 }, caller })).toEqual({
      kind: 'taken',
      field: 'name',
    });
    expect(
      await store.database.query('SELECT name, email, lead_time_days FROM supplier WHERE plain_text(name) LIKE $1', ['torref%']),
    ).toEqual([{ name: 'Torréfaction Lorraine', email: 'contact@example.org', lead_time_days: 4 }]);
    await expect(createSupplier(store.database, { input: { name: '', email: 'nobody', leadTimeDays: 366 }, caller })).rejects.toMatchObject(
      { faults: [{ path: ['input', 'name'] }, { path: ['input', 'email'] }, { path: ['input', 'leadTimeDays'] }] },
    );
  });

  it('is changed as far as it is told, and archived; the products it delivered keep it', async () => {
    const id = await supplier('Brûlerie du Port');
    expect(await updateSupplier(store.database, id, { email: 'port@example.org' }, caller)).toMatchObject({ kind: 'updated' });
    expect(await updateSupplier(store.database, id, { leadTimeDays: 9 }, caller)).toMatchObject({ kind: 'updated' });
    expect(await updateSupplier(store.database, id, {}, caller)).toMatchObject({ kind: 'updated' });
    expect(await store.database.query('SELECT name, email, lead_time_days FROM supplier WHERE id = $1', [id])).toEqual([
      { name: 'Brûlerie du Port', email: 'port@example.org', lead_time_days: 9 },
    ]);
    const coffee = await product({ supplierId: id });
    for (const _ of [1, 2]) expect(await archiveSupplier(store.database, id, caller)).toEqual({ kind: 'archived', id: Number(id) });
    expect(await store.database.query('SELECT supplier_id FROM product WHERE id = $1', [coffee])).toEqual([{ supplier_id: Number(id) }]);
    const again = createProduct(store.database, { input: { ...tea, supplierId: id }, caller });
    expect(await again).toMatchObject({ kind: 'missing', what: 'supplier' });
    await supplier('Brulerie du port');
    for (const act of [archiveSupplier(store.database, '99999', caller), updateSupplier(store.database, 'x', {}, caller)])
      expect(await act).toMatchObject({ kind: 'missing', what: 'supplier' });
  });
});

describe('an archived product', () => {
  it('is changed no more', async () => {
    const id = await product();
    await archiveProduct(store.database, id, caller);
    const change = updateProduct(store.database, { id, input: { name: 'Autre', totalStock: 3 }, caller });
    expect(await change).toEqual({ kind: 'out-of-sale', id: Number(id) });
    expect(await store.database.query('SELECT name FROM product WHERE id = $1', [id])).toEqual([{ name: 'Thé' }]);
  });
});

it('a change of a product is made once for a key', async () => {
  const id = await product();
  const change = (totalStock: number) => updateProduct(store.database, { id, input: { totalStock }, idempotencyKey: `set ${id}`, caller });
  for (const _ of [1, 2, 3]) expect(await change(7)).toEqual({ kind: 'updated', id: Number(id) });
  await expect(change(8)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  const counts = await store.database.query(`SELECT on_hand_change FROM stock_movement WHERE product_id = $1 AND kind = 'COUNT'`, [id]);
  expect(counts).toEqual([{ on_hand_change: 7 }]);
});
