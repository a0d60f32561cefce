import type { EdgeReport } from '@comptoir/schema/edge-report.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import type { Limits } from '../limits/limits.ts';
import type { SubscriptionEngine } from '../subscriptions/engine.ts';
import type { Generation } from '../supergraph/generation.ts';

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
