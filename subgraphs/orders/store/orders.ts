import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { PricedLine } from '../domain/lines.ts';
import type { OrderStanding, OrderStatus } from '../domain/order-status.ts';

/** What commands and events need of an order. */
export interface OrderState extends OrderStanding {
  readonly id: number;
  readonly customerId: number;
  readonly customerDeleted: boolean;
  readonly totalMinor: bigint;
  readonly currency: string;
  /** The saga that was promised to give its payment back. */
  readonly refundSagaId: string | null;
  readonly version: number;
}

interface StoredOrder {
  id: number;
  customer_id: number;
  customer_deleted: boolean;
  status: OrderStatus;
  total_minor: string;
  currency: string;
  saga_id: string | null;
  cancellation_saga_id: string | null;
  refund_saga_id: string | null;
  version: number;
}

const columns = 'id, customer_id, customer_deleted, status, total_minor, currency, saga_id, cancellation_saga_id, refund_saga_id, version';

const toState = (row: StoredOrder): OrderState => ({
  id: row.id,
  customerId: row.customer_id,
  customerDeleted: row.customer_deleted,
  status: row.status,
  totalMinor: BigInt(row.total_minor),
  currency: row.currency,
  sagaId: row.saga_id,
  cancellationSagaId: row.cancellation_saga_id,
  refundSagaId: row.refund_saga_id,
  version: row.version,
});

const first = ([row]: StoredOrder[]) => (row ? toState(row) : null);

/** Null for one that was deleted, as for one that never was. */
export const lockOrder = async (em: EntityManager, id: number): Promise<OrderState | null> =>
  first(
    await query<StoredOrder>(em, frequent(`SELECT ${columns} FROM customer_order WHERE id = $1 AND deleted_at IS NULL FOR UPDATE`), [id]),
  );

export const lockOrderOfSaga = async (em: EntityManager, sagaId: string): Promise<OrderState | null> =>
  first(
    await query<StoredOrder>(em, frequent(`SELECT ${columns} FROM customer_order WHERE saga_id = $1 AND deleted_at IS NULL FOR UPDATE`), [
      sagaId,
    ]),
  );

export interface NewOrder {
  readonly customerId: number;
  readonly customerDeleted: boolean;
  readonly lines: readonly (PricedLine & { readonly productDeleted: boolean })[];
  readonly totalMinor: bigint;
  readonly currency: string;
  readonly shippingAddress: string | null;
  readonly billingAddress: string | null;
  readonly sagaId: string | null;
}

const tallyShards = 16;

export async function insertOrder(em: EntityManager, order: NewOrder): Promise<OrderState> {
  const { lines } = order;
  const rows = await query<StoredOrder>(
    em,
    frequent(`WITH created AS (
       INSERT INTO customer_order (customer_id, customer_deleted, total_minor, currency, shipping_address, billing_address, saga_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}
     ), its_lines AS (
       INSERT INTO order_line (order_id, number, product_id, quantity, unit_price_minor, product_deleted)
       SELECT created.id, line.n, line.product_id, line.quantity, line.price, line.deleted
       FROM created, unnest($8::int[], $9::int[], $10::bigint[], $11::boolean[]) WITH ORDINALITY AS line(product_id, quantity, price, deleted, n)
     ), tally AS (
       INSERT INTO order_tally AS t (shard, currency, orders, value_minor)
       SELECT pg_backend_pid() % ${tallyShards}, currency, 1, total_minor FROM created
       ON CONFLICT (shard, currency) DO UPDATE SET orders = t.orders + 1, value_minor = t.value_minor + excluded.value_minor
     )
     SELECT ${columns} FROM created`),
    [
      order.customerId,
      order.customerDeleted,
      order.totalMinor,
      order.currency,
      order.shippingAddress,
      order.billingAddress,
      order.sagaId,
      lines.map(({ productId }) => productId),
      lines.map(({ quantity }) => quantity),
      lines.map(({ unitPriceMinor }) => unitPriceMinor),
      lines.map(({ productDeleted }) => productDeleted),
    ],
  );
  return toState(rows[0] as StoredOrder);
}

