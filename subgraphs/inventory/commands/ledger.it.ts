import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caller, openStore } from '../testing/inventory.ts';
import { adjustStock, countStock } from './change-stock.ts';
import { expireReservations, releaseStock, restock, sellReserved } from './end-reservations.ts';
import { reserveStock } from './reserve-stock.ts';
import { updateProduct } from './update-product.ts';

let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const kinds = ['count', 'adjust', 'total', 'threshold', 'reserve', 'release', 'sell', 'restock', 'expire'] as const;
interface Step {
  readonly kind: (typeof kinds)[number];
  readonly product: number;
  readonly place: number;
  readonly quantity: number;
  readonly saga: number;
  readonly brief: boolean;
}

const step = record<Step>({
  kind: constantFrom(...kinds),
  product: integer({ min: 0, max: 2 }),
  place: integer({ min: 1, max: 3 }),
  quantity: integer({ min: 1, max: 15 }),
  saga: integer({ min: 0, max: 5 }),
  /** Whether the reservation is over as soon as it is made. */
  brief: boolean(),
});
function run({ kind, product, place, quantity, saga, brief }: Step, products: readonly number[], round: string): Promise<unknown> {
  const { database } = store;
  const id = products[product] as number;
  const target = { productId: String(id), placeId: String(place) };
  const name = `${round}-${saga}`;
  switch (kind) {
    case 'count':
      return countStock(database, { ...target, quantity }, caller);
    case 'adjust':
      return adjustStock(database, { ...target, change: brief ? quantity : -quantity, reason: 'essai' }, caller);
    case 'total':
      return updateProduct(database, { id: String(id), input: { totalStock: quantity }, caller });
    case 'threshold':
      return updateProduct(database, { id: String(id), input: { alertThreshold: quantity }, caller });
    case 'reserve': {
      const lines = products.map((product_id, index) => ({ product_id, quantity: 1 + ((quantity + index) % 4) }));
      const basket = { lines: brief ? lines : lines.reverse(), place_id: place };
      return database.transaction(async (em) => {
        const [held] = await database.query('SELECT FROM reservation WHERE saga_id = $1', [name]);
        // A saga reserves once; its repetitions are answered from the inbox.
        return held ? null : reserveStock(em, [{ sagaId: name, ...basket }], { expiryMs: brief ? 0 : 60_000 });
      });
    }
    case 'release':
      return database.transaction((em) => releaseStock(em, [name]));
    case 'sell':
      return sellReserved(database, [name]);
    case 'restock':
      return database.transaction((em) => restock(em, [name]));
    case 'expire':
      return expireReservations(database);
  }
}

it('every level is the sum of its ledger, and the tally of sales too, after any run of commands, at the same time or one after the other', {
  timeout: 120_000,
}, async () => {
  let rounds = 0;
  await assert(
    asyncProperty(array(array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }), async (groups) => {
      const round = `run-${++rounds}`;
      const products = await Promise.all([0, 1, 2].map(() => store.addProduct({ stock: 20, at: [{ placeId: 1, onHand: 6 }] })));
      for (const group of groups) {
        const outcomes = await Promise.allSettled(group.map((each) => run(each, products, round)));
        // Two reservations of one saga at once: the second meets the unique row, as two different commands would.
        const faults = outcomes.flatMap((outcome) =>
          outcome.status === 'rejected' && !/reservation_saga_id/.test(String(outcome.reason)) ? [outcome.reason] : [],
        );
        expect(faults).toEqual([]);
      }
      expect(await store.unbalanced()).toEqual([]);
      const [sold] = await store.database.query(
        `SELECT (SELECT sum(units) FROM sale_tally) = (SELECT coalesce(-sum(on_hand_change), 0) FROM stock_movement WHERE kind = 'SALE') AS tallied`,
      );
      expect(sold).toEqual({ tallied: true });
    }),
    { numRuns: 40 },
  );
});
