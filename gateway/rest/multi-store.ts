import { cartRoutesAt } from './carts.ts';
import { categoryRoutesAt } from './categories.ts';
import { createCustomer, getCustomer, listCustomers } from './customers.ts';
import type { AnyRestRoute } from './define-route.ts';
import { createOrder, getOrder, listOrders } from './orders.ts';
import { productRoutesAt } from './products.ts';
import type { Address } from './resource.ts';
import { stockRoutesAt } from './stock.ts';

const inventory: Address = { prefix: '/api/v1', suffix: 'V1', tags: ['Plateforme multi-magasins : inventaire'] };
const shop: Address = { ...inventory, tags: ['Plateforme multi-magasins : vente en ligne'] };

/** The multi-store platform, rows inventory and e-commerce of the REST contract. What PayeTonKawa has too is the same resource at another address. */
export const multiStoreRoutes: readonly AnyRestRoute[] = [
  ...productRoutesAt(inventory),
  ...categoryRoutesAt(inventory),
  ...stockRoutesAt(inventory),
  ...[listCustomers, createCustomer, getCustomer].map((route) => route(shop)),
  ...[listOrders, createOrder, getOrder].map((route) => route(shop)),
  ...cartRoutesAt(shop),
];
