import { createTcpProxy } from '@comptoir/platform/testing/tcp-proxy.ts';
import { expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { connectTestRedis, redisTest, testRedisUrl } from '../testing/redis.ts';
import { RedisAway } from './link.ts';

const patienceMs = 30_000;

redisTest('a command is answered, keys carry the prefix of the installation, and health says that Redis is there', async () => {
  await using redis = await connectTestRedis({ keyPrefix: 'test-of-link:' });
  const { link, health, metrics } = redis;
  expect(link.isReady()).toBe(true);
  expect(link.key('a')).toBe('test-of-link:a');
  expect(await link.run((client) => client.set(link.key('a'), '1', { expiration: { type: 'EX', value: 5 } }))).toBe('OK');
  expect(await link.run((client) => client.get(link.key('a')))).toBe('1');
  expect((await health.report()).dependencies.redis).toMatchObject({ state: 'up', critical: false });
  expect(await metrics.registry.metrics()).toContain('redis_link_up 1');
});

redisTest('an error that Redis answers is thrown as it is', async () => {
  await using redis = await connectTestRedis();
  const { link } = redis;
  await expect(link.run((client) => client.eval('return redis.error_reply("MINE of us")'))).rejects.toThrow('MINE of us');
  expect(link.isReady()).toBe(true);
});

redisTest('while the connection is cut commands fail at once; it comes back by itself', { timeout: 2 * patienceMs }, async () => {
  await using proxy = await createTcpProxy(testRedisUrl);
  await using redis = await connectTestRedis({ url: proxy.url });
  const { link, health, metrics } = redis;
  const changes: boolean[] = [];
  link.onChange((ready) => changes.push(ready));
  proxy.cut();
  await eventually(() => expect(link.isReady()).toBe(false), patienceMs);
  await expect(link.run((client) => client.get('a'))).rejects.toBeInstanceOf(RedisAway);
  expect((await health.report()).dependencies.redis).toMatchObject({ state: 'down', critical: false });
  expect(await metrics.registry.metrics()).toContain('redis_link_up 0');
  proxy.mend();
  await eventually(() => expect(link.isReady()).toBe(true), patienceMs);
  expect(await link.run((client) => client.get('a'))).toBeNull();
  expect(changes).toEqual([false, true]);
});

redisTest(
  'a server that does not answer costs one command its time limit, and the next ones nothing',
  { timeout: 2 * patienceMs },
  async () => {
    await using proxy = await createTcpProxy(testRedisUrl);
    await using redis = await connectTestRedis({ url: proxy.url, commandTimeoutMs: 100 });
    const { link } = redis;
    proxy.freeze();
    await expect(link.run((client) => client.get('a'))).rejects.toThrow('did not answer within 100 ms');
    expect(link.isReady()).toBe(false);
    await expect(link.run((client) => client.get('a'))).rejects.toThrow('Redis is away');
    proxy.thaw();
    await eventually(() => expect(link.isReady()).toBe(true), patienceMs);
    expect(await link.run((client) => client.get('a'))).toBeNull();
  },
);

test('without any Redis there the start goes on, and the link can be stopped', async () => {
  await using redis = await connectTestRedis({ url: 'redis://127.0.0.1:1' });
  expect(redis.link.isReady()).toBe(false);
  await expect(redis.link.run((client) => client.ping())).rejects.toBeInstanceOf(RedisAway);
});
