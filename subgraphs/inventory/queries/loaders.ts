import type { EntityManager } from '@comptoir/platform/database.ts';
import { query } from '@comptoir/platform/sql.ts';
import DataLoader from 'dataloader';
import { openPlaceKinds } from '../domain/open-places.ts';
import {
  CategoryEntity,
  type CategoryRow,
  PlaceEntity,
  type PlaceRow,
  ProductEntity,
  type ProductRow,
  StockLevelEntity,
  type StockLevelRow,
  SupplierEntity,
  type SupplierRow,
} from '../entities/entities.ts';

/** Every category: a shop has some dozens. */
export interface CategoryTree {
  /** Archived ones too. */
  readonly byId: ReadonlyMap<number, CategoryRow>;
  /** Those in use, by name. */
  readonly all: CategoryRow[];
  childrenOf(id: number | null): CategoryRow[];
}

const maxCategories = 10_000;
/** What is read is shown and forgotten: no entity is kept for changes. */
const reading = { disableIdentityMap: true } as const;

/** Loaders of one request, or of one event of a subscription: one statement for all that is asked for in the same moment. */
export function createLoaders(em: EntityManager) {
  async function byId<Row extends { id: number }>(rows: Promise<unknown[]>, ids: readonly number[]): Promise<(Row | null)[]> {
    const found = new Map(((await rows) as Row[]).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  }
  let tree: Promise<CategoryTree> | undefined;
  let counts: Promise<ReadonlyMap<number, number>> | undefined;

  async function readTree(): Promise<CategoryTree> {
    const rows = (await em.find(
      CategoryEntity,
      {},
      { ...reading, orderBy: { name: 'asc', id: 'asc' }, limit: maxCategories },
    )) as CategoryRow[];
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
    const rows = await query<{ id: number }>(em, 'SELECT id FROM place WHERE kind = ANY ($1)', [openPlaceKinds]);
    return new Set(rows.map(({ id }) => String(id)));
  }

  return {
    product: new DataLoader<number, ProductRow | null>((ids) => byId(em.find(ProductEntity, { id: { $in: [...ids] } }, reading), ids)),
    supplier: new DataLoader<number, SupplierRow | null>((ids) => byId(em.find(SupplierEntity, { id: { $in: [...ids] } }, reading), ids)),
    place: new DataLoader<number, PlaceRow | null>((ids) => byId(em.find(PlaceEntity, { id: { $in: [...ids] } }, reading), ids)),
    /** Of a product, by place. */
    levels: new DataLoader<number, StockLevelRow[]>(async (productIds) => {
      const rows = (await em.find(
        StockLevelEntity,
        { productId: { $in: [...productIds] } },
        { ...reading, orderBy: { productId: 'asc', placeId: 'asc' } },
      )) as StockLevelRow[];
      const byProduct = Map.groupBy(rows, ({ productId }) => productId);
      return productIds.map((id) => byProduct.get(id) ?? []);
    }),
    /** Places whose stock is seen from every store. */
    openPlaces: () => (openPlaces ??= readOpenPlaces()),
    categories: () => (tree ??= readTree()),
    productCounts: () => (counts ??= countProducts()),
  };
}

export type Loaders = ReturnType<typeof createLoaders>;
