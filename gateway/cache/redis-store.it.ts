import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { createTcpProxy } from '@comptoir/platform/testing/tcp-proxy.ts';
import fc from 'fast-check';
import { expect } from 'vitest';
import { play, stepsFor } from '../testing/cache-interleavings.ts';
import { eventually } from '../testing/eventually.ts';
import { connectTestRedis, redisTest, type TestRedis, testKeyPrefix, testRedisUrl } from '../testing/redis.ts';
import { createResponseCache, type Question, type ResponseCache } from './response-cache.ts';

const patienceMs = 30_000;
const question = (key: string): Question => ({ type: 'rest', key, tags: ['shop', `thing:${key}`], ttlMs: 60_000 });
const making =
  (body: string, total: number | null = null) =>
  async () => ({ body, total });

interface Instance extends AsyncDisposable {
  readonly cache: ResponseCache;
  readonly redis: TestRedis;
  readonly told: (readonly string[])[];
}

/** A cache with a connection of its own, as another gateway has it. */
async function instance(keyPrefix: string, url = testRedisUrl): Promise<Instance> {
  const redis = await connectTestRedis({ keyPrefix, url });
  const deps = {
    redis: redis.link,
    metrics: createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false }),
    health: createHealth({ cacheMs: 0 }),
    log: createLog({ service: 'gateway', level: 'silent' }),
  };
  const cache = createResponseCache({ enabled: true }, deps);
  const told: (readonly string[])[] = [];
  cache.setHearing({ isHearing: () => true, tell: (tags) => void told.push(tags) });
  await eventually(async () => expect((await cache.report()).kind).toBe('redis'), patienceMs);
  return {
    cache,
    redis,
    told,
    async [Symbol.asyncDispose]() {
      cache.stop();
      await redis[Symbol.asyncDispose]();
    },
  };
}

redisTest('what one instance made another one gives, with its total and age, until either removes it', async () => {
  const prefix = testKeyPrefix();
  await using one = await instance(prefix);
  await using other = await instance(prefix);
  const body = JSON.stringify({ nom: 'Café\nKenya', prix: 12.5 });
  await one.cache.answer(question('a'), making(body, 7));
  expect(await other.cache.answer(question('a'), making('never'))).toMatchObject({ body, total: 7, state: 'HIT' });
  await other.cache.remove(['thing:a']);
  expect(await one.cache.answer(question('a'), making('2'))).toMatchObject({ body: '2', state: 'MISS', total: null });
  await one.cache.clear();
  expect((await other.cache.report()).keys).toBe(0);
  expect(await other.cache.answer(question('a'), making('3'))).toMatchObject({ body: '3', state: 'MISS' });
  expect(await other.cache.report()).toMatchObject({ kind: 'redis', keys: 1, connectedClients: expect.any(Number) });
  expect((await other.cache.report()).memoryUsedBytes).toBeGreaterThan(100_000);
  expect([...one.told, ...other.told]).toEqual([]);
});

redisTest('what an instance has read it gives without reading it again, until it is removed, made afresh or too old', async () => {
  const prefix = testKeyPrefix();
  await using one = await instance(prefix);
  await using other = await instance(prefix);
  const { link } = other.redis;
  const takeAway = () => link.run((client) => client.del(link.key(`cache:entry:a`)));
  await one.cache.answer(question('a'), making('1'));
  for (const { cache } of [one, other]) {
    await cache.answer(question('a'), making('never'));
    await takeAway();
    expect(await cache.answer(question('a'), making('never'))).toMatchObject({ body: '1', state: 'HIT' });
    await one.cache.answer({ ...question('a'), afresh: true }, making('1'));
  }
  expect(await other.cache.answer({ ...question('a'), afresh: true }, making('2'))).toMatchObject({ body: '2', state: 'BYPASS' });
  expect(await one.cache.answer(question('a'), making('never'))).toMatchObject({ body: '2', state: 'HIT' });
  await one.cache.answer({ ...question('a'), afresh: true }, making('3'));
  expect(await other.cache.answer(question('a'), making('never'))).toMatchObject({ body: '3', state: 'HIT' });
  await one.cache.remove(['thing:a']);
  expect(await other.cache.answer(question('a'), making('4'))).toMatchObject({ body: '4', state: 'MISS' });
  await other.cache.answer({ ...question('b'), ttlMs: 20 }, making('1'));
  await eventually(async () => expect(await other.cache.answer(question('b'), making('2'))).toMatchObject({ body: '2' }), patienceMs);
});

