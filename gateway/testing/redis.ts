import { randomUUID } from 'node:crypto';
import { createHealth, type Health } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics, type Metrics } from '@comptoir/platform/metrics.ts';
import { test } from 'vitest';
import { connectRedis, type RedisConfig, type RedisLink } from '../redis/link.ts';

/** The Redis of the tests. Where there is none, `npm test` says so at its start, and what is declared with `redisTest` is skipped. */
export const testRedisUrl = process.env.TEST_REDIS_URL ?? '';

export const redisTest = test.skipIf(testRedisUrl === '');

/** Keys of one test only. */
export const testKeyPrefix = () => `test-${randomUUID()}:`;

export interface TestRedis extends AsyncDisposable {
  readonly link: RedisLink;
  readonly metrics: Metrics;
  readonly health: Health;
}

/** A link as a gateway has it, to keys of its own unless told otherwise. */
export async function connectTestRedis(overrides: Partial<RedisConfig> = {}): Promise<TestRedis> {
  const metrics = createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false });
  const health = createHealth({ cacheMs: 0 });
  const log = createLog({ service: 'gateway', level: process.env.TEST_LOG ?? 'silent' });
  const link = await connectRedis({ url: testRedisUrl, keyPrefix: testKeyPrefix(), ...overrides }, { log, metrics, health });
  return { link, metrics, health, [Symbol.asyncDispose]: () => link.stop() };
}