/** Changes a locked order and counts its version up. */
export async function updateOrder(
  em: EntityManager,
  id: number,
  { status, cancellationSagaId, refundSagaId }: { status?: OrderStatus; cancellationSagaId?: string; refundSagaId?: string } = {},
): Promise<OrderState> {
  const rows = await query<StoredOrder>(
    em,
    frequent(`UPDATE customer_order SET status = coalesce($2, status), cancellation_saga_id = coalesce($3, cancellation_saga_id),
       refund_saga_id = coalesce($4, refund_saga_id), version = version + 1, updated_at = clock_timestamp()
     WHERE id = $1 RETURNING ${columns}`),
    [id, status ?? null, cancellationSagaId ?? null, refundSagaId ?? null],
  );
  return toState(rows[0] as StoredOrder);
}

/** The saga that was promised to cancel or refund the locked order has done nothing: it can be promised anew. */
export async function forgetSaga(em: EntityManager, id: number, sagaId: string): Promise<OrderState> {
  const rows = await query<StoredOrder>(
    em,
    frequent(`UPDATE customer_order SET cancellation_saga_id = nullif(cancellation_saga_id, $2), refund_saga_id = nullif(refund_saga_id, $2),
       version = version + 1, updated_at = clock_timestamp()
     WHERE id = $1 RETURNING ${columns}`),
    [id, sagaId],
  );
  return toState(rows[0] as StoredOrder);
}

/** Its row stays, for whom it concerned; nobody is shown it any more. */
export async function deleteOrder(em: EntityManager, id: number): Promise<OrderState> {
  const rows = await query<StoredOrder>(
    em,
    frequent(
      `UPDATE customer_order SET deleted_at = clock_timestamp(), version = version + 1, updated_at = clock_timestamp() WHERE id = $1 RETURNING ${columns}`,
    ),
    [id],
  );
  return toState(rows[0] as StoredOrder);
}

/** Marks every order of the customer, with one statement; returns those that were not marked. */
export async function markCustomerDeleted(em: EntityManager, customerId: number): Promise<OrderState[]> {
  const rows = await query<StoredOrder>(
    em,
    frequent(`UPDATE customer_order SET customer_deleted = true, version = version + 1, updated_at = clock_timestamp()
     WHERE id IN (SELECT id FROM customer_order WHERE customer_id = $1 AND NOT customer_deleted AND deleted_at IS NULL ORDER BY id FOR UPDATE)
     RETURNING ${columns}`),
    [customerId],
  );
  return rows.map(toState).sort((a, b) => a.id - b.id);
}

/** Marks the lines of open orders that hold the product; returns the orders. */
export async function markProductDeleted(em: EntityManager, productId: number, statuses: readonly OrderStatus[]): Promise<OrderState[]> {
  const rows = await query<StoredOrder>(
    em,
    frequent(`WITH open AS (
       SELECT o.id FROM customer_order o
       WHERE o.status = ANY($2::text[]) AND o.deleted_at IS NULL
         AND EXISTS (SELECT FROM order_line l WHERE l.order_id = o.id AND l.product_id = $1 AND NOT l.product_deleted)
       ORDER BY o.id FOR UPDATE
     ), marked AS (
       UPDATE order_line SET product_deleted = true WHERE product_id = $1 AND order_id IN (SELECT id FROM open)
     )
     UPDATE customer_order SET version = version + 1, updated_at = clock_timestamp() WHERE id IN (SELECT id FROM open) RETURNING ${columns}`),
    [productId, statuses],
  );
  return rows.map(toState).sort((a, b) => a.id - b.id);
}

export async function insertShipment(em: EntityManager, orderId: number, trackingNumber: string | null): Promise<void> {
  await query(em, frequent('INSERT INTO shipment (order_id, tracking_number) VALUES ($1, $2)'), [orderId, trackingNumber]);
}

export async function trackingNumberOf(em: EntityManager, orderId: number): Promise<string | null> {
  const [row] = await query<{ tracking_number: string | null }>(em, frequent('SELECT tracking_number FROM shipment WHERE order_id = $1'), [
    orderId,
  ]);
  return row?.tracking_number ?? null;
}

export async function deliverShipment(em: EntityManager, orderId: number): Promise<void> {
  await query(em, frequent('UPDATE shipment SET delivered_at = clock_timestamp() WHERE order_id = $1'), [orderId]);
}
