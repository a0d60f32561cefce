import type { Tone } from '../controls/mark.tsx';
import type { OrderDetailFragment, OrderRowFragment, OrderStatus } from '../generated/operations.ts';

export type OrderRow = OrderRowFragment;
export type OrderDetail = OrderDetailFragment;

export const orderFilters = ['toutes', 'en-attente', 'confirmees', 'expediees', 'livrees', 'annulees'] as const;
export type OrderFilter = (typeof orderFilters)[number];

export const statusOf: Readonly<Record<OrderFilter, OrderStatus | null>> = {
  toutes: null,
  'en-attente': 'PENDING',
  confirmees: 'CONFIRMED',
  expediees: 'SHIPPED',
  livrees: 'DELIVERED',
  annulees: 'CANCELLED',
};

export const toneOf: Readonly<Record<OrderStatus, Tone>> = {
  PENDING: 'calm',
  CONFIRMED: 'open',
  SHIPPED: 'open',
  DELIVERED: 'good',
  CANCELLED: 'warn',
};

/** The customer of an order in a few words; one who is gone has a number only. */
export function customerName({ customer, customerId }: OrderRow, numbered: (id: string) => string): string {
  return customer === null ? numbered(customerId) : `${customer.firstName} ${customer.lastName}`;
}
