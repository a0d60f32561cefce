import { badUserInput } from '@comptoir/platform/errors.ts';
import { isAnySelected, isSelected } from '@comptoir/platform/selected.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import type { GraphQLResolveInfo } from 'graphql';
import type { InventoryContext } from '../context.ts';
import { findPlaces, findSuppliers } from '../queries/lists.ts';
import { findProductId, findProducts } from '../queries/products.ts';
import { findMovements, findStock } from '../queries/stock.ts';
import { productDetails, productLoader } from './entities.ts';

const isCounted = (info: GraphQLResolveInfo) => isSelected(info, 'totalCount');
const isGiven = (value: string | null | undefined) => typeof value === 'string';

export const queries = {
  Query: {
    async product(_, { id, sku, barcode }, context, info) {
      if ([id, sku, barcode].filter(isGiven).length !== 1) {
        throw badUserInput([{ path: [], message: 'exactly one of id, sku and barcode must be given' }]);
      }
      const found =
        typeof id === 'string'
          ? parseId(id)
          : await findProductId(context.em, typeof sku === 'string' ? { sku } : { barcode: barcode as string });
      return found === null ? null : productLoader(context, info).load(found);
    },
    async products(_, { filter, orderBy, ...page }, context, info) {
      const available = isSelected(info, 'nodes', 'available');
      const detailed = isAnySelected(info, ['nodes'], productDetails);
      const places = available || typeof filter?.inStock === 'boolean' ? await context.loaders.visiblePlaces() : null;
      const found = await findProducts(context.em, { ...(filter ?? { active: true }), places }, orderBy, {
        ...page,
        counted: isCounted(info),
        available,
        detailed,
      });
      return found;
    },
    async categories(_, { all }, { loaders }) {
      const tree = await loaders.categories();
      return all ? tree.all : tree.childrenOf(null);
    },
    suppliers: (_, __, { em }) => findSuppliers(em),
    places: (_, __, { em }) => findPlaces(em),
    stock: async (_, { first, after, offset, ...filter }, context, info) =>
      findStock(
        context.em,
        { ...filter, places: await context.loaders.visiblePlaces() },
        { first, after, offset, counted: isCounted(info) },
      ),
    lowStock: async (_, { placeId, first, after }, context, info) => {
      const places = await context.loaders.visiblePlaces();
      return findStock(context.em, { placeId, low: true, places }, { first, after, counted: isCounted(info) });
    },
    stockMovements: async (_, { first, after, ...filter }, context, info) =>
      findMovements(context.em, { ...filter, places: await context.loaders.visiblePlaces() }, { first, after, counted: isCounted(info) }),
  },
} satisfies Resolvers<InventoryContext>;
