import { counterSeries, histogramSeries, seriesByLabels } from '@comptoir/platform/metric-series.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';

export type CacheOperation = 'get' | 'set' | 'remove' | 'clear';
export type KeptType = 'rest' | 'graphql';

/** What the cache counts of itself, under the names of the operations contract. */
export interface CacheMetrics {
  hit(type: KeptType): void;
  miss(type: KeptType): void;
  /** @param result ok, hit, miss, or unavailable where Redis was away */
  operation(operation: CacheOperation, result: string, seconds?: number): void;
  evicted(count?: number): void;
  expired(count?: number): void;
  hits(): number;
  misses(): number;
  hitRatio(): number;
}

/** Seconds. */
const latencyBuckets = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5];

/** @param sizeBytes asked when the metrics are collected; a rejection leaves the last figure standing */
export function createCacheMetrics(metrics: Metrics, sizeBytes: () => Promise<number>): CacheMetrics {
  const instance_id = metrics.instanceId;
  let hits = 0;
  let misses = 0;
  const hitRatio = () => (hits + misses === 0 ? 0 : hits / (hits + misses));
  const hitCounter = metrics.counter({ name: 'cache_hits_total', help: 'Answers that were kept and given again', labelNames: ['type'] });
  const missCounter = metrics.counter({ name: 'cache_misses_total', help: 'Answers that had to be made', labelNames: ['type'] });
  const operations = metrics.counter({
    name: 'cache_operations_total',
    help: 'What was done with the cache',
    labelNames: ['operation', 'result', 'instance_id'],
  });
  metrics.gauge({
    name: 'cache_hit_ratio',
    help: 'Share of hits since the start of the instance',
    labelNames: ['instance_id'],
    collect() {
      this.set({ instance_id }, hitRatio());
    },
  });
  const latency = metrics.histogram({
    name: 'cache_latency_seconds',
    help: 'Time the store took',
    labelNames: ['operation'],
    buckets: latencyBuckets,
  });
  metrics.gauge({
    name: 'cache_size_bytes',
    help: 'Memory of what is kept; with Redis, all that Redis uses',
    async collect() {
      // While Redis is away the figure stays what it was; its own metrics and the health report tell of it.
      const bytes = await sizeBytes().catch(() => null);
      if (bytes !== null) this.set(bytes);
    },
  });
  const evictions = metrics.counter({
    name: 'cache_evictions_total',
    help: 'Answers that made room for others, in the memory of this instance',
  });
  const expirations = metrics.counter({
    name: 'cache_expirations_total',
    help: 'Answers that were too old when they were asked for, in the memory of this instance',
  });
  const seriesOf = seriesByLabels((operation: CacheOperation, result: string) => ({
    count: counterSeries(operations, { operation, result, instance_id }),
    seconds: histogramSeries(latency, latencyBuckets, { operation }),
  }));
  const hitsOf = { rest: counterSeries(hitCounter, { type: 'rest' }), graphql: counterSeries(hitCounter, { type: 'graphql' }) };

  return {
    hit(type) {
      hits++;
      hitsOf[type].inc();
    },
    miss(type) {
      misses++;
      missCounter.inc({ type });
    },
    operation(operation, result, seconds) {
      const series = seriesOf(operation, result);
      series.count.inc();
      if (seconds !== undefined) series.seconds.observe(seconds);
    },
    evicted: (count = 1) => evictions.inc(count),
    expired: (count = 1) => expirations.inc(count),
    hits: () => hits,
    misses: () => misses,
    hitRatio,
  };
}
