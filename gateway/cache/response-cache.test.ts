import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { play, stepsFor } from '../testing/cache-interleavings.ts';
import { createResponseCache, type Hearing, type Question, type ResponseCacheConfig, unheardMs } from './response-cache.ts';

function setUp({ isHearing = true, ...config }: Partial<ResponseCacheConfig> & { isHearing?: boolean } = {}) {
  const metrics = createMetrics({ service: 'gateway', instanceId: 'one', processMetrics: false });
  const health = createHealth({ cacheMs: 0 });
  const log = createLog({ service: 'gateway', level: 'silent' });
  const cache = createResponseCache({ enabled: true, ...config }, { redis: null, metrics, health, log });
  const state = { isHearing };
  const told: (readonly string[])[] = [];
  const hearing: Hearing = { isHearing: () => state.isHearing, tell: (tags) => void told.push(tags) };
  cache.setHearing(hearing);
  return { cache, metrics, health, state, told };
}
const question = (key: string, more: Partial<Question> = {}): Question => ({
  type: 'rest',
  key,
  tags: ['shop', `thing:${key}`],
  ttlMs: 60_000,
  ...more,
});
const made = (body: string) => vi.fn(async () => ({ body, total: null }));

test('an answer is made once and given again, with its age, until what it is about is removed', async () => {
  const { cache, told } = setUp();
  const first = made('1');
  expect(await cache.answer(question('a'), first)).toEqual({ body: '1', total: null, state: 'MISS', ageSeconds: 0 });
  expect(await cache.answer(question('a'), first)).toMatchObject({ body: '1', state: 'HIT' });
  expect(first).toHaveBeenCalledTimes(1);
  await cache.remove(['thing:b']);
  expect((await cache.answer(question('a'), first)).state).toBe('HIT');
  await cache.remove(['thing:a', 'thing:*']);
  expect(await cache.answer(question('a'), made('2'))).toMatchObject({ body: '2', state: 'MISS' });
  await cache.remove(['shop']);
  expect(await cache.answer(question('a'), made('3'))).toMatchObject({ body: '3', state: 'MISS' });
  // The other instances are told, for nothing is shared with them.
  expect(told).toEqual([['thing:b'], ['thing:a', 'thing:*'], ['shop']]);
  await cache.clear();
  expect(await cache.answer(question('a'), made('4'))).toMatchObject({ body: '4', state: 'MISS' });
  expect(told.at(-1)).toEqual(['*']);
});

test('200 equal questions at once are one making; who asks after a removal does not join it', async () => {
  const { cache } = setUp();
  const held: ((body: string) => void)[] = [];
  const make = vi.fn(() => new Promise<{ body: string; total: null }>((resolve) => held.push((body) => resolve({ body, total: null }))));
  const early = Array.from({ length: 200 }, () => cache.answer(question('a'), make));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  await cache.remove(['thing:a']);
  const late = cache.answer(question('a'), make);
  await vi.waitFor(() => expect(held).toHaveLength(2));
  held[1]?.('new');
  held[0]?.('old');
  expect((await Promise.all(early)).every(({ body, state }) => body === 'old' && state === 'MISS')).toBe(true);
  expect((await late).body).toBe('new');
  expect(make).toHaveBeenCalledTimes(2);
  // What was begun before the removal was finished last, and is not what is kept.
  expect(await cache.answer(question('a'), make)).toMatchObject({ body: 'new', state: 'HIT' });
});

