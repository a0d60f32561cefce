import type { Health } from '@comptoir/platform/health.ts';
import { anonymousCaller } from './auth/caller.ts';
import type { SubgraphSource } from './fetch/subgraph-source.ts';

/** Tells of each subgraph in the readiness report. None is critical: without one the gateway answers for the others. Returns how to stop telling. */
export function watchSubgraphs(sources: ReadonlyMap<string, SubgraphSource>, health: Health): () => Promise<void> {
  const forget = [...sources].map(([name, source]) =>
    health.register(
      `subgraph:${name}`,
      async (signal) => {
        const { errors } = await source.ask({ query: '{__typename}' }, { caller: anonymousCaller, signal });
        return errors?.length ? { state: 'degraded', detail: errors[0]!.message } : { state: 'up' };
      },
      { critical: false },
    ),
  );
  return async () => {
    for (const each of forget) each();
  };
}
