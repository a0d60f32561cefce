import { ComptoirError } from '@comptoir/platform/errors.ts';
import { toGraphMoney } from '@comptoir/platform/money.ts';
import { isSelected } from '@comptoir/platform/selected.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import type { GraphQLResolveInfo } from 'graphql';
import type { InventoryContext } from '../context.ts';
import { available, isLow } from '../domain/stock.ts';
import type { CategoryRow, PlaceRow, StockLevelRow, StockMovementRow, SupplierRow } from '../entities/entities.ts';
import type { ListedProduct, ReadProduct, ShownLevel } from '../queries/rows.ts';

/** Something by its id: the rest is loaded when it is asked for. */
export interface Ref {
  readonly id: number;
}

/** What is shown of a level: a row, or an event that carries as much. */
export type LevelView = Pick<StockLevelRow, 'productId' | 'placeId' | 'onHand' | 'allocated' | 'updatedAt'> &
  ({ readonly threshold: number } | { readonly low: boolean });

async function loadProduct(ref: Ref, { loaders }: InventoryContext): Promise<ReadProduct> {
  const product = await loaders.product.load(ref.id);
  if (!product) throw new ComptoirError('NOT_FOUND', `There is no product ${ref.id}.`);
  return product;
}

async function loadPlace(ref: Ref, { loaders }: InventoryContext): Promise<PlaceRow> {
  const place = await loaders.place.load(ref.id);
  if (!place) throw new ComptoirError('NOT_FOUND', `There is no place ${ref.id}.`);
  return place;
}

async function loadSupplier(ref: Ref, { loaders }: InventoryContext): Promise<SupplierRow> {
  const supplier = await loaders.supplier.load(ref.id);
  if (!supplier) throw new ComptoirError('NOT_FOUND', `There is no supplier ${ref.id}.`);
  return supplier;
}

async function loadCategory(ref: Ref, { loaders }: InventoryContext): Promise<CategoryRow> {
  const category = (await loaders.categories()).byId.get(ref.id);
  if (!category) throw new ComptoirError('NOT_FOUND', `There is no category ${ref.id}.`);
  return category;
}

/** A field of what is there as a row, or as its id only. Of a row it is had without a promise: a page has hundreds of them. */
const fieldOf =
  <Row extends Ref>(known: keyof Row, load: (ref: Ref, context: InventoryContext) => Promise<Row>) =>
  <T>(pick: (row: Row) => T) =>
  (ref: Ref | Row, _: unknown, context: InventoryContext): T | Promise<T> =>
    known in ref ? pick(ref as Row) : load(ref, context).then(pick);

const ofProduct = fieldOf<ListedProduct>('sku', loadProduct);
const detailOfProduct = fieldOf<ReadProduct>('version', loadProduct);
const ofPlace = fieldOf<PlaceRow>('kind', loadPlace);
const ofSupplier = fieldOf<SupplierRow>('name', loadSupplier);
const ofCategory = fieldOf<CategoryRow>('name', loadCategory);
const refTo = (id: number | null | undefined): Ref | null => (id === null || id === undefined ? null : { id });

/** Of a product, at the places that the caller may see. */
async function visibleLevels(productId: number, context: InventoryContext): Promise<ShownLevel[]> {
  const [levels, places] = await Promise.all([context.loaders.levels.load(productId), context.loaders.visiblePlaces()]);
  return places ? levels.filter(({ placeId }) => places.includes(placeId)) : levels;
}

async function availableAt(productId: number, placeId: string, context: InventoryContext): Promise<number> {
  const level = (await visibleLevels(productId, context)).find((each) => String(each.placeId) === placeId);
  return level ? available(level) : 0;
}

/** By a reference of another subgraph; null where the id is nobody's. */
const byId =
  <Row>(pick: (context: InventoryContext, info: GraphQLResolveInfo) => { load(id: number): Promise<Row | null> }) =>
  ({ id }: { id: string }, context: InventoryContext, info: GraphQLResolveInfo) => {
    const parsed = parseId(String(id));
    return parsed === null ? null : pick(context, info).load(parsed);
  };

