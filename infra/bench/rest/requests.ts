import type { LoadRequest } from '../load.ts';
import { benchKey } from './shop.ts';

export const headers = { 'x-api-key': benchKey };
const order = {
  products: [{ product_id: 1, quantity: 1 }],
  shipping_address: '12 rue des Halles, 45000 Orléans',
  billing_address: '12 rue des Halles, 45000 Orléans',
  payment_method: 'card',
};

/** A read, and the one whose answer the peer has in memory. */
export interface Read {
  readonly name: string;
  readonly request: LoadRequest;
  readonly peer: string;
  /** What is measured as cached has to be so. */
  readonly cached?: true;
}

const list = '/products?limit=20';
const product = '/products/1';
const stock = '/api/v1/stock?limit=20';
export const productCount = 40;
export const pageCount = 15;
const afresh = { ...headers, 'cache-control': 'no-cache' };
const coldList: LoadRequest = { method: 'GET', path: `${list}&page={n}`, numbers: pageCount, headers: afresh };
const coldProduct: LoadRequest = { method: 'GET', path: '/products/{n}', numbers: productCount, headers: afresh };
export const reads: readonly Read[] = [
  { name: 'product list, cached', cached: true, request: { method: 'GET', path: list, headers }, peer: list },
  { name: 'product, cached', cached: true, request: { method: 'GET', path: product, headers }, peer: product },
  { name: 'stock', request: { method: 'GET', path: stock, headers }, peer: stock },
  { name: 'product, cold', request: coldProduct, peer: product },
  { name: 'product list, cold', request: coldList, peer: list },
  // A price above all others, another one each time: the same list, asked in a way that nobody asked before. Last, for it leaves the most to be collected.
  { name: 'product list, nobody’s before', request: { method: 'GET', path: `${list}&prix_max=5{n}`, headers }, peer: list },
];
export const orderStart: LoadRequest = {
  method: 'POST',
  path: '/api/v1/customers/1/order-processing',
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify(order),
};

/** How often each is among a hundred. */
const parts: readonly (readonly [count: number, request: LoadRequest])[] = [
  [45, { method: 'GET', path: list, headers }],
  [5, { method: 'GET', path: `${list}&prix_max=6{n}`, headers }],
  [26, { method: 'GET', path: '/products/{n}', numbers: productCount, headers }],
  [4, coldProduct],
  [19, { method: 'GET', path: stock, headers }],
  [1, orderStart],
];

/** A hundred requests of a shop, each kind spread over the whole: what is looked at, what of it is new or to be seen afresh, and what is bought. */
export const mixture: readonly LoadRequest[] = parts
  .flatMap(([count, request]) => Array.from({ length: count }, (_, index) => ({ at: (index + 0.5) / count, request })))
  .sort((a, b) => a.at - b.at)
  .map(({ request }) => request);
