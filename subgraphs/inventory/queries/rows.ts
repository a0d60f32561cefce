import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { query } from '@comptoir/platform/sql.ts';
import type { CategoryRow, PlaceRow, ProductRow, StockLevelRow, SupplierRow } from '../entities/entities.ts';

/**
 * What is only shown is read by statements of its own and not as entities: the identity map and the hydration of a page of products cost several times what
 * the statements do. Times come as milliseconds.
 */
export type Read<Row, Time extends keyof Row> = Omit<Row, Time> & Record<Time, number>;

export const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** Of `product p`, what a list shows. */
export const listedColumns = `p.id, p.sku, p.barcode, p.name, p.description, p.price_minor AS "priceMinor", p.currency, p.category_id AS "categoryId",
  p.supplier_id AS "supplierId", p.alert_threshold AS "alertThreshold", p.active`;
/** All of `product p`. */
export const productColumns = `${listedColumns}, p.cost_minor AS "costMinor", p.tax_ppm AS "taxPpm", p.version, p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;
/** Times come as text, of which a date is made where they are shown: most pages show none, and milliseconds cost the database more than all other columns. */
export type ReadProduct = Omit<ProductRow, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: string;
  readonly updatedAt: string;
  /** At the places that the caller may see; only where it was read with the rest. */
  readonly available?: number;
};

/** A product as a list shows it, or all of it. */
export type ListedProduct = Omit<ReadProduct, Detail> & Partial<Pick<ReadProduct, Detail>>;
type Detail = 'costMinor' | 'taxPpm' | 'version' | 'createdAt' | 'updatedAt';

/** What is available of a product, at the places of a parameter if there is one. */
export const availableOf = (productId: string, places: string | null) =>
  `(SELECT coalesce(sum(on_hand - allocated), 0)::int FROM stock_level
    WHERE product_id = ${productId} ${places ? `AND place_id = ANY(${places}::int[])` : ''})`;

/** With what is available of each, at these places or at all where null, if that is asked for. */
export function readProducts(
  em: EntityManager,
  ids: readonly number[],
  at?: { readonly places: readonly number[] | null },
): Promise<ReadProduct[]> {
  const available = at ? `, ${availableOf('p.id', at.places ? '$2' : null)} AS available` : '';
  const sql = frequent(`SELECT ${productColumns}${available} FROM product p WHERE p.id = ANY($1::int[])`);
  return query(em, sql, at?.places ? [ids, at.places] : [ids]);
}

export const supplierColumns = 'id, name, email, lead_time_days AS "leadTimeDays", active';

export function readSuppliers(em: EntityManager, ids: readonly number[]): Promise<SupplierRow[]> {
  return query(em, frequent(`SELECT ${supplierColumns} FROM supplier WHERE id = ANY($1::int[])`), [ids]);
}

export const placeColumns = 'id, name, kind, town';

export function readPlaces(em: EntityManager, ids: readonly number[]): Promise<PlaceRow[]> {
  return query(em, frequent(`SELECT ${placeColumns} FROM place WHERE id = ANY($1::int[])`), [ids]);
}

/** By name; archived ones too. */
export function readCategories(em: EntityManager, most: number): Promise<CategoryRow[]> {
  return query(em, frequent('SELECT id, name, parent_id AS "parentId", active FROM category ORDER BY name, id LIMIT $1'), [most]);
}

/** Shown of a level: its place too, which is asked for with most. */
export type ShownLevel = StockLevelRow & { readonly place: PlaceRow };

/** Of `levelTable`. */
export const levelColumns = `product_id AS "productId", place_id AS "placeId", on_hand AS "onHand", allocated, threshold, version,
  ${ms('updated_at')} AS "updatedAt", at.name, at.kind, at.town`;
/** The join is left out where only levels are counted. */
export const levelTable = 'stock_level l LEFT JOIN place at ON at.id = l.place_id';

export function toLevel({ updatedAt, name, kind, town, ...row }: Read<StockLevelRow, 'updatedAt'> & Omit<PlaceRow, 'id'>): ShownLevel {
  return { ...row, updatedAt: new Date(updatedAt), place: { id: row.placeId, name, kind, town } as PlaceRow };
}

/** Of these products, by place. */
export async function readLevels(em: EntityManager, productIds: readonly number[]): Promise<ShownLevel[]> {
  const rows = await query<Parameters<typeof toLevel>[0]>(
    em,
    frequent(`SELECT ${levelColumns} FROM ${levelTable} WHERE product_id = ANY($1::int[]) ORDER BY product_id, place_id`),
    [productIds],
  );
  return rows.map(toLevel);
}

/** Available of each of these products at these places, or at all where null; of one that has no level there is none. */
export async function sumAvailable(
  em: EntityManager,
  productIds: readonly number[],
  places: readonly number[] | null,
): Promise<ReadonlyMap<number, number>> {
  const rows = await query<{ id: number; available: number }>(
    em,
    frequent(`SELECT product_id AS id, sum(on_hand - allocated)::int AS available FROM stock_level
     WHERE product_id = ANY($1::int[]) ${places ? 'AND place_id = ANY($2::int[])' : ''} GROUP BY product_id`),
    places ? [productIds, places] : [productIds],
  );
  return new Map(rows.map(({ id, available }) => [id, available]));
}
