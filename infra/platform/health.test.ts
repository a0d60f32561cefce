import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHealth } from './health.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const up = async () => ({ state: 'up' as const });
const down = async () => ({ state: 'down' as const, detail: 'no route' });

describe('health', () => {
  it('goes from starting to ready to stopping', async () => {
    const health = createHealth();
    expect(await health.report()).toEqual({ status: 'starting', ready: false, dependencies: {} });
    health.started();
    expect(await health.report()).toMatchObject({ status: 'ready', ready: true });
    health.stopping();
    health.started();
    expect(await health.report()).toMatchObject({ status: 'stopping', ready: false });
  });

  it('is not ready while a critical dependency is down', async () => {
    const health = createHealth();
    health.started();
    health.register('database', down, { critical: true });
    expect(await health.report()).toMatchObject({
      status: 'unavailable',
      ready: false,
      dependencies: { database: { state: 'down', critical: true, detail: 'no route', latencyMs: expect.any(Number) } },
    });
  });

  it('stays ready and says so while another dependency is down', async () => {
    const health = createHealth();
    health.started();
    health.register('database', up, { critical: true });
    health.register('broker', down, { critical: false });
    expect(await health.report()).toMatchObject({ status: 'degraded', ready: true, dependencies: { broker: { state: 'down' } } });
  });

  it('asks anew how critical a dependency is, once it knows how all are', async () => {
    const health = createHealth({ cacheMs: 0 });
    health.started();
    let reached = false;
    health.register('one', down, { critical: () => !reached });
    health.register('other', async () => ({ state: reached ? 'up' : 'down' }), { critical: false });
    expect(await health.report()).toMatchObject({ ready: false, dependencies: { one: { critical: true } } });
    reached = true;
    vi.advanceTimersByTime(1);
    expect(await health.report()).toMatchObject({ status: 'degraded', dependencies: { one: { state: 'down', critical: false } } });
  });

  it('takes a check that throws for down, and shows no password', async () => {
    const health = createHealth();
    health.register('database', () => Promise.reject(new Error('cannot reach postgres://u:hunter2@db')), { critical: true });
    const { database } = (await health.report()).dependencies;
    expect(database).toMatchObject({ state: 'down', detail: 'cannot reach postgres://u:***@db' });
  });

  it('takes a check that does not answer for down after a second, and aborts it', async () => {
    const health = createHealth();
    let signal: AbortSignal | undefined;
    health.register(
      'broker',
      (given) => {
        signal = given;
        return new Promise(() => undefined);
      },
      { critical: false },
    );
    const report = health.report();
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await report).dependencies.broker).toMatchObject({ state: 'down', detail: 'no answer within 1000 ms' });
    expect(signal?.aborted).toBe(true);
  });

  it('looks once for many callers, and again only after a second', async () => {
    const health = createHealth();
    const check = vi.fn(up);
    health.register('database', check, { critical: true });
    await Promise.all([health.report(), health.report()]);
    await health.report();
    expect(check).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_001);
    await health.report();
    expect(check).toHaveBeenCalledTimes(2);
  });
});
