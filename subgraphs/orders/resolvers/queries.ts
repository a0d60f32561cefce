import { isSelected } from '@comptoir/platform/selected.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-orders.ts';
import type { OrdersContext } from '../context.ts';
import { findCarts, findOrders } from '../queries/lists.ts';
import { loadOrder, loadPayment, loadShipment } from './entities.ts';

export const queries = {
  Query: {
    order: (_, { id }, context) => loadOrder(parseId(id), context),
    async orders(_, { customerId, statuses, ...page }, { em, loaders }, info) {
      const found = await findOrders(em, { customerId, statuses }, { ...page, counted: isSelected(info, 'totalCount') });
      for (const order of found.nodes) loaders.order.prime(order.id, order);
      return found;
    },
    payment: (_, { id }, context) => loadPayment(id, context),
    shipment: (_, { id }, context) => loadShipment(id, context),
    cart(_, { id }, { loaders }) {
      const parsed = parseId(id);
      return parsed === null ? null : loaders.cart.load(parsed);
    },
    carts: (_, page, { em }, info) => findCarts(em, { ...page, counted: isSelected(info, 'totalCount') }),
  },
} satisfies Resolvers<OrdersContext>;
