import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { CartLine } from '../domain/lines.ts';

export interface CartState {
  readonly id: number;
  readonly customerId: number | null;
  readonly checkedOut: boolean;
  readonly version: number;
}

export async function lockCart(em: EntityManager, id: number): Promise<CartState | null> {
  const [row] = await query<{ id: number; customer_id: number | null; checked_out: boolean; version: number }>(
    em,
    'SELECT id, customer_id, checked_out_at IS NOT NULL AS checked_out, version FROM cart WHERE id = $1 FOR UPDATE',
    [id],
  );
  return row ? { id: row.id, customerId: row.customer_id, checkedOut: row.checked_out, version: row.version } : null;
}

export async function insertCart(em: EntityManager, customerId: number | null): Promise<number> {
  const [row] = await query<{ id: number }>(em, 'INSERT INTO cart (customer_id) VALUES ($1) RETURNING id', [customerId]);
  return (row as { id: number }).id;
}

/** Changes a locked cart, or one of this transaction, and counts its version up. What is null stays. */
export async function updateCart(
  em: EntityManager,
  id: number,
  { customerId = null, sagaId = null }: { readonly customerId?: number | null; readonly sagaId?: string | null },
): Promise<void> {
  await query(
    em,
    `UPDATE cart SET customer_id = coalesce($2, customer_id), saga_id = $3, checked_out_at = CASE WHEN $3::text IS NOT NULL THEN clock_timestamp() END,
       version = version + 1, updated_at = clock_timestamp()
     WHERE id = $1`,
    [id, customerId, sagaId],
  );
}

export async function replaceCartLines(
  em: EntityManager,
  id: number,
  lines: readonly CartLine[],
  deletedProducts: ReadonlySet<number>,
): Promise<void> {
  await query(em, 'DELETE FROM cart_line WHERE cart_id = $1', [id]);
  await query(
    em,
    `INSERT INTO cart_line (cart_id, product_id, quantity, product_deleted)
     SELECT $1, product_id, quantity, deleted FROM unnest($2::int[], $3::int[], $4::boolean[]) AS line(product_id, quantity, deleted)`,
    [
      id,
      lines.map(({ productId }) => productId),
      lines.map(({ quantity }) => quantity),
      lines.map(({ productId }) => deletedProducts.has(productId)),
    ],
  );
}

export async function findCartLines(em: EntityManager, id: number): Promise<CartLine[]> {
  const rows = await query<{ product_id: number; quantity: number }>(
    em,
    'SELECT product_id, quantity FROM cart_line WHERE cart_id = $1 ORDER BY product_id',
    [id],
  );
  return rows.map(({ product_id, quantity }) => ({ productId: product_id, quantity }));
}

/** Marks the lines of carts that were not checked out; returns how many carts hold the product. */
export async function markProductInCarts(em: EntityManager, productId: number): Promise<number> {
  const rows = await query(
    em,
    `WITH open AS (
       SELECT c.id FROM cart c
       WHERE c.checked_out_at IS NULL AND EXISTS (SELECT FROM cart_line l WHERE l.cart_id = c.id AND l.product_id = $1 AND NOT l.product_deleted)
       ORDER BY c.id FOR UPDATE
     ), marked AS (
       UPDATE cart_line SET product_deleted = true WHERE product_id = $1 AND cart_id IN (SELECT id FROM open)
     )
     UPDATE cart SET version = version + 1, updated_at = clock_timestamp() WHERE id IN (SELECT id FROM open) RETURNING id`,
    [productId],
  );
  return rows.length;
}
