import type { CacheReport, ResponseCache } from '../cache/response-cache.ts';
import type { UpstreamReport } from '../fetch/subgraph-source.ts';
import type { Limits } from '../limits/limits.ts';
import type { ConsumerUsage } from '../limits/usage.ts';
import type { SubscriptionEngine, SubscriptionReport } from '../subscriptions/engine.ts';
import type { Generation } from '../supergraph/generation.ts';

/** What one gateway knows of itself that no subgraph does. */
export interface EdgeReport {
  /** Which instance tells. */
  readonly instance: string;
  /** Of the supergraph that it serves. */
  readonly version: string;
  readonly upstreams: readonly UpstreamReport[];
  readonly cache: CacheReport;
  /** Those that asked this instance of late, the last one first. */
  readonly consumers: readonly ConsumerUsage[];
  readonly subscriptions: SubscriptionReport;
}

export interface EdgeReportDeps {
  readonly instance: string;
  readonly generation: () => Pick<Generation, 'version' | 'sources'>;
  readonly cache: Pick<ResponseCache, 'report'>;
  readonly limits: Pick<Limits, 'report'>;
  readonly engine: Pick<SubscriptionEngine, 'report'>;
}

export function createEdgeReport({ instance, generation, cache, limits, engine }: EdgeReportDeps): () => Promise<EdgeReport> {
  return async () => {
    const { version, sources } = generation();
    return {
      instance,
      version,
      upstreams: [...sources.values()].map((source) => source.report()),
      cache: await cache.report(),
      consumers: limits.report(),
      subscriptions: engine.report(),
    };
  };
}
