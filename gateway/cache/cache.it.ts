import { createTestBroker, type TestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTcpProxy } from '@comptoir/platform/testing/tcp-proxy.ts';
import { eventsExchange } from '@comptoir/schema/topology.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CachedShop, startCachedShop } from '../testing/cached-shop.ts';
import { eventually } from '../testing/eventually.ts';
import type { TestGateway } from '../testing/gateway.ts';
import { redisTest, testKeyPrefix, testRedisUrl } from '../testing/redis.ts';

const patienceMs = 30_000;
let broker: TestBroker;
let shop: CachedShop;
let gateway: TestGateway;
beforeAll(async () => {
  broker = await createTestBroker();
  shop = await startCachedShop();
  gateway = await hearingGateway();
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await broker?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  shop.reset();
  await rest(gateway, '/api/v1/cache/clear', { method: 'DELETE' });
});

async function rest(
  gateway: TestGateway,
  path: string,
  { key = 'admin-key', ...init }: RequestInit & { key?: string; headers?: Record<string, string> } = {},
) {
  const headers = { 'x-api-key': key, ...(init.body ? { 'content-type': 'application/json' } : {}), ...init.headers };
  const response = await fetch(`${gateway.url()}${path}`, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    cache: response.headers.get('x-cache'),
    age: response.headers.get('age'),
    headers: response.headers,
    // biome-ignore lint/suspicious/noExplicitAny: tests know what they asked for.
    body: (text ? JSON.parse(text) : undefined) as any,
  };
}
const stockOf = async (gateway: TestGateway, path = '/products/5') => {
  const { body, cache } = await rest(gateway, path);
  return { stock: (Array.isArray(body) ? body[0] : body).stock, cache };
};
const graphql = (gateway: TestGateway, query: string, key = 'admin-key') =>
  rest(gateway, '/graphql', { method: 'POST', key, body: JSON.stringify({ query }) });
/** A gateway that hears of changes at the broker. */
async function hearingGateway(overrides: Parameters<CachedShop['gateway']>[0] = {}): Promise<TestGateway> {
  const gateway = await shop.gateway({ amqpUrl: broker.url, ...overrides });
  await hears(gateway);
  return gateway;
}
const hears = (gateway: TestGateway) => eventually(async () => expect(await health(gateway)).not.toContain('1000 ms'), patienceMs);
const health = async (gateway: TestGateway) =>
  JSON.stringify(
    ((await (await fetch(`${gateway.url()}/health/ready`)).json()) as { dependencies: Record<string, unknown> }).dependencies.cache,
  );
/** As the relay of inventory tells of a stock that a saga changed. */
async function tellOfStock(productId: number): Promise<void> {
  const channel = await broker.channel();
  channel.publish(
    eventsExchange,
    'stock.changed',
    Buffer.from(JSON.stringify({ event: 'stock_changed', produit_id: productId, magasin_id: 1 })),
  );
  await channel.waitForConfirms();
}

test('a product and the list of products are made once and given again, to every consumer of the same rights', async () => {
  const first = await rest(gateway, '/products/5');
  expect([first.status, first.cache, first.age, first.headers.get('cache-control')]).toEqual([200, 'MISS', '0', 'no-store']);
  const again = await rest(gateway, '/products/5/?_=17', { key: 'other-admin-key' });
  expect([again.cache, again.body]).toEqual(['HIT', first.body]);
  expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
  const list = await rest(gateway, '/api/v1/products?limit=1');
  expect([list.cache, list.headers.get('x-total-count'), list.body.length]).toEqual(['MISS', '2', 1]);
  const listAgain = await rest(gateway, '/api/v1/products?limit=1');
  expect([listAgain.cache, listAgain.headers.get('x-total-count'), listAgain.body]).toEqual(['HIT', '2', list.body]);
  expect((await rest(gateway, '/api/v1/products?limit=1&offset=1')).cache).toBe('MISS');
  expect(shop.reads()).toBe(3);
  // Made for nobody in particular, so that it cannot be anybody's own.
  expect(shop.inventory.requests.at(-1)?.principal?.consumerId).toBe('subscribers');
});

test('rights never share: neither roles nor stores', async () => {
  const keys = ['admin-key', 'clerk-key', 'clerk-elsewhere-key'];
  for (const expected of ['MISS', 'HIT'])
    for (const key of keys) {
      expect((await rest(gateway, '/products/5', { key })).cache).toBe(expected);
      expect((await graphql(gateway, '{ product(id: 5) { name available } }', key)).cache).toBe(expected);
    }
  expect(shop.reads()).toBe(6);
  const principals = shop.inventory.requests.map(({ principal }) => JSON.stringify([principal?.roles, principal?.stores]));
  expect(new Set(principals).size).toBe(3);
});