redisTest('equal questions at two instances at once are one making', { timeout: 2 * patienceMs }, async () => {
  const prefix = testKeyPrefix();
  await using one = await instance(prefix);
  await using other = await instance(prefix);
  const held = Promise.withResolvers<void>();
  let makings = 0;
  const make = async () => {
    makings++;
    await held.promise;
    return { body: '1', total: null };
  };
  const asked = [one, other].flatMap(({ cache }) => Array.from({ length: 100 }, () => cache.answer(question('a'), make)));
  await eventually(() => expect(makings).toBe(1), patienceMs);
  held.resolve();
  expect((await Promise.all(asked)).map(({ body }) => body)).toEqual(Array(200).fill('1'));
  expect(makings).toBe(1);
});

redisTest(
  'an instance that died while it made the answer holds the other one up for a while only',
  { timeout: 2 * patienceMs },
  async () => {
    const prefix = testKeyPrefix();
    await using one = await instance(prefix);
    await using other = await instance(prefix);
    void one.cache.answer(question('a'), () => new Promise(() => undefined));
    await eventually(async () => {
      const keys = await other.redis.link.run((client) => client.keys(`${prefix}cache:lock:*`));
      expect(keys).toHaveLength(1);
    }, patienceMs);
    expect(await other.cache.answer(question('a'), making('2'))).toMatchObject({ body: '2' });
  },
);

redisTest('a version that Redis had no room for makes the entries under it worthless, and nothing else', async () => {
  await using one = await instance(testKeyPrefix());
  const { link } = one.redis;
  await one.cache.answer(question('a'), making('1'));
  await one.cache.answer(question('b'), making('1'));
  await link.run((client) => client.del(link.key('cache:tag:thing:a')));
  expect(await one.cache.answer(question('a'), making('2'))).toMatchObject({ body: '2', state: 'MISS' });
  expect(await one.cache.answer(question('b'), making('2'))).toMatchObject({ body: '1', state: 'HIT' });
});

redisTest(
  'while Redis is away each instance keeps for itself and tells the others; once it is back nothing from before is given',
  { timeout: 3 * patienceMs },
  async () => {
    await using proxy = await createTcpProxy(testRedisUrl);
    const prefix = testKeyPrefix();
    await using cutOff = await instance(prefix, proxy.url);
    await using other = await instance(prefix);
    await cutOff.cache.answer(question('a'), making('before'));
    proxy.cut();
    await eventually(async () => expect((await cutOff.cache.report()).kind).toBe('memory'), patienceMs);
    expect(await cutOff.cache.answer(question('a'), making('meanwhile'))).toMatchObject({ body: 'meanwhile', state: 'MISS' });
    expect(await cutOff.cache.answer(question('a'), making('again'))).toMatchObject({ body: 'meanwhile', state: 'HIT' });
    await cutOff.cache.remove(['thing:a']);
    expect(await cutOff.cache.answer(question('a'), making('changed'))).toMatchObject({ body: 'changed', state: 'MISS' });
    // What the hearing of the other instance does with what it is told.
    expect(cutOff.told).toEqual([['thing:a']]);
    await other.cache.removeHere(cutOff.told[0]!);
    expect(await other.cache.answer(question('a'), making('changed'))).toMatchObject({ body: 'changed', state: 'MISS' });
    await other.cache.answer(question('b'), making('unremoved'));
    await cutOff.cache.remove(['thing:b']);
    proxy.mend();
    await eventually(async () => expect((await cutOff.cache.report()).kind).toBe('redis'), patienceMs);
    expect(await cutOff.cache.answer(question('b'), making('back'))).toMatchObject({ body: 'back', state: 'MISS' });
  },
);

redisTest(
  'whatever the order of asking, making, writing and removing at two instances: who asks after a write is told of it',
  { timeout: 4 * patienceMs },
  async () => {
    const prefix = testKeyPrefix();
    await using one = await instance(prefix);
    await using other = await instance(prefix);
    const turn = async () => {
      for (let pings = 0; pings < 3; pings++) await one.redis.link.run((client) => client.ping());
    };
    let hits = 0;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(stepsFor(2), async (steps) => {
        for (const each of await play([one.cache, other.cache], `key${run++}`, steps, turn)) {
          expect(each.told).toBeGreaterThanOrEqual(each.asked);
          if (each.state === 'HIT') hits++;
        }
      }),
      { numRuns: 60 },
    );
    expect(hits).toBeGreaterThan(0);
  },
);
