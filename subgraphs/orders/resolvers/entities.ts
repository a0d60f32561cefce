import { ComptoirError } from '@comptoir/platform/errors.ts';
import { toGraphMoney } from '@comptoir/platform/money.ts';
import { parseId } from '@comptoir/platform/text.ts';
import type { Resolvers } from '@comptoir/schema/generated/resolvers-orders.ts';
import type { OrdersContext } from '../context.ts';
import { nextStatuses } from '../domain/order-status.ts';
import type { CartLineRow, CartRow, OrderLineRow, OrderRow, PaymentRow, ShipmentRow } from '../entities/entities.ts';

const sagaRef = (id: string | null | undefined) => (id ? { __typename: 'Saga' as const, id } : null);

/** The order with the id, for those who may see it: null for one that was deleted. */
export async function loadOrder(id: number | null, { loaders }: OrdersContext): Promise<OrderRow | null> {
  const order = id === null ? null : await loaders.order.load(id);
  return order?.deletedAt ? null : order;
}

const Order = {
  __resolveReference: ({ id }: { id: string }, context: OrdersContext) => loadOrder(parseId(String(id)), context),
  customer: ({ customerId, customerDeleted }: OrderRow) =>
    customerDeleted ? null : { __typename: 'Customer' as const, id: String(customerId) },
  nextStatuses: ({ status, sagaId, cancellationSagaId, deletedAt }: OrderRow) =>
    deletedAt ? [] : nextStatuses({ status, sagaId: sagaId ?? null, cancellationSagaId: cancellationSagaId ?? null }),
  lines: ({ id }: OrderRow, _: unknown, { loaders }: OrdersContext) => loaders.lines.load(id),
  total: ({ totalMinor, currency }: OrderRow) => toGraphMoney(totalMinor, currency),
  payment: ({ id }: OrderRow, _: unknown, { loaders }: OrdersContext) => loaders.paymentOfOrder.load(id),
  shipment: ({ id }: OrderRow, _: unknown, { loaders }: OrdersContext) => loaders.shipmentOfOrder.load(id),
  saga: ({ sagaId }: OrderRow) => sagaRef(sagaId),
  cancellationSaga: ({ cancellationSagaId }: OrderRow) => sagaRef(cancellationSagaId),
  refundSaga: ({ refundSagaId }: OrderRow) => sagaRef(refundSagaId),
};

const OrderLine = {
  productId: ({ productId }: OrderLineRow) => String(productId),
  product: ({ productId }: OrderLineRow) => ({ id: String(productId) }),
  unitPrice: ({ unitPriceMinor }: OrderLineRow) => toGraphMoney(unitPriceMinor),
  total: ({ unitPriceMinor, quantity }: OrderLineRow) => toGraphMoney(BigInt(unitPriceMinor) * BigInt(quantity)),
};

/** The payment with the id, whatever was given for one. */
export const loadPayment = (id: string, { loaders }: OrdersContext): Promise<PaymentRow | null> | null =>
  /^pay_[0-9a-f]{32}$/.test(id) ? loaders.payment.load(id) : null;

const Payment = {
  __resolveReference: ({ id }: { id: string }, context: OrdersContext) => loadPayment(String(id), context),
  order: ({ orderId }: PaymentRow, _: unknown, context: OrdersContext) => loadOrder(orderId, context),
  amount: ({ amountMinor, currency }: PaymentRow) => toGraphMoney(amountMinor, currency),
  refunded: ({ refundedMinor, currency }: PaymentRow) => toGraphMoney(refundedMinor, currency),
};

/** The shipment with the id, for those who may see it: null where its order was deleted. */
export async function loadShipment(id: string, context: OrdersContext): Promise<ShipmentRow | null> {
  const parsed = parseId(id);
  const shipment = parsed === null ? null : await context.loaders.shipment.load(parsed);
  return shipment && (await loadOrder(shipment.orderId, context)) ? shipment : null;
}

const Shipment = {
  __resolveReference: ({ id }: { id: string }, context: OrdersContext) => loadShipment(String(id), context),
  async order({ orderId }: ShipmentRow, _: unknown, context: OrdersContext) {
    const order = await loadOrder(orderId, context);
    if (!order) throw new ComptoirError('NOT_FOUND', `There is no order ${orderId}.`);
    return order;
  },
};

const Cart = {
  __resolveReference({ id }: { id: string }, { loaders }: OrdersContext) {
    const parsed = parseId(String(id));
    return parsed === null ? null : loaders.cart.load(parsed);
  },
  customer: ({ customerId }: CartRow) => (customerId ? { __typename: 'Customer' as const, id: String(customerId) } : null),
  lines: ({ id }: CartRow, _: unknown, { loaders }: OrdersContext) => loaders.cartLines.load(id),
  checkedOut: ({ checkedOutAt }: CartRow) => Boolean(checkedOutAt),
  saga: ({ sagaId }: CartRow) => sagaRef(sagaId),
};

const CartLine = {
  productId: ({ productId }: CartLineRow) => String(productId),
  product: ({ productId }: CartLineRow) => ({ id: String(productId) }),
};

/** What is ours of a customer: the orders. Whether there is such a customer is told by customers. */
const Customer = {
  __resolveReference: ({ id }: { id: string }) => ({ id: String(id) }),
  async orders({ id }: { id: string }, { first, after }: { first: number; after?: string | null }, context: OrdersContext) {
    const customerId = parseId(String(id));
    if (customerId === null) throw new ComptoirError('NOT_FOUND', `There is no customer ${id}.`);
    const { nodes, ...page } = await context.loaders.ordersOfCustomer.load({ customerId, first, after: after ?? null });
    return { nodes: await loadOrders(nodes, context), ...page };
  },
};

/** One that was deleted between the two statements is left out. */
async function loadOrders(ids: readonly number[], { loaders }: OrdersContext): Promise<OrderRow[]> {
  const orders = (await loaders.order.loadMany(ids)) as (OrderRow | null)[];
  return orders.filter((order): order is OrderRow => order !== null && !order.deletedAt);
}

export const entityResolvers = { Order, OrderLine, Payment, Shipment, Cart, CartLine, Customer } satisfies Resolvers<OrdersContext>;