test('what is not there, refused or unanswerable is asked for each time', async () => {
  for (let time = 0; time < 2; time++) expect((await rest(gateway, '/products/999')).status).toBe(404);
  expect(shop.reads()).toBe(2);
  await shop.inventory.kill();
  expect((await rest(gateway, '/products/5')).status).toBe(503);
  await shop.inventory.restart();
  await eventually(async () => expect((await rest(gateway, '/products/5')).status).toBe(200), patienceMs);
});

test('200 equal requests at once are one fetch', async () => {
  const before = await gateway.metric('cache_misses_total');
  const held = Promise.withResolvers<void>();
  shop.gate = held.promise;
  const asked = Array.from({ length: 200 }, () => rest(gateway, '/products/5'));
  await eventually(() => expect(shop.reads()).toBe(1));
  await eventually(async () => expect((await gateway.metric('cache_misses_total')) - before).toBe(200));
  held.resolve();
  expect((await Promise.all(asked)).map(({ status, body }) => [status, body.stock])).toEqual(Array(200).fill([200, 40]));
  expect(shop.reads()).toBe(1);
});

test('a read that was begun before a write and ends after it is not what later reads are given', async () => {
  const held = Promise.withResolvers<void>();
  shop.gate = held.promise;
  const early = rest(gateway, '/products/5');
  await eventually(() => expect(shop.reads()).toBe(1));
  shop.gate = undefined;
  expect((await rest(gateway, '/products/5', { method: 'PUT', body: JSON.stringify({ stock: 3 }) })).body.stock).toBe(3);
  expect(await stockOf(gateway)).toEqual({ stock: 3, cache: 'MISS' });
  held.resolve();
  expect((await early).body.stock).toBe(40);
  expect(await stockOf(gateway)).toEqual({ stock: 3, cache: 'HIT' });
});

test('public queries are kept, what is not declared is not, and a mutation over any way in is seen by the next read', async () => {
  const query = '{ product(id: 5) { name price { amount } } products { nodes { id } } }';
  expect((await graphql(gateway, query)).cache).toBe('MISS');
  const kept = await graphql(gateway, query);
  expect([kept.cache, kept.age, kept.body.data.product.name]).toEqual(['HIT', '0', 'Café 5']);
  expect((await graphql(gateway, '{ product(id: 5) { name } accounts }')).cache).toBeNull();
  expect((await graphql(gateway, '{ suppliers { name } }')).cache).toBeNull();
  const mutation = await graphql(gateway, 'mutation { updateProduct(id: 5, input: { name: "Thé" }) { __typename } }');
  expect([mutation.status, mutation.cache]).toEqual([200, null]);
  expect((await graphql(gateway, query)).body.data.product.name).toBe('Thé');
  expect((await rest(gateway, '/products/5')).body.nom).toBe('Thé');
  await rest(gateway, '/products/5', { method: 'PUT', body: JSON.stringify({ nom: 'Cacao' }) });
  expect((await graphql(gateway, query)).body.data.product.name).toBe('Cacao');
});

test('an error in an answer keeps it from being kept', async () => {
  const query = '{ product(id: 5) { name price { amount } } }';
  shop.products.get('5')!.name = null as never;
  for (let time = 0; time < 2; time++) {
    const { cache, body } = await graphql(gateway, query);
    expect([cache, body.errors?.length]).toEqual([null, 1]);
  }
  expect(shop.reads()).toBe(2);
});

test('an administrator may have it made afresh, a clerk may not', async () => {
  const headers = { 'cache-control': 'no-cache' };
  await rest(gateway, '/products/5', { key: 'clerk-key' });
  expect((await rest(gateway, '/products/5', { key: 'clerk-key', headers })).cache).toBe('HIT');
  await rest(gateway, '/products/5');
  shop.products.get('5')!.available = 1;
  expect((await rest(gateway, '/products/5', { headers })).body.stock).toBe(1);
  expect(await stockOf(gateway)).toEqual({ stock: 1, cache: 'HIT' });
});

test('the stock that a saga changed is seen once its event is heard, in the product and in the lists; other products stay', async () => {
  for (const path of ['/products/5', '/products/6', '/products']) await rest(gateway, path);
  shop.products.get('5')!.available = 7;
  await tellOfStock(5);
  await eventually(async () => expect(await stockOf(gateway)).toEqual({ stock: 7, cache: 'HIT' }), patienceMs);
  expect((await stockOf(gateway, '/products')).stock).toBe(7);
  expect((await stockOf(gateway, '/products/6')).cache).toBe('HIT');
});

