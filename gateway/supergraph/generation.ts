import { createHash } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import type { Log } from '@comptoir/platform/log.ts';
import type { GraphQLFormattedError } from 'graphql';
import { createApollo } from '../apollo.ts';
import type { ResponseCache } from '../cache/response-cache.ts';
import type { GatewayContext } from '../context.ts';
import { createCompiledOperations } from '../execution/compiled-operations.ts';
import { createPreparedOperations, type PreparedOperations } from '../execution/prepared-operations.ts';
import { createUsualOperations, type UsualOperations } from '../execution/usual-operations.ts';
import type { SubgraphSource } from '../fetch/subgraph-source.ts';
import { finiteNumbersRule } from '../finite-numbers.ts';
import { createKnownCosts } from '../guards/known-costs.ts';
import type { FieldLimiter } from '../limits/field-limiter.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { defaultOperationLimits, operationLimitRules } from '../operation-limits.ts';
import { createPlanCache, type PlanCache } from '../plan-cache.ts';
import { createPrepare, type OperationRequest, type Prepared } from '../subscriptions/prepare.ts';
import type { RecentOperations } from './recent-operations.ts';
import type { SourcePool } from './source-pool.ts';
import { buildSupergraph, type Supergraph } from './supergraph.ts';

/** Everything that depends on one version of the supergraph. It is replaced as a whole; what it began it finishes. */
export interface Generation {
  /** Tells versions apart: the beginning of the digest of the supergraph's text. */
  readonly version: string;
  readonly supergraph: Supergraph;
  /** By the subgraph's name. One whose address is the same in the next version is the same source there. */
  readonly sources: ReadonlyMap<string, SubgraphSource>;
  /** Queries and mutations, however they are asked for. */
  readonly apollo: ApolloServer<GatewayContext>;
  /** Those that are run without Apollo Server. */
  readonly prepared: PreparedOperations;
  /** The same, as clients ask for them by HTTP. */
  readonly usual: UsualOperations;
  /** Of queries and mutations. */
  readonly plans: PlanCache;
  /** Reads requests and plans subscriptions. */
  readonly prepare: (request: OperationRequest) => Prepared;
  /** The subgraph that knows API keys; only where callers are asked who they are. */
  readonly keysOwner: SubgraphSource | undefined;
  /** Only once nothing of it runs any more. */
  stop(): Promise<void>;
}

export interface GenerationConfig {
  readonly production: boolean;
  readonly auth: boolean;
}

export interface GenerationDeps {
  readonly pool: SourcePool;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly metrics: GatewayMetrics;
  readonly recent: RecentOperations;
  readonly cache: ResponseCache;
  readonly fields: FieldLimiter;
  readonly log: Log;
}

export function versionOf(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex').slice(0, 12);
}

/**
 * Makes all that one supergraph needs, ready to serve.
 * @throws Error saying what is wrong with the supergraph. Nothing of it is left behind then.
 */
export async function createGeneration(sdl: string, { production, auth }: GenerationConfig, deps: GenerationDeps): Promise<Generation> {
  const supergraph = buildSupergraph(sdl);
  const { sources, release } = deps.pool.acquire(supergraph.subgraphs);
  try {
    const keysOwner = auth ? ownerOfKeys(supergraph, sources) : undefined;
    const judged = {
      guard: { limits: defaultOperationLimits, tellLimits: !production, costOf: createKnownCosts() },
      rules: [...operationLimitRules(defaultOperationLimits, { tellLimits: !production }), finiteNumbersRule],
    };
    const prepare = createPrepare({ ...judged, maxTokens: defaultOperationLimits.tokens }, { supergraph, metrics: deps.metrics });
    const plans = createPlanCache(deps.metrics);
    const operations = createCompiledOperations({ supergraph, plans, metrics: deps.metrics });
    const apollo = createApollo({ production, ...judged }, { ...deps, supergraph, sources, plans, operations });
    const prepared = createPreparedOperations(judged, { ...deps, supergraph, sources, operations });
    const usual = createUsualOperations({ ...deps, supergraph, prepared });
    await apollo.start();
    return {
      version: versionOf(sdl),
      supergraph,
      sources,
      apollo,
      prepared,
      usual,
      plans,
      prepare,
      keysOwner,
      async stop() {
        await apollo.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function ownerOfKeys(supergraph: Supergraph, sources: ReadonlyMap<string, SubgraphSource>): SubgraphSource {
  const owner = sources.get(supergraph.ownerOfQuery('consumerByApiKey') ?? '');
  if (!owner)
    throw new Error('The supergraph has no field Query.consumerByApiKey to check API keys with. Set AUTH=off to serve it to everybody.');
  return owner;
}
