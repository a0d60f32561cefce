import { afterAll, beforeAll, expect, test } from 'vitest';
import { overSse, overWebSocket, post } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestGateway, type TestGateway } from '../testing/gateway.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
let gateway: TestGateway;
beforeAll(async () => {
  shop = await startTestShop();
  gateway = await startTestGateway({ supergraphSdl: shop.supergraphSdl });
  await shop.users.kill();
});
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

/** Through three subgraphs, of which the one that owns users is away. */
const query = '{ events products { name madeBy { name } } me }';
const away = (path: (string | number)[]) =>
  expect.objectContaining({
    message: 'The service "users" is not available at the moment',
    path,
    extensions: { code: 'SERVICE_UNAVAILABLE', service: 'users', retryable: true, retryAfterSeconds: expect.any(Number) },
  });
const partial = {
  data: { events: 1, products: ['A', 'B'].map((sku) => ({ name: `Product ${sku}`, madeBy: null })), me: null },
  errors: expect.arrayContaining([away(['products']), away(['me'])]),
};

test('over HTTP what can be had is answered, and of the rest which service is away, where, and when to try again', async () => {
  const { status, body, headers } = await post(gateway, { query }, {});
  expect(status).toBe(200);
  expect(body).toEqual(partial);
  expect(headers.get('set-cookie')).toBeNull();
});

test('over WebSocket', async () => {
  using client = overWebSocket(gateway as never, query, { key: null });
  expect(await client.ended).toBe('complete');
  expect(client.results).toEqual([partial]);
});

test('as server-sent events', async () => {
  using client = overSse(gateway as never, query, { key: null });
  expect(await client.ended).toBe('complete');
  expect(client.results).toEqual([partial]);
});

test('in each event of a subscription, which goes on, and is whole again once the service is back', async () => {
  using client = overWebSocket(gateway as never, 'subscription { sold { id product { name } seller { name } } }', { key: null });
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  const sell = (id: string) => shop.sold.emit({ id, quantity: 1, sku: 'A', seller: 'u1' });
  sell('s1');
  await eventually(() => expect(client.results).toHaveLength(1));
  expect(client.results[0]).toEqual({
    data: { sold: { id: 's1', product: { name: 'Product A' }, seller: null } },
    errors: [away(['sold', 'seller'])],
  });
  await shop.users.restart();
  await eventually(() => {
    sell('s2');
    expect(client.results.at(-1)).toEqual({ data: { sold: { id: 's2', product: { name: 'Product A' }, seller: { name: 'User u1' } } } });
  }, 30_000);
});

test('a request is over with its budget: subgraphs are told what is left of it, and what is there by then is answered', async () => {
  await using hurried = await startTestGateway({ supergraphSdl: shop.supergraphSdl, requestBudgetMs: 1_000 });
  const { body } = await post(hurried, { query: '{ events stall }' }, {});
  expect(body).toEqual({
    data: { events: 1, stall: null },
    errors: [expect.objectContaining({ path: ['stall'], extensions: expect.objectContaining({ service: 'products', retryable: true }) })],
  });
  const told = Number(shop.products.requests.at(-1)?.headers['x-comptoir-deadline-ms']);
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(1_000);
});
