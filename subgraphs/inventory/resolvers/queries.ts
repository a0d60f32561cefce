import { badUserInput } from '@comptoir/platform/errors.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import { type InventoryContext, visiblePlaces } from '../context.ts';
import { findPlaces, findSuppliers } from '../queries/lists.ts';
import { findProductId, findProductIds } from '../queries/products.ts';
import { findMovements, findStock } from '../queries/stock.ts';

const isGiven = (value: string | null | undefined) => typeof value === 'string';

export const queries = {
  Query: {
    async product(_, { id, sku, barcode }, { em, loaders }) {
      if ([id, sku, barcode].filter(isGiven).length !== 1) {
        throw badUserInput([{ path: [], message: 'exactly one of id, sku and barcode must be given' }]);
      }
      const found =
        typeof id === 'string' ? parseId(id) : await findProductId(em, typeof sku === 'string' ? { sku } : { barcode: barcode as string });
      return found === null ? null : loaders.product.load(found);
    },
    async products(_, { filter, orderBy, first, after, offset }, context) {
      const places = typeof filter?.inStock === 'boolean' ? await visiblePlaces(context) : null;
      const { nodes, ...page } = await findProductIds(context.em, { ...(filter ?? { active: true }), places }, orderBy, {
        first,
        after,
        offset,
      });
      return { nodes: nodes.map((id) => ({ id })), ...page };
    },
    async categories(_, { all }, { loaders }) {
      const tree = await loaders.categories();
      return all ? tree.all : tree.childrenOf(null);
    },
    suppliers: (_, __, { em }) => findSuppliers(em),
    places: (_, __, { em }) => findPlaces(em),
    stock: async (_, { first, after, ...filter }, context) =>
      findStock(context.em, { ...filter, places: await visiblePlaces(context) }, { first, after }),
    lowStock: async (_, { placeId, first, after }, context) =>
      findStock(context.em, { placeId, low: true, places: await visiblePlaces(context) }, { first, after }),
    stockMovements: async (_, { first, after, ...filter }, context) =>
      findMovements(context.em, { ...filter, places: await visiblePlaces(context) }, { first, after }),
  },
} satisfies Resolvers<InventoryContext>;
