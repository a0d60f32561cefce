import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import type { Log } from '@comptoir/platform/log.ts';
import { GraphQLError, type GraphQLFormattedError, type ValidationRule } from 'graphql';
import { cachePlugin } from './cache/apollo-plugin.ts';
import type { ResponseCache } from './cache/response-cache.ts';
import type { GatewayContext } from './context.ts';
import type { CompiledOperations } from './execution/compiled-operations.ts';
import { compilingGateway } from './execution/compiling-gateway.ts';
import type { SubgraphSource } from './fetch/subgraph-source.ts';
import type { OperationGuardConfig } from './guards/check-operation.ts';
import { operationGuards } from './guards/guards.ts';
import type { FieldLimiter } from './limits/field-limiter.ts';
import type { GatewayMetrics } from './metrics.ts';
import type { PlanCache } from './plan-cache.ts';
import type { RecentOperations } from './supergraph/recent-operations.ts';
import type { Supergraph } from './supergraph/supergraph.ts';

export interface ApolloConfig {
  readonly production: boolean;
  /** Besides those of the specification. */
  readonly rules: readonly ValidationRule[];
  readonly guard: OperationGuardConfig;
}

export interface ApolloDeps {
  readonly supergraph: Supergraph;
  readonly sources: ReadonlyMap<string, SubgraphSource>;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  readonly metrics: GatewayMetrics;
  /** Where the plans of queries and mutations are kept. */
  readonly plans: PlanCache;
  readonly operations: CompiledOperations;
  readonly recent: Pick<RecentOperations, 'note'>;
  readonly cache: ResponseCache;
  /** Limits to single fields of the root. */
  readonly fields: FieldLimiter;
  readonly log: Log;
}

/** More faults of one operation are not told. */
const maxValidationErrors = 20;

/** Apollo Server on Apollo's gateway, for queries and mutations, most of which are compiled (execution/). */
export function createApollo({ production, rules, guard }: ApolloConfig, deps: ApolloDeps): ApolloServer<GatewayContext> {
  const { supergraph, sources, formatError, plans, log } = deps;
  // The gateway tells of its start and of its subgraphs' addresses at info; our own log says what matters.
  const logger = { debug: () => undefined, info: () => undefined, warn: log.warn.bind(log), error: log.error.bind(log) };
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    buildService: ({ name }) => sources.get(name)!,
    logger,
    queryPlannerConfig: { cache: plans },
    // Else a header would show it to anybody wherever NODE_ENV does not say production.
    __exposeQueryPlanExperimental: !production,
  });
  const server: ApolloServer<GatewayContext> = new ApolloServer<GatewayContext>({
    gateway: compilingGateway(gateway, deps),
    logger,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    validationRules: [...rules],
    validationOptions: { maxErrors: maxValidationErrors },
    parseOptions: { maxTokens: guard.limits.tokens },
    // Digests are made texts before a request gets here (persisted/).
    persistedQueries: false,
    formatError,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      production ? ApolloServerPluginLandingPageDisabled() : ApolloServerPluginLandingPageLocalDefault({ footer: false }),
      refuseSubscriptions,
      observeOperations(deps),
      cachePlugin(deps.cache, supergraph),
      ...operationGuards(guard, {
        fields: deps.fields,
        runAgain: (request, contextValue) => server.executeOperation(request, { contextValue }),
      }),
    ],
  });
  return server;
}

const refuseSubscriptions: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== 'subscription') return;
        throw new GraphQLError(
          'Subscriptions are answered on this same address over WebSocket (subprotocol graphql-transport-ws) or as server-sent events (Accept: text/event-stream)',
          { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
        );
      },
    };
  },
};

function observeOperations({ metrics, recent }: Pick<ApolloDeps, 'metrics' | 'recent'>): ApolloServerPlugin<GatewayContext> {
  return {
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async willSendResponse({ operation, operationName, errors, request, source, queryHash }) {
          if (!operation) return;
          if (source && queryHash) recent.note(queryHash, { query: source, operationName: request.operationName ?? undefined });
          const seconds = (performance.now() - startedAt) / 1000;
          metrics.operation({ name: operationName ?? null, type: operation.operation, failed: (errors?.length ?? 0) > 0, seconds });
        },
      };
    },
  };
}
