import { createLog } from '@comptoir/platform/log.ts';
import { createTcpProxy } from '@comptoir/platform/testing/tcp-proxy.ts';
import { expect } from 'vitest';
import { post } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { connectTestRedis, redisTest, testKeyPrefix, testRedisUrl } from '../testing/redis.ts';
import { startTestShop } from '../testing/shop.ts';
import { createInsuredBackend } from './insured-backend.ts';
import { createLimiter } from './limiter.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { createRedisBackend } from './redis-backend.ts';

const patienceMs = 30_000;
const consumer = { kind: 'consumer', id: '1', limits: { perMinute: 50, perHour: 1_000 } } as const;
const address = { kind: 'address', address: '192.0.2.1' } as const;

redisTest('gateways that count at the same moment let through exactly what the limit allows', async () => {
  await using one = await connectTestRedis({ keyPrefix: testKeyPrefix() });
  await using other = await connectTestRedis({ keyPrefix: one.link.key('') });
  const limiters = [one, other].map(({ link }) => createLimiter({ anonymousPerMinute: 20 }, { backend: createRedisBackend(link) }));
  const charge = (payer: typeof consumer | typeof address, times: number) =>
    Promise.all(Array.from({ length: times }, (_, request) => limiters[request % 2]!.charge(payer)));

  const ofConsumer = await charge(consumer, 120);
  expect(ofConsumer.filter(({ allowed }) => allowed)).toHaveLength(50);
  expect(ofConsumer.at(-1)).toMatchObject({ remaining: 0, limit: 50, minute: { used: 50 } });
  // A token comes back every three seconds.
  expect((await charge(address, 60)).filter(({ allowed }) => allowed).length).toBeOneOf([20, 21]);
});

redisTest('a window ends by itself, and a refused minute is not counted against the hour', async () => {
  await using redis = await connectTestRedis();
  const backend = createRedisBackend(redis.link);
  const windows = [
    { key: 'short', windowMs: 300, limit: 2 },
    { key: 'long', windowMs: 60_000, limit: 10 },
  ];
  for (let request = 0; request < 5; request++) await backend.count(windows);
  await eventually(async () => expect((await backend.count(windows))[0]?.used).toBeLessThanOrEqual(2));
  const [, long] = await backend.count([{ key: 'unrelated', windowMs: 60_000, limit: 1 }, windows[1]!]);
  expect(long?.used).toBeLessThanOrEqual(2 + 2 + 1);
  expect(long?.resetMs).toBeGreaterThan(0);
  expect(long?.resetMs).toBeLessThanOrEqual(60_000);
});

redisTest('while Redis is away an instance counts by itself, says so, and counts together again', { timeout: 2 * patienceMs }, async () => {
  await using proxy = await createTcpProxy(testRedisUrl);
  await using redis = await connectTestRedis({ url: proxy.url });
  const { link, metrics } = redis;
  const log = createLog({ service: 'gateway', level: 'silent' });
  const backend = createInsuredBackend(createRedisBackend(link), createMemoryBackend(), { log, metrics });
  const limiter = createLimiter({}, { backend });
  const few = { ...consumer, limits: { perMinute: 3, perHour: 10 } };
  expect(await limiter.charge(few)).toMatchObject({ remaining: 2 });
  proxy.cut();
  await eventually(() => expect(link.isReady()).toBe(false), patienceMs);
  for (const remaining of [2, 1, 0]) expect(await limiter.charge(few)).toMatchObject({ allowed: true, remaining });
  expect(await limiter.charge(few)).toMatchObject({ allowed: false });
  expect(await metrics.registry.metrics()).toContain('rate_limit_alone 1');
  proxy.mend();
  await eventually(() => expect(link.isReady()).toBe(true), patienceMs);
  expect(await limiter.charge(few)).toMatchObject({ allowed: true, remaining: 1 });
  expect(await metrics.registry.metrics()).toContain('rate_limit_alone 0');
  await backend.stop();
});

redisTest('two gateways share the limits of a consumer, and each answer carries the figures', async () => {
  const redis = { url: testRedisUrl, keyPrefix: testKeyPrefix() };
  await using one = await startTestShop({ redis });
  await using other = await startTestShop({ redis });
  const headers = { 'x-api-key': 'few-key' };
  const statuses: number[] = [];
  for (const shop of [one, other, one, other, one, other]) {
    const answer = await post(shop, { query: '{ __typename }' }, headers);
    statuses.push(answer.status);
    expect(answer.headers.get('ratelimit-limit')).toBe('5');
    if (answer.status === 429) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(answer.body.errors[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    }
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
});

redisTest('two gateways share the limits of single fields', async () => {
  const fieldLimits = [{ field: 'Mutation.rename', by: { argument: 'sku' }, max: 5, windowMs: 600_000 }];
  const redis = { url: testRedisUrl, keyPrefix: testKeyPrefix() };
  await using one = await startTestShop({ redis, fieldLimits });
  await using other = await startTestShop({ redis, fieldLimits });
  const query = `mutation { ${['a', 'b', 'c'].map((alias) => `${alias}: rename(sku: "S", name: "x") { sku }`).join(' ')} }`;
  expect((await post(one, { query })).body.errors).toBeUndefined();
  const { body } = await post(other, { query });
  expect(body.data).toEqual({ a: { sku: 'S' }, b: { sku: 'S' }, c: null });
  expect(body.errors).toEqual([
    expect.objectContaining({ path: ['c'], extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }),
  ]);
});
