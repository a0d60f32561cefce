import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import type { Page } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import DataLoader from 'dataloader';
import type { CartLineRow, CartRow, OrderLineRow, OrderRow, PaymentRow, ShipmentRow } from '../entities/entities.ts';
import { findOrderIdsByCustomer } from './lists.ts';
import { cartLineRows, cartRows, lineRows, orderRows, paymentRows, shipmentRows } from './rows.ts';

export interface OrdersOfCustomer {
  readonly customerId: number;
  readonly first: number;
  readonly after: string | null;
}

function one<Key, Row>(rows: readonly Row[], keys: readonly Key[], keyOf: (row: Row) => Key): (Row | null)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => found.get(key) ?? null);
}

function many<Key, Row>(rows: readonly Row[], keys: readonly Key[], keyOf: (row: Row) => Key): Row[][] {
  const found = Map.groupBy(rows, keyOf);
  return keys.map((key) => found.get(key) ?? []);
}

/** Loaders of one request, or of one event of a subscription: one statement for all that is asked for in the same moment. */
export function createLoaders(em: EntityManager) {
  const orderCounts = new DataLoader<number, number>(async (ids) => {
    const rows = await query<{ customer_id: number; count: number }>(
      em,
      frequent(
        'SELECT customer_id, count(*)::int AS count FROM customer_order WHERE customer_id = ANY($1::int[]) AND deleted_at IS NULL GROUP BY customer_id',
      ),
      [ids],
    );
    return one(rows, ids, ({ customer_id }) => customer_id).map((row) => row?.count ?? 0);
  });

  return {
    /** Those that were deleted too: whoever shows one decides. */
    order: new DataLoader<number, OrderRow | null>(async (ids) =>
      one(await orderRows.read(em, 'WHERE id = ANY($1::int[])', [ids]), ids, ({ id }) => id),
    ),
    /** Of an order, by number. */
    lines: new DataLoader<number, OrderLineRow[]>(async (orderIds) => {
      const rows = await lineRows.read(em, 'WHERE order_id = ANY($1::int[]) ORDER BY order_id, number', [orderIds]);
      return many(rows, orderIds, ({ orderId }) => orderId);
    }),
    payment: new DataLoader<string, PaymentRow | null>(async (ids) =>
      one(await paymentRows.read(em, 'WHERE id = ANY($1::text[])', [ids]), ids, ({ id }) => id),
    ),
    /** Of an order; the newest where there are several. */
    paymentOfOrder: new DataLoader<number, PaymentRow | null>(async (orderIds) => {
      const rows = await paymentRows.read(em, 'WHERE order_id = ANY($1::int[]) ORDER BY created_at, id', [orderIds]);
      return one(rows, orderIds, ({ orderId }) => orderId);
    }),
    shipment: new DataLoader<number, ShipmentRow | null>(async (ids) =>
      one(await shipmentRows.read(em, 'WHERE id = ANY($1::int[])', [ids]), ids, ({ id }) => id),
    ),
    shipmentOfOrder: new DataLoader<number, ShipmentRow | null>(async (orderIds) =>
      one(await shipmentRows.read(em, 'WHERE order_id = ANY($1::int[])', [orderIds]), orderIds, ({ orderId }) => orderId),
    ),
    cart: new DataLoader<number, CartRow | null>(async (ids) =>
      one(await cartRows.read(em, 'WHERE id = ANY($1::int[])', [ids]), ids, ({ id }) => id),
    ),
    /** Of a cart, by product. */
    cartLines: new DataLoader<number, CartLineRow[]>(async (cartIds) => {
      const rows = await cartLineRows.read(em, 'WHERE cart_id = ANY($1::int[]) ORDER BY cart_id, product_id', [cartIds]);
      return many(rows, cartIds, ({ cartId }) => cartId);
    }),
    /** A page of the orders of each customer; pages of one size that go on at one place are read together. */
    ordersOfCustomer: new DataLoader<OrdersOfCustomer, Page<number>, string>(
      async (keys) => {
        const pages = new Map<OrdersOfCustomer, Page<number>>();
        for (const alike of Map.groupBy(keys, ({ first, after }) => JSON.stringify([first, after])).values()) {
          const { first, after } = alike[0] as OrdersOfCustomer;
          const customerIds = alike.map(({ customerId }) => customerId);
          const found = await findOrderIdsByCustomer(em, customerIds, { first, after }, (id) => orderCounts.load(id));
          alike.forEach((key, index) => void pages.set(key, found[index] as Page<number>));
        }
        return keys.map((key) => pages.get(key) as Page<number>);
      },
      { cacheKeyFn: ({ customerId, first, after }) => JSON.stringify([customerId, first, after]) },
    ),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