test('what fails is told to all who wait for it, and kept by nobody', async () => {
  const { cache } = setUp();
  const failing = vi.fn(async () => Promise.reject(new Error('down')));
  const outcomes = await Promise.allSettled([cache.answer(question('a'), failing), cache.answer(question('a'), failing)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(failing).toHaveBeenCalledTimes(1);
  expect((await cache.answer(question('a'), made('1'))).state).toBe('MISS');
});

test('who asks for it afresh is given no kept answer, and what was made for him is kept', async () => {
  const { cache } = setUp();
  await cache.answer(question('a'), made('1'));
  expect(await cache.answer(question('a', { afresh: true }), made('2'))).toMatchObject({ body: '2', state: 'BYPASS' });
  expect(await cache.answer(question('a'), made('3'))).toMatchObject({ body: '2', state: 'HIT' });
});

test('those who ask for it afresh at once share one making, and none that was begun before a removal', async () => {
  const { cache } = setUp();
  const held: ((body: string) => void)[] = [];
  const make = vi.fn(() => new Promise<{ body: string; total: null }>((resolve) => held.push((body) => resolve({ body, total: null }))));
  const early = [1, 2, 3].map(() => cache.answer(question('a', { afresh: true }), make));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  await cache.remove(['thing:a']);
  const late = cache.answer(question('a', { afresh: true }), make);
  await vi.waitFor(() => expect(held).toHaveLength(2));
  held[0]?.('old');
  held[1]?.('new');
  expect((await Promise.all(early)).map(({ body, state }) => `${state} ${body}`)).toEqual(Array(3).fill('BYPASS old'));
  expect(await late).toMatchObject({ body: 'new', state: 'BYPASS' });
  expect(await cache.answer(question('a'), make)).toMatchObject({ body: 'new', state: 'HIT' });
});

test('an answer ends with its time, and after a second already where nobody tells of changes', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const { cache, state, metrics } = setUp();
    await cache.answer(question('a', { ttlMs: 5_000 }), made('1'));
    vi.advanceTimersByTime(4_999);
    expect(await cache.answer(question('a', { ttlMs: 5_000 }), made('2'))).toMatchObject({ body: '1', state: 'HIT', ageSeconds: 4 });
    vi.advanceTimersByTime(1);
    expect(await cache.answer(question('a', { ttlMs: 5_000 }), made('2'))).toMatchObject({ body: '2', state: 'MISS' });
    expect(await metrics.registry.metrics()).toContain('cache_expirations_total 1');
    state.isHearing = false;
    vi.advanceTimersByTime(unheardMs - 1);
    expect(await cache.answer(question('a'), made('3'))).toMatchObject({ body: '2', state: 'HIT' });
    vi.advanceTimersByTime(1);
    expect(await cache.answer(question('a'), made('3'))).toMatchObject({ body: '3', state: 'MISS' });
  } finally {
    vi.useRealTimers();
  }
});

test('the memory is bounded by entries and by bytes: what was used longest ago goes, and what is too large is not kept', async () => {
  const { cache, metrics } = setUp({ memory: { maxEntries: 3, maxBytes: 30_000 } });
  const body = 'x'.repeat(1_000);
  for (const key of ['a', 'b', 'c', 'a', 'd']) await cache.answer(question(key), made(body));
  expect((await cache.report()).keys).toBe(3);
  expect((await cache.answer(question('a'), made(body))).state).toBe('HIT');
  expect((await cache.answer(question('b'), made(body))).state).toBe('MISS');
  await cache.answer(question('long'), made('x'.repeat(7_000)));
  const { keys, memoryUsedBytes } = await cache.report();
  expect([keys, memoryUsedBytes <= 30_000]).toEqual([1, true]);
  await cache.answer(question('longer'), made('x'.repeat(20_000)));
  expect((await cache.answer(question('longer'), made('x'))).state).toBe('MISS');
  expect(await metrics.registry.metrics()).toMatch(/cache_evictions_total [1-9]/);
});

test('metrics and health tell what it does', async () => {
  const { cache, metrics, health, state } = setUp();
  await cache.answer(question('a'), made('1'));
  await cache.answer(question('a'), made('1'));
  const text = await metrics.registry.metrics();
  for (const line of [
    'cache_hits_total{type="rest"} 1',
    'cache_misses_total{type="rest"} 1',
    'cache_operations_total{operation="get",result="hit",instance_id="one"} 1',
    'cache_operations_total{operation="set",result="ok",instance_id="one"} 1',
    'cache_hit_ratio{instance_id="one"} 0.5',
    'cache_latency_seconds_count{operation="get"} 2',
    'cache_evictions_total 0',
    'cache_expirations_total 0',
  ])
    expect(text).toContain(line);
  expect(text).toMatch(/cache_size_bytes [1-9]/);
  expect(await cache.report()).toMatchObject({
    kind: 'memory',
    enabled: true,
    hits: 1,
    misses: 1,
    hitRatio: 0.5,
    keys: 1,
    connectedClients: 0,
  });
  expect((await health.report()).dependencies.cache).toMatchObject({ state: 'up', detail: 'memory' });
  state.isHearing = false;
  expect((await health.report()).dependencies.cache?.detail).toContain('1000 ms');
});

test('switched off, it makes every answer', async () => {
  const { cache } = setUp({ enabled: false });
  await cache.answer(question('a'), made('1'));
  expect(await cache.answer(question('a'), made('2'))).toMatchObject({ body: '2', state: 'BYPASS' });
  expect((await cache.report()).enabled).toBe(false);
});

test('whatever the order of asking, making, writing and removing: who asks after a write is told of it', async () => {
  const hits = { count: 0 };
  await fc.assert(
    fc.asyncProperty(stepsFor(1), async (steps) => {
      const { cache } = setUp();
      const told = await play([cache], 'a', steps, () => new Promise((resolve) => setImmediate(resolve)));
      for (const each of told) {
        expect(each.told).toBeGreaterThanOrEqual(each.asked);
        if (each.state === 'HIT') hits.count++;
      }
    }),
    { numRuns: 300 },
  );
  // Else it would hold of no cache at all.
  expect(hits.count).toBeGreaterThan(0);
});
