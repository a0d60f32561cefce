import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-orders.ts';
import type { OrdersContext } from '../context.ts';
import type { CartRow } from '../entities/entities.ts';
import { findCartIds, findOrderIds } from '../queries/lists.ts';
import { loadOrder, loadOrders, loadPayment, loadShipment } from './entities.ts';

export const queries = {
  Query: {
    order: (_, { id }, context) => loadOrder(parseId(id), context),
    async orders(_, { customerId, statuses, ...page }, context) {
      const { nodes, ...rest } = await findOrderIds(context.em, { customerId, statuses }, page);
      return { nodes: await loadOrders(nodes, context), ...rest };
    },
    payment: (_, { id }, context) => loadPayment(id, context),
    shipment: (_, { id }, context) => loadShipment(id, context),
    cart(_, { id }, { loaders }) {
      const parsed = parseId(id);
      return parsed === null ? null : loaders.cart.load(parsed);
    },
    async carts(_, page, { em, loaders }) {
      const { nodes, ...rest } = await findCartIds(em, page);
      return { nodes: (await loaders.cart.loadMany(nodes)) as CartRow[], ...rest };
    },
  },
} satisfies Resolvers<OrdersContext>;