/** Fields that a list reads only where they are asked for. */
export const productDetails = ['cost', 'taxPpm', 'version', 'createdAt', 'updatedAt'] as const;

/** Reads what is available of products along with them where that is asked for. */
export const productLoader = ({ loaders }: InventoryContext, info: GraphQLResolveInfo) =>
  isSelected(info, 'available') ? loaders.productWithAvailable : loaders.product;

const Product = {
  __resolveReference: byId(productLoader),
  sku: ofProduct(({ sku }) => sku),
  barcode: ofProduct(({ barcode }) => barcode),
  name: ofProduct(({ name }) => name),
  description: ofProduct(({ description }) => description),
  price: ofProduct(({ priceMinor, currency }) => toGraphMoney(priceMinor, currency)),
  cost: detailOfProduct(({ costMinor, currency }) =>
    costMinor === null || costMinor === undefined ? null : toGraphMoney(costMinor, currency),
  ),
  taxPpm: detailOfProduct(({ taxPpm }) => taxPpm),
  alertThreshold: ofProduct(({ alertThreshold }) => alertThreshold),
  active: ofProduct(({ active }) => active),
  version: detailOfProduct(({ version }) => version),
  createdAt: detailOfProduct(({ createdAt }) => new Date(createdAt)),
  updatedAt: detailOfProduct(({ updatedAt }) => new Date(updatedAt)),
  category: ofProduct(({ categoryId }) => refTo(categoryId)),
  supplier: ofProduct(({ supplierId }) => refTo(supplierId)),
  available(product: Ref | ReadProduct, { placeId }: { placeId?: string | null }, context: InventoryContext) {
    if (typeof placeId === 'string') return availableAt(product.id, placeId, context);
    return 'available' in product && product.available !== undefined ? product.available : context.loaders.available.load(product.id);
  },
  stock: ({ id }: Ref, _: unknown, context: InventoryContext) => visibleLevels(id, context),
};

const Category = {
  __resolveReference: async ({ id }: { id: string }, { loaders }: InventoryContext) =>
    (await loaders.categories()).byId.get(parseId(String(id)) ?? 0) ?? null,
  name: ofCategory(({ name }) => name),
  active: ofCategory(({ active }) => active),
  parent: ofCategory(({ parentId }) => refTo(parentId)),
  children: async ({ id }: Ref, _: unknown, { loaders }: InventoryContext) => (await loaders.categories()).childrenOf(id),
  productCount: async ({ id }: Ref, _: unknown, { loaders }: InventoryContext) => (await loaders.productCounts()).get(id) ?? 0,
};

const Supplier = {
  __resolveReference: byId(({ loaders }) => loaders.supplier),
  name: ofSupplier(({ name }) => name),
  email: ofSupplier(({ email }) => email),
  leadTimeDays: ofSupplier(({ leadTimeDays }) => leadTimeDays),
  active: ofSupplier(({ active }) => active),
};

const Place = {
  __resolveReference: byId(({ loaders }) => loaders.place),
  name: ofPlace(({ name }) => name),
  kind: ofPlace(({ kind }) => kind),
  town: ofPlace(({ town }) => town),
};

const StockLevel = {
  product: ({ productId }: LevelView): Ref => ({ id: productId }),
  place: (level: LevelView | ShownLevel): Ref => ('place' in level ? level.place : { id: level.placeId }),
  available: (level: LevelView) => available(level),
  low: (level: LevelView) => ('low' in level ? level.low : isLow(level)),
};

const StockMovement = {
  product: ({ productId }: StockMovementRow): Ref => ({ id: productId }),
  place: ({ placeId }: StockMovementRow): Ref => ({ id: placeId }),
};

export const entityResolvers = { Product, Category, Supplier, Place, StockLevel, StockMovement } satisfies Resolvers<InventoryContext>;
