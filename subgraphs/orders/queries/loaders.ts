import type { EntityManager } from '@comptoir/platform/database.ts';
import type { Page } from '@comptoir/platform/keyset.ts';
import { query } from '@comptoir/platform/sql.ts';
import DataLoader from 'dataloader';
import {
  CartEntity,
  CartLineEntity,
  type CartLineRow,
  type CartRow,
  OrderEntity,
  OrderLineEntity,
  type OrderLineRow,
  type OrderRow,
  PaymentEntity,
  type PaymentRow,
  ShipmentEntity,
  type ShipmentRow,
} from '../entities/entities.ts';
import { findOrderIdsByCustomer } from './lists.ts';

/** What is read is shown and forgotten: no entity is kept for changes. */
const reading = { disableIdentityMap: true } as const;

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
      'SELECT customer_id, count(*)::int AS count FROM customer_order WHERE customer_id = ANY($1::int[]) AND deleted_at IS NULL GROUP BY customer_id',
      [ids],
    );
    return one(rows, ids, ({ customer_id }) => customer_id).map((row) => row?.count ?? 0);
  });

  return {
    /** Those that were deleted too: whoever shows one decides. */
    order: new DataLoader<number, OrderRow | null>(async (ids) => {
      const rows = (await em.find(OrderEntity, { id: { $in: [...ids] } }, reading)) as OrderRow[];
      return one(rows, ids, ({ id }) => id);
    }),
    /** Of an order, by number. */
    lines: new DataLoader<number, OrderLineRow[]>(async (orderIds) => {
      const where = { orderId: { $in: [...orderIds] } };
      const rows = (await em.find(OrderLineEntity, where, { ...reading, orderBy: { orderId: 'asc', number: 'asc' } })) as OrderLineRow[];
      return many(rows, orderIds, ({ orderId }) => orderId);
    }),
    payment: new DataLoader<string, PaymentRow | null>(async (ids) => {
      const rows = (await em.find(PaymentEntity, { id: { $in: [...ids] } }, reading)) as PaymentRow[];
      return one(rows, ids, ({ id }) => id);
    }),
    /** Of an order; the newest where there are several. */
    paymentOfOrder: new DataLoader<number, PaymentRow | null>(async (orderIds) => {
      const where = { orderId: { $in: [...orderIds] } };
      const rows = (await em.find(PaymentEntity, where, { ...reading, orderBy: { createdAt: 'asc', id: 'asc' } })) as PaymentRow[];
      return one(rows, orderIds, ({ orderId }) => orderId);
    }),
    shipment: new DataLoader<number, ShipmentRow | null>(async (ids) => {
      const rows = (await em.find(ShipmentEntity, { id: { $in: [...ids] } }, reading)) as ShipmentRow[];
      return one(rows, ids, ({ id }) => id);
    }),
    shipmentOfOrder: new DataLoader<number, ShipmentRow | null>(async (orderIds) => {
      const rows = (await em.find(ShipmentEntity, { orderId: { $in: [...orderIds] } }, reading)) as ShipmentRow[];
      return one(rows, orderIds, ({ orderId }) => orderId);
    }),
    cart: new DataLoader<number, CartRow | null>(async (ids) => {
      const rows = (await em.find(CartEntity, { id: { $in: [...ids] } }, reading)) as CartRow[];
      return one(rows, ids, ({ id }) => id);
    }),
    /** Of a cart, by product. */
    cartLines: new DataLoader<number, CartLineRow[]>(async (cartIds) => {
      const where = { cartId: { $in: [...cartIds] } };
      const rows = (await em.find(CartLineEntity, where, { ...reading, orderBy: { cartId: 'asc', productId: 'asc' } })) as CartLineRow[];
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
