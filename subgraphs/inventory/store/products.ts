import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { ProductColumns } from '../domain/product.ts';

/** What events tell of a product. */
export interface ProductState {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  readonly priceMinor: bigint;
  readonly currency: string;
  readonly alertThreshold: number;
  readonly active: boolean;
  readonly version: number;
}

interface StoredProduct {
  id: number;
  sku: string;
  name: string;
  price_minor: string;
  currency: string;
  alert_threshold: number;
  active: boolean;
  version: number;
}

const columns = 'id, sku, name, price_minor, currency, alert_threshold, active, version';

const toState = ({ price_minor, alert_threshold, ...row }: StoredProduct): ProductState => ({
  ...row,
  priceMinor: BigInt(price_minor),
  alertThreshold: alert_threshold,
});

/** `share`: it stays as it is until the transaction ends. `update`: and nobody else is about to change it. */
export async function lockProduct(em: EntityManager, id: number, strength: 'share' | 'update'): Promise<ProductState | null> {
  const [row] = await query<StoredProduct>(
    em,
    frequent(`SELECT ${columns} FROM product WHERE id = $1 FOR ${strength === 'share' ? 'SHARE' : 'NO KEY UPDATE'}`),
    [id],
  );
  return row ? toState(row) : null;
}

export async function findProducts(em: EntityManager, ids: readonly number[]): Promise<Map<number, ProductState>> {
  if (ids.length === 0) return new Map();
  const rows = await query<StoredProduct>(em, frequent(`SELECT ${columns} FROM product WHERE id = ANY($1::int[])`), [ids]);
  return new Map(rows.map((row) => [row.id, toState(row)]));
}

export async function nextProductId(em: EntityManager): Promise<number> {
  const [row] = await query<{ id: number }>(em, frequent(`SELECT nextval(pg_get_serial_sequence('product', 'id'))::int AS id`));
  return (row as { id: number }).id;
}

/** Rejects where SKU or barcode are taken (product_sku, product_barcode). */
export async function insertProduct(em: EntityManager, id: number, values: ProductColumns & { sku: string }): Promise<ProductState> {
  const names = Object.keys(values);
  const [row] = await query<StoredProduct>(
    em,
    `INSERT INTO product (id, ${names.join(', ')}) VALUES ($1, ${names.map((_, index) => `$${index + 2}`).join(', ')}) RETURNING ${columns}`,
    [id, ...Object.values(values)],
  );
  return toState(row as StoredProduct);
}

/** Changes a locked product and counts its version up. The names of columns are ours, never a caller's. */
export async function updateProduct(em: EntityManager, id: number, values: ProductColumns & { active?: boolean }): Promise<ProductState> {
  const assignments = Object.keys(values).map((name, index) => `${name} = $${index + 2}`);
  const [row] = await query<StoredProduct>(
    em,
    `UPDATE product SET ${[...assignments, 'version = version + 1', 'updated_at = clock_timestamp()'].join(', ')} WHERE id = $1 RETURNING ${columns}`,
    [id, ...Object.values(values)],
  );
  return toState(row as StoredProduct);
}

/** Available over all places. */
export async function totalAvailable(em: EntityManager, productId: number): Promise<number> {
  const [row] = await query<{ total: number }>(
    em,
    frequent('SELECT coalesce(sum(on_hand - allocated), 0)::int AS total FROM stock_level WHERE product_id = $1'),
    [productId],
  );
  return row?.total ?? 0;
}

/** Whether there is such a place, or a category or supplier in use, which it then stays until the transaction ends. */
export async function exists(em: EntityManager, table: 'category' | 'supplier' | 'place', id: number): Promise<boolean> {
  const rows = await query(em, `SELECT FROM ${table} WHERE id = $1 ${table === 'place' ? '' : 'AND active FOR SHARE'}`, [id]);
  return rows.length > 0;
}

export const selectWarehouse = `SELECT id FROM place WHERE kind = 'WAREHOUSE' ORDER BY id LIMIT 1`;

/** Where online orders are taken from, and what has no other place. There is one from the service's start on. */
export async function warehouseId(em: EntityManager): Promise<number> {
  const [row] = await query<{ id: number }>(em, frequent(selectWarehouse));
  if (!row) throw new Error('There is no warehouse');
  return row.id;
}

/** A shop that is set up without demo data has one too. */
export async function ensureWarehouse(em: EntityManager): Promise<void> {
  await query(
    em,
    frequent(
      `INSERT INTO place (name, kind, town) SELECT 'Entrepôt central', 'WAREHOUSE', '' WHERE NOT EXISTS (SELECT FROM place WHERE kind = 'WAREHOUSE') ON CONFLICT DO NOTHING`,
    ),
  );
}
