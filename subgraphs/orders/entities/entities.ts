import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { orderStatuses } from '../domain/order-status.ts';
import { paymentStatuses } from '../domain/payment.ts';

/** Entities are for reading; commands write with statements of their own. The tables are made by migrations/. */
export const OrderEntity = defineEntity({
  name: 'Order',
  tableName: 'customer_order',
  properties: {
    id: p.integer().primary(),
    customerId: p.integer(),
    customerDeleted: p.boolean(),
    status: p.enum(orderStatuses),
    totalMinor: p.bigint('string'),
    currency: p.text(),
    shippingAddress: p.text().nullable(),
    billingAddress: p.text().nullable(),
    sagaId: p.text().nullable(),
    cancellationSagaId: p.text().nullable(),
    refundSagaId: p.text().nullable(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    deletedAt: p.datetime().nullable(),
  },
});
export type OrderRow = InferEntity<typeof OrderEntity>;

export const OrderLineEntity = defineEntity({
  name: 'OrderLine',
  tableName: 'order_line',
  properties: {
    orderId: p.integer().primary(),
    number: p.integer().primary(),
    productId: p.integer(),
    quantity: p.integer(),
    unitPriceMinor: p.bigint('string'),
    productDeleted: p.boolean(),
  },
});
export type OrderLineRow = InferEntity<typeof OrderLineEntity>;

export const PaymentEntity = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    id: p.text().primary(),
    orderId: p.integer(),
    sagaId: p.text(),
    amountMinor: p.bigint('string'),
    currency: p.text(),
    refundedMinor: p.bigint('string'),
    status: p.enum(paymentStatuses),
    method: p.text(),
    providerReference: p.text().nullable(),
    error: p.text().nullable(),
    createdAt: p.datetime(),
  },
});
export type PaymentRow = InferEntity<typeof PaymentEntity>;

export const ShipmentEntity = defineEntity({
  name: 'Shipment',
  tableName: 'shipment',
  properties: {
    id: p.integer().primary(),
    orderId: p.integer(),
    trackingNumber: p.text().nullable(),
    shippedAt: p.datetime(),
    deliveredAt: p.datetime().nullable(),
  },
});
export type ShipmentRow = InferEntity<typeof ShipmentEntity>;

export const CartEntity = defineEntity({
  name: 'Cart',
  tableName: 'cart',
  properties: {
    id: p.integer().primary(),
    customerId: p.integer().nullable(),
    sagaId: p.text().nullable(),
    checkedOutAt: p.datetime().nullable(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export type CartRow = InferEntity<typeof CartEntity>;

export const CartLineEntity = defineEntity({
  name: 'CartLine',
  tableName: 'cart_line',
  properties: {
    cartId: p.integer().primary(),
    productId: p.integer().primary(),
    quantity: p.integer(),
    productDeleted: p.boolean(),
  },
});
export type CartLineRow = InferEntity<typeof CartLineEntity>;

export const entities = [OrderEntity, OrderLineEntity, PaymentEntity, ShipmentEntity, CartEntity, CartLineEntity];
