import type { EntityManager } from '@comptoir/platform/database.ts';
import { frequent } from '@comptoir/platform/frequent-statements.ts';
import { boundStores, type Principal } from '@comptoir/platform/principal.ts';
import { query } from '@comptoir/platform/sql.ts';
import { parseId } from '@comptoir/platform/text.ts';
import DataLoader from 'dataloader';
import { openPlaceKinds } from '../domain/open-places.ts';
import type { CategoryRow, PlaceRow, SupplierRow } from '../entities/entities.ts';
import {
  type ReadProduct,
  readCategories,
  readLevels,
  readPlaces,
  readProducts,
  readSuppliers,
  type ShownLevel,
  sumAvailable,
} from './rows.ts';

/** Every category: a shop has some dozens. */
export interface CategoryTree {
  /** Archived ones too. */
  readonly byId: ReadonlyMap<number, CategoryRow>;
  /** Those in use, by name. */
  readonly all: CategoryRow[];
  childrenOf(id: number | null): CategoryRow[];
}

const maxCategories = 10_000;

/** Loaders of one request, or of one event of a subscription: one statement for all that is asked for in the same moment. */
export function createLoaders(em: EntityManager, principal: Principal) {
  async function byId<Row extends { id: number }>(rows: Promise<Row[]>, ids: readonly number[]): Promise<(Row | null)[]> {
    const found = new Map((await rows).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }
  let tree: Promise<CategoryTree> | undefined;
  let counts: Promise<ReadonlyMap<number, number>> | undefined;

  async function readTree(): Promise<CategoryTree> {
    const rows = await readCategories(em, maxCategories);
    const all = rows.filter(({ active }) => active);
    const byParent = Map.groupBy(all, ({ parentId }) => parentId ?? null);
    return { byId: new Map(rows.map((row) => [row.id, row])), all, childrenOf: (id) => byParent.get(id) ?? [] };
  }

  /** Of active products, below each category too. */
  async function countProducts(): Promise<ReadonlyMap<number, number>> {
    const rows = await query<{ id: number; count: number }>(
      em,
      `WITH RECURSIVE below AS (
         SELECT id AS top, id FROM category UNION ALL SELECT below.top, category.id FROM below JOIN category ON category.parent_id = below.id
       ), own AS (SELECT category_id AS id, count(*) AS count FROM product WHERE active AND category_id IS NOT NULL GROUP BY category_id)
       SELECT below.top AS id, sum(own.count)::int AS count FROM below JOIN own USING (id) GROUP BY below.top`,
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }

  let openPlaces: Promise<ReadonlySet<string>> | undefined;
  async function readOpenPlaces(): Promise<ReadonlySet<string>> {
    const rows = await query<{ id: number }>(em, frequent('SELECT id FROM place WHERE kind = ANY ($1)'), [openPlaceKinds]);
    return new Set(rows.map(({ id }) => String(id)));
  }

  const openPlacesOnce = () => (openPlaces ??= readOpenPlaces());

  /** Ids of the places whose stock the caller may see; null: of all. */
  async function visiblePlaces(): Promise<number[] | null> {
    const own = boundStores(principal);
    if (!own) return null;
    return [...own, ...(await openPlacesOnce())].map(parseId).filter((id) => id !== null);
  }

  const product = new DataLoader<number, ReadProduct | null>((ids) => byId(readProducts(em, ids), ids));
  return {
    product,
    /** With what is available of it, at the places that the caller may see. */
    productWithAvailable: new DataLoader<number, ReadProduct | null>(async (ids) => {
      const rows = await byId(readProducts(em, ids, { places: await visiblePlaces() }), ids);
      ids.forEach((id, index) => void product.prime(id, rows[index] ?? null));
      return rows;
    }),
    supplier: new DataLoader<number, SupplierRow | null>((ids) => byId(readSuppliers(em, ids), ids)),
    place: new DataLoader<number, PlaceRow | null>((ids) => byId(readPlaces(em, ids), ids)),
    /** Of a product, by place. */
    levels: new DataLoader<number, ShownLevel[]>(async (productIds) => {
      const byProduct = Map.groupBy(await readLevels(em, productIds), ({ productId }) => productId);
      return productIds.map((id) => byProduct.get(id) ?? []);
    }),
    /** Of a product, at the places that the caller may see. */
    available: new DataLoader<number, number>(async (productIds) => {
      const sums = await sumAvailable(em, productIds, await visiblePlaces());
      return productIds.map((id) => sums.get(id) ?? 0);
    }),
    visiblePlaces,
    /** Places whose stock is seen from every store. */
    openPlaces: openPlacesOnce,
    categories: () => (tree ??= readTree()),
    productCounts: () => (counts ??= countProducts()),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
