import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { RedisLink } from '../redis/link.ts';
import type { LimitBackend } from './backend.ts';
import { createInsuredBackend } from './insured-backend.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { createRedisBackend } from './redis-backend.ts';

/** Together with the other gateways where there is a Redis, else in this process. */
export function createLimitBackend(redis: RedisLink | null, deps: { log: Log; metrics: Metrics }): LimitBackend {
  const own = createMemoryBackend();
  return redis ? createInsuredBackend(createRedisBackend(redis), own, deps) : own;
}