test('without Redis, what is written at one gateway is old at the other as soon as the broker has told it', async () => {
  const one = gateway;
  const other = await hearingGateway();
  expect((await stockOf(other)).stock).toBe(40);
  expect((await stockOf(other)).cache).toBe('HIT');
  await rest(one, '/products/5', { method: 'PUT', body: JSON.stringify({ stock: 2 }) });
  await eventually(async () => expect((await stockOf(other)).stock).toBe(2), patienceMs);
  await rest(one, '/api/v1/cache/clear', { method: 'DELETE' });
  await eventually(async () => expect((await stockOf(other)).cache).toBe('MISS'), patienceMs);
});

test('while the broker is away answers are good for a second; when it is back, what happened meanwhile is not missed', {
  timeout: 3 * patienceMs,
}, async () => {
  await using proxy = await createTcpProxy(broker.url);
  const gateway = await hearingGateway({ amqpUrl: proxy.url });
  await rest(gateway, '/products/5');
  proxy.cut();
  await eventually(async () => expect(await health(gateway)).toContain('1000 ms'), patienceMs);
  shop.products.get('5')!.available = 9;
  await tellOfStock(5);
  await eventually(async () => expect((await stockOf(gateway)).stock).toBe(9), patienceMs);
  shop.products.get('5')!.available = 8;
  await tellOfStock(5);
  proxy.mend();
  await hears(gateway);
  expect((await stockOf(gateway)).stock).toBe(8);
  expect((await stockOf(gateway)).cache).toBe('HIT');
});

redisTest(
  'with Redis, the next read at the other gateway sees what was written at the first, over REST and GraphQL',
  { timeout: 3 * patienceMs },
  async () => {
    const redis = { url: testRedisUrl, keyPrefix: testKeyPrefix() };
    const one = await hearingGateway({ redis });
    const other = await hearingGateway({ redis });
    const query = '{ product(id: 5) { available } }';
    await rest(one, '/products/5');
    for (let round = 1; round <= 8; round++) {
      await rest(other, '/products/5');
      await graphql(other, query);
      await rest(one, '/products/5', { method: 'PUT', body: JSON.stringify({ stock: round }) });
      expect((await stockOf(other)).stock).toBe(round);
      expect((await graphql(other, query)).body.data.product.available).toBe(round);
      expect((await stockOf(one)).cache).toBe('HIT');
    }
    await rest(one, '/api/v1/cache/clear', { method: 'DELETE' });
    expect((await stockOf(other)).cache).toBe('MISS');
  },
);

redisTest('a Redis that goes away and comes back costs no request', { timeout: 4 * patienceMs }, async () => {
  await using proxy = await createTcpProxy(testRedisUrl);
  const gateway = await hearingGateway({ redis: { url: proxy.url, keyPrefix: testKeyPrefix() } });
  await rest(gateway, '/products/5');
  proxy.cut();
  await eventually(async () => expect(await health(gateway)).toContain('degraded'), patienceMs);
  expect((await rest(gateway, '/products/5')).status).toBe(200);
  await rest(gateway, '/products/5', { method: 'PUT', body: JSON.stringify({ stock: 4 }) });
  expect((await stockOf(gateway)).stock).toBe(4);
  proxy.mend();
  await eventually(async () => expect(await health(gateway)).toContain('"detail":"redis"'), patienceMs);
  expect((await stockOf(gateway)).stock).toBe(4);
});

test('stats tell exactly what the contract says, to those who may look; clearing is the administrator’s', async () => {
  const gateway = await hearingGateway();
  await rest(gateway, '/products/5');
  await rest(gateway, '/products/5');
  const stats = await rest(gateway, '/api/v1/cache/stats/');
  expect(stats.body).toEqual({ enabled: true, hits: 1, misses: 1, keys: 1, memory_used: expect.any(Number), connected_clients: 0 });
  expect(stats.body.memory_used).toBeGreaterThan(100);
  expect((await rest(gateway, '/api/v1/cache/stats', { key: 'clerk-key' })).status).toBe(403);
  expect((await rest(gateway, '/api/v1/cache/clear', { method: 'DELETE', key: 'clerk-key' })).status).toBe(403);
  expect((await rest(gateway, '/api/v1/cache/clear', { method: 'DELETE', key: 'nobody' })).status).toBe(401);
  const wrong = await rest(gateway, '/api/v1/cache/clear');
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'DELETE, OPTIONS']);
  const cleared = await rest(gateway, '/api/v1/cache/clear', { method: 'DELETE' });
  expect([cleared.status, cleared.body]).toEqual([204, undefined]);
  expect((await rest(gateway, '/api/v1/cache/stats')).body).toMatchObject({ keys: 0, memory_used: 0 });
  expect((await rest(gateway, '/products/5')).cache).toBe('MISS');
  const { paths } = (await rest(gateway, '/openapi.json')).body;
  expect(Object.keys(paths['/api/v1/cache/clear'].delete.responses).sort()).toEqual([
    '204',
    '401',
    '403',
    '413',
    '415',
    '429',
    '500',
    '503',
  ]);
});
