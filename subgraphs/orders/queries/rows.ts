import { entityRows } from '@comptoir/platform/entity-rows.ts';
import {
  CartEntity,
  CartLineEntity,
  type CartLineRow,
  type CartRow,
  OrderEntity,
  OrderLineEntity,
  type OrderLineRow,
  type OrderRow,
  PaymentEntity,
  type PaymentRow,
  ShipmentEntity,
  type ShipmentRow,
} from '../entities/entities.ts';

export const orderRows = entityRows<OrderRow>(OrderEntity);
export const cartRows = entityRows<CartRow>(CartEntity);
export const lineRows = entityRows<OrderLineRow>(OrderLineEntity);
export const paymentRows = entityRows<PaymentRow>(PaymentEntity);
export const shipmentRows = entityRows<ShipmentRow>(ShipmentEntity);
export const cartLineRows = entityRows<CartLineRow>(CartLineEntity);
