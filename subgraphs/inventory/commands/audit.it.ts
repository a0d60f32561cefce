import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caller, openStore } from '../testing/inventory.ts';
import { archiveCategory } from './archive-category.ts';
import { archiveProduct } from './archive-product.ts';
import { archiveSupplier } from './archive-supplier.ts';
import { adjustStock, countStock } from './change-stock.ts';
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

const idOf = async (work: Promise<{ kind: string }>) => String(((await work) as unknown as { id: number }).id);
const input = { name: 'Thé', priceMinor: 900, taxPpm: 55_000, alertThreshold: 10 };

/** Each mutation, on things of its own: what has to be there before, what is done, and what the log is told. */
const mutations: [string, () => Promise<() => Promise<unknown>>][] = [
  ['category.created', async () => () => createCategory(store.database, { name: 'Cafés' }, { caller })],
  [
    'category.updated',
    async () => {
      const id = await idOf(createCategory(store.database, { name: 'Tasses' }, { caller }));
      return () => updateCategory(store.database, id, { name: 'Bols' }, caller);
    },
  ],
  [
    'category.archived',
    async () => {
      const id = await idOf(createCategory(store.database, { name: 'Filtres' }, { caller }));
      return () => archiveCategory(store.database, id, caller);
    },
  ],
  ['supplier.created', async () => () => createSupplier(store.database, { input: { name: 'Un', leadTimeDays: 3 }, caller })],
  [
    'supplier.updated',
    async () => {
      const id = await idOf(createSupplier(store.database, { input: { name: 'Deux', leadTimeDays: 3 }, caller }));
      return () => updateSupplier(store.database, id, { leadTimeDays: 4 }, caller);
    },
  ],
  [
    'supplier.archived',
    async () => {
      const id = await idOf(createSupplier(store.database, { input: { name: 'Trois', leadTimeDays: 3 }, caller }));
      return () => archiveSupplier(store.database, id, caller);
    },
  ],
  ['product.created', async () => () => createProduct(store.database, { input: { ...input, initialStock: 5 }, caller })],
  [
    'product.updated',
    async () => {
      const id = await idOf(createProduct(store.database, { input, caller }));
      return () => updateProduct(store.database, { id, input: { priceMinor: 950, totalStock: 7 }, caller });
    },
  ],
  [
    'product.archived',
    async () => {
      const id = await idOf(createProduct(store.database, { input, caller }));
      return () => archiveProduct(store.database, id, caller);
    },
  ],
  [
    'stock.counted',
    async () => {
      const productId = String(await store.addProduct({ stock: 3 }));
      return () => countStock(store.database, { productId, placeId: '3', quantity: 9 }, caller);
    },
  ],
  [
    'stock.adjusted',
    async () => {
      const productId = String(await store.addProduct({ stock: 3 }));
      return () => adjustStock(store.database, { productId, placeId: '3', change: -1, reason: 'cassé' }, caller);
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

  it('is told of the values, and of the place where stock was', async () => {
    const audit = followAudit(store.database);
    const productId = String(await store.addProduct({ stock: 3 }));
    const told = await audit.during(async () => {
      await updateProduct(store.database, { id: productId, input: { priceMinor: 950, totalStock: 7 }, caller });
      await adjustStock(store.database, { productId, placeId: '3', change: -1, reason: ' cassé ' }, caller);
    });
    expect(told).toMatchObject([
      {
        entity_type: 'product',
        entity_id: productId,
        store_ids: [],
        changes: [
          { field: 'price_minor', before: '1250', after: 950 },
          { field: 'total_stock', after: 7 },
        ],
      },
      {
        entity_id: productId,
        store_ids: ['3'],
        summary: expect.stringContaining('cassé'),
        changes: [
          { field: 'on_hand', before: 7, after: 6 },
          { field: 'reason', after: 'cassé' },
        ],
      },
    ]);
  });

  it('is told nothing of what is refused, repeated or changes nothing', async () => {
    const audit = followAudit(store.database);
    const productId = String(await store.addProduct({ stock: 3 }));
    const key = { input: { ...input, name: 'Une fois' }, idempotencyKey: 'once', caller };
    await createProduct(store.database, key);
    const archived = await idOf(createProduct(store.database, { input, caller }));
    await archiveProduct(store.database, archived, caller);
    const told = await audit.during(async () => {
      await createProduct(store.database, key);
      await adjustStock(store.database, { productId, placeId: '3', change: -4, reason: 'trop' }, caller);
      await countStock(store.database, { productId, placeId: '3', quantity: 4, expectedOnHand: 9 }, caller);
      await updateProduct(store.database, { id: productId, input: { priceMinor: 1250 }, caller });
      await updateProduct(store.database, { id: productId, input: { priceMinor: 1, expectedVersion: 99 }, caller });
      await archiveProduct(store.database, archived, caller);
      await archiveProduct(store.database, '99999', caller);
      await updateSupplier(store.database, '99999', { leadTimeDays: 1 }, caller);
    });
    expect(told).toEqual([]);
  });
});
