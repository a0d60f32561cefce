import { ComptoirError } from '@comptoir/platform/errors.ts';
import { toGraphMoney } from '@comptoir/platform/money.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import { type InventoryContext, visiblePlaces } from '../context.ts';
import { available, isLow } from '../domain/stock.ts';
import type { CategoryRow, PlaceRow, ProductRow, StockLevelRow, StockMovementRow } from '../entities/entities.ts';

/** A product or place by its id: the rest is loaded when it is asked for. */
export interface Ref {
  readonly id: number;
}

/** What is shown of a level: a row, or an event that carries as much. */
export type LevelView = Pick<StockLevelRow, 'productId' | 'placeId' | 'onHand' | 'allocated' | 'updatedAt'> &
  ({ readonly threshold: number } | { readonly low: boolean });

async function loadProduct(ref: Ref | ProductRow, { loaders }: InventoryContext): Promise<ProductRow> {
  if ('sku' in ref) return ref;
  const product = await loaders.product.load(ref.id);
  if (!product) throw new ComptoirError('NOT_FOUND', `There is no product ${ref.id}.`);
  return product;
}

async function loadPlace(ref: Ref | PlaceRow, { loaders }: InventoryContext): Promise<PlaceRow> {
  if ('kind' in ref) return ref;
  const place = await loaders.place.load(ref.id);
  if (!place) throw new ComptoirError('NOT_FOUND', `There is no place ${ref.id}.`);
  return place;
}

const ofProduct =
  <T>(pick: (product: ProductRow) => T) =>
  async (ref: Ref | ProductRow, _: unknown, context: InventoryContext) =>
    pick(await loadProduct(ref, context));

const ofPlace =
  <T>(pick: (place: PlaceRow) => T) =>
  async (ref: Ref | PlaceRow, _: unknown, context: InventoryContext) =>
    pick(await loadPlace(ref, context));

/** Of a product, at the places that the caller may see. */
async function visibleLevels(productId: number, context: InventoryContext): Promise<StockLevelRow[]> {
  const [levels, places] = await Promise.all([context.loaders.levels.load(productId), visiblePlaces(context)]);
  return places ? levels.filter(({ placeId }) => places.includes(placeId)) : levels;
}

/** By a reference of another subgraph; null where the id is nobody's. */
const byId =
  <Row>(pick: (context: InventoryContext) => { load(id: number): Promise<Row | null> }) =>
  ({ id }: { id: string }, context: InventoryContext) => {
    const parsed = parseId(String(id));
    return parsed === null ? null : pick(context).load(parsed);
  };

const Product = {
  __resolveReference: byId(({ loaders }) => loaders.product),
  sku: ofProduct(({ sku }) => sku),
  barcode: ofProduct(({ barcode }) => barcode),
  name: ofProduct(({ name }) => name),
  description: ofProduct(({ description }) => description),
  price: ofProduct(({ priceMinor, currency }) => toGraphMoney(priceMinor, currency)),
  cost: ofProduct(({ costMinor, currency }) => (costMinor === null || costMinor === undefined ? null : toGraphMoney(costMinor, currency))),
  taxPpm: ofProduct(({ taxPpm }) => taxPpm),
  alertThreshold: ofProduct(({ alertThreshold }) => alertThreshold),
  active: ofProduct(({ active }) => active),
  version: ofProduct(({ version }) => version),
  createdAt: ofProduct(({ createdAt }) => createdAt),
  updatedAt: ofProduct(({ updatedAt }) => updatedAt),
  async category(ref: Ref | ProductRow, _: unknown, context: InventoryContext) {
    const { categoryId } = await loadProduct(ref, context);
    return categoryId ? ((await context.loaders.categories()).byId.get(categoryId) ?? null) : null;
  },
  async supplier(ref: Ref | ProductRow, _: unknown, context: InventoryContext) {
    const { supplierId } = await loadProduct(ref, context);
    return supplierId ? context.loaders.supplier.load(supplierId) : null;
  },
  async available({ id }: Ref, { placeId }: { placeId?: string | null }, context: InventoryContext) {
    const levels = await visibleLevels(id, context);
    const wanted = typeof placeId === 'string' ? levels.filter((level) => String(level.placeId) === placeId) : levels;
    return wanted.reduce((sum, level) => sum + available(level), 0);
  },
  stock: ({ id }: Ref, _: unknown, context: InventoryContext) => visibleLevels(id, context),
};

const Category = {
  __resolveReference: async ({ id }: { id: string }, { loaders }: InventoryContext) =>
    (await loaders.categories()).byId.get(parseId(String(id)) ?? 0) ?? null,
  parent: async ({ parentId }: CategoryRow, _: unknown, { loaders }: InventoryContext) =>
    parentId ? ((await loaders.categories()).byId.get(parentId) ?? null) : null,
  children: async ({ id }: CategoryRow, _: unknown, { loaders }: InventoryContext) => (await loaders.categories()).childrenOf(id),
  productCount: async ({ id }: CategoryRow, _: unknown, { loaders }: InventoryContext) => (await loaders.productCounts()).get(id) ?? 0,
};

const Supplier: object = { __resolveReference: byId(({ loaders }) => loaders.supplier) };
const Place = {
  __resolveReference: byId(({ loaders }) => loaders.place),
  name: ofPlace(({ name }) => name),
  kind: ofPlace(({ kind }) => kind),
  town: ofPlace(({ town }) => town),
};

const StockLevel = {
  product: ({ productId }: LevelView): Ref => ({ id: productId }),
  place: ({ placeId }: LevelView): Ref => ({ id: placeId }),
  available: (level: LevelView) => available(level),
  low: (level: LevelView) => ('low' in level ? level.low : isLow(level)),
};

const StockMovement = {
  product: ({ productId }: StockMovementRow): Ref => ({ id: productId }),
  place: ({ placeId }: StockMovementRow): Ref => ({ id: placeId }),
};

export const entityResolvers = { Product, Category, Supplier, Place, StockLevel, StockMovement } satisfies Resolvers<InventoryContext>;
