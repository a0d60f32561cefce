import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addressKey } from './address.ts';
import { createLimiter, hourMs, minuteMs } from './limiter.ts';
import { createMemoryBackend } from './memory-backend.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const limiterOf = (anonymousPerMinute?: number) => createLimiter({ anonymousPerMinute }, { backend: createMemoryBackend() });
const consumer = { kind: 'consumer', id: '1', limits: { perMinute: 3, perHour: 5 } } as const;
const address = (address: string) => ({ kind: 'address', address }) as const;

describe('a consumer', () => {
  test('is refused past its minute until the minute ends', async () => {
    const limiter = limiterOf();
    for (const remaining of [2, 1, 0]) expect(await limiter.charge(consumer)).toMatchObject({ allowed: true, limit: 3, remaining });
    vi.advanceTimersByTime(20_000);
    expect(await limiter.charge(consumer)).toMatchObject({ allowed: false, limit: 3, remaining: 0, retryMs: 40_000, resetMs: 40_000 });
    vi.advanceTimersByTime(40_000);
    expect(await limiter.charge(consumer)).toMatchObject({ allowed: true });
  });

  test('is refused past its hour, and is told of the hour as soon as it is nearer', async () => {
    const limiter = limiterOf();
    for (let request = 0; request < 3; request++) await limiter.charge(consumer);
    vi.advanceTimersByTime(minuteMs);
    expect(await limiter.charge(consumer)).toMatchObject({ allowed: true, limit: 5, remaining: 1, resetMs: hourMs - minuteMs });
    expect(await limiter.charge(consumer)).toMatchObject({ allowed: true, limit: 5, remaining: 0 });
    expect(await limiter.charge(consumer)).toMatchObject({ allowed: false, limit: 5, retryMs: hourMs - minuteMs });
    vi.advanceTimersByTime(hourMs - minuteMs);
    expect(await limiter.charge(consumer)).toMatchObject({ allowed: true });
  });

  test('does not spend its hour on requests that the minute refuses', async () => {
    const limiter = limiterOf();
    for (let request = 0; request < 50; request++) await limiter.charge(consumer);
    vi.advanceTimersByTime(minuteMs);
    expect(await limiter.charge(consumer)).toMatchObject({ allowed: true });
  });

  test('does not pay for another', async () => {
    const limiter = limiterOf();
    for (let request = 0; request < 5; request++) await limiter.charge(consumer);
    expect(await limiter.charge({ ...consumer, id: '2' })).toMatchObject({ allowed: true, remaining: 2 });
  });

  test('reads both of its windows in the policy', async () => {
    expect((await limiterOf().charge(consumer)).policy).toBe('"minute";q=3;w=60, "hour";q=5;w=3600');
  });
});

describe('an address', () => {
  test('has a bucket of 100 tokens that fills in 60 seconds', async () => {
    const limiter = limiterOf();
    for (let request = 1; request <= 100; request++) {
      expect(await limiter.charge(address('10.0.0.1'))).toMatchObject({ allowed: true, limit: 100, remaining: 100 - request });
    }
    expect(await limiter.charge(address('10.0.0.1'))).toMatchObject({ allowed: false, remaining: 0, retryMs: 600, resetMs: 60_000 });
    vi.advanceTimersByTime(600);
    expect(await limiter.charge(address('10.0.0.1'))).toMatchObject({ allowed: true, remaining: 0 });
    expect(await limiter.charge(address('10.0.0.1'))).toMatchObject({ allowed: false });
    vi.advanceTimersByTime(60_000);
    expect(await limiter.peek('10.0.0.1')).toMatchObject({ allowed: true, remaining: 100, resetMs: 0 });
  });

  test('loses nothing by being looked at', async () => {
    const limiter = limiterOf(2);
    for (let look = 0; look < 10; look++) expect(await limiter.peek('10.0.0.1')).toMatchObject({ remaining: 2 });
  });

  test('never gets more than the bucket and what flowed in, whatever the times', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 }), async (waits) => {
        let now = 0;
        const limiter = createLimiter({ anonymousPerMinute: 10 }, { backend: createMemoryBackend({ now: () => now }) });
        let allowed = 0;
        for (const wait of waits) {
          now += wait;
          if ((await limiter.charge(address('10.0.0.1'))).allowed) allowed += 1;
        }
        expect(allowed).toBeLessThanOrEqual(10 + now / 6_000);
      }),
    );
  });

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is counted under %s', (given, key) => {
    expect(addressKey(given)).toBe(key);
  });
});

describe('memory', () => {
  test('is bounded: of addresses the one that asked longest ago is forgotten', async () => {
    const limiter = createLimiter({ anonymousPerMinute: 2 }, { backend: createMemoryBackend({ maxKeys: 3 }) });
    for (const last of [1, 2, 3]) await limiter.charge(address(`10.0.0.${last}`));
    await limiter.charge(address('10.0.0.1'));
    await limiter.charge(address('10.0.0.4'));
    expect(await limiter.peek('10.0.0.1')).toMatchObject({ remaining: 0 });
    expect(await limiter.peek('10.0.0.2')).toMatchObject({ remaining: 2 });
  });

  test('is bounded: of consumers the one that asked longest ago begins anew', async () => {
    const limiter = createLimiter({}, { backend: createMemoryBackend({ maxKeys: 2 }) });
    const charge = (id: string) => limiter.charge({ ...consumer, id });
    await charge('1');
    await charge('2');
    await charge('3');
    expect(await charge('1')).toMatchObject({ remaining: 2 });
    expect(await charge('3')).toMatchObject({ remaining: 1 });
  });

  test('holds no timer once stopped', async () => {
    const limiter = limiterOf();
    await limiter.charge(consumer);
    await limiter.stop();
    expect(vi.getTimerCount()).toBe(0);
  });
});
