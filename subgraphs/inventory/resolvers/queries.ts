import { badUserInput } from '@comptoir/platform/errors.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-inventory.ts';
import type { InventoryContext } from '../context.ts';
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
    async products(_, { filter, orderBy, first, after, offset }, { em }) {
      const { nodes, ...page } = await findProductIds(em, filter ?? { active: true }, orderBy, { first, after, offset });
      return { nodes: nodes.map((id) => ({ id })), ...page };
    },
    async categories(_, { all }, { loaders }) {
      const tree = await loaders.categories();
      return all ? tree.all : tree.childrenOf(null);
    },
    suppliers: (_, __, { em }) => findSuppliers(em),
    places: (_, __, { em }) => findPlaces(em),
    stock: (_, { first, after, ...filter }, { em }) => findStock(em, filter, { first, after }),
    lowStock: (_, { placeId, first, after }, { em }) => findStock(em, { placeId, low: true }, { first, after }),
    stockMovements: (_, { first, after, ...filter }, { em }) => findMovements(em, filter, { first, after }),
  },
} satisfies Resolvers<InventoryContext>;
