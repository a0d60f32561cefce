import './telemetry.ts';
import type { Health } from '@comptoir/platform/health.ts';
import { createHttpServer, type HttpServer } from '@comptoir/platform/http.ts';
import { createLifecycle } from '@comptoir/platform/lifecycle.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import { createApollo } from './apollo.ts';
import type { Authenticate } from './auth/authenticate.ts';
import { anonymousCaller } from './auth/caller.ts';
import { createCallerWatch } from './auth/caller-watch.ts';
import { createConsumerKeys, defaultConsumerKeys } from './auth/consumer-keys.ts';
import type { GatewayConfig } from './config.ts';
import { type GatewayContext, traceOf } from './context.ts';
import { createSubgraphSource, type SubgraphSource } from './fetch/subgraph-source.ts';
import { finiteNumbersRule } from './finite-numbers.ts';
import { createFormatError } from './format-error.ts';
import type { Graph, GraphResult } from './graph.ts';
import { createLimits } from './limits/limits.ts';
import { createGatewayMetrics } from './metrics.ts';
import { defaultOperationLimits, operationLimitRules } from './operation-limits.ts';
import { connectRedis } from './redis/link.ts';
import { registerRest } from './rest/register.ts';
import { watchSubgraphs } from './subgraph-health.ts';
import { createSubscriptionEngine } from './subscriptions/engine.ts';
import { createPrepare, type OperationRequest } from './subscriptions/prepare.ts';
import { createUpstreams } from './subscriptions/upstreams.ts';
import { loadSupergraphSdl } from './supergraph/load.ts';
import { buildSupergraph, type Supergraph } from './supergraph/supergraph.ts';
import { registerGraphqlRoutes } from './transports/graphql-route.ts';
import type { OperationRunner } from './transports/subscribe.ts';
import { registerWebSocket } from './transports/websocket.ts';
import { registerWebClient } from './web/client.ts';
import { registerExplorer } from './web/explorer.ts';

export interface GatewayDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Gateway extends Service {
  /** Where it answers, e.g. http://127.0.0.1:4000; throws before it has started. */
  url(): string;
}

const defaultSubgraphTimeoutMs = 15_000;
const defaultMaxSubscriptions = 10_000;
const maxSubgraphResponseBytes = 32 * 1024 * 1024;

/** The one door: federated graph, subscriptions, REST facade, explorers and web client on one port. */
export function createGateway(config: GatewayConfig, { log, metrics, health }: GatewayDeps): Gateway {
  const counters = createGatewayMetrics(metrics);
  const { production, keyCheckMs = defaultConsumerKeys.knownMs } = config;
  /** Undone in reverse order. */
  const undo: (() => Promise<void>)[] = [];
  let http: HttpServer | undefined;

  function createSources({ subgraphs }: Supergraph): ReadonlyMap<string, SubgraphSource> {
    const timeoutMs = config.subgraphTimeoutMs ?? defaultSubgraphTimeoutMs;
    const settings = { secret: config.secret, timeoutMs, maxResponseBytes: maxSubgraphResponseBytes };
    return new Map(
      [...subgraphs].map(([name, url]) => [name, createSubgraphSource({ ...settings, name, url }, { log, metrics: counters })]),
    );
  }

  function createAuthenticate(supergraph: Supergraph, sources: ReadonlyMap<string, SubgraphSource>): Authenticate {
    if (!config.auth) return async () => anonymousCaller;
    const owner = sources.get(supergraph.ownerOfQuery('consumerByApiKey') ?? '');
    if (!owner)
      throw new Error('The supergraph has no field Query.consumerByApiKey to check API keys with. Set AUTH=off to serve it to everybody.');
    return createConsumerKeys(owner, { ...defaultConsumerKeys, knownMs: keyCheckMs });
  }

  async function start(): Promise<void> {
    const supergraph = buildSupergraph(await loadSupergraphSdl(config));
    const sources = createSources(supergraph);
    undo.push(async () => void (await Promise.all([...sources.values()].map((source) => source.stop()))));
    const redis = config.redis ? await connectRedis(config.redis, { log, metrics, health }) : null;
    if (redis) undo.push(() => redis.stop());
    const formatError = createFormatError({ production, log });
    const authenticate = createAuthenticate(supergraph, sources);
    const callerWatch = createCallerWatch(keyCheckMs, authenticate);
    undo.push(async () => callerWatch.stop());

    const apollo = createApollo({ production }, { supergraph, sources, formatError, metrics: counters, log });
    await apollo.start();
    undo.push(() => apollo.stop());
    const execute = async (request: OperationRequest, context: GatewayContext): Promise<GraphResult> => {
      const { query, operationName, variables } = request;
      const { body } = await apollo.executeOperation(
        { query, operationName: operationName ?? undefined, variables: { ...variables } },
        { contextValue: context },
      );
      if (body.kind !== 'single') throw new Error('incremental delivery is not enabled');
      return { data: body.singleResult.data ?? null, errors: body.singleResult.errors };
    };

    const upstreams = createUpstreams({ secret: config.secret, urlOf: (service) => supergraph.subgraphs.get(service) ?? '' }, { log });
    undo.push(() => upstreams.stop());
    const runner: OperationRunner = {
      prepare: createPrepare(
        {
          maxTokens: defaultOperationLimits.tokens,
          rules: [...operationLimitRules(defaultOperationLimits, { tellLimits: !production }), finiteNumbersRule],
        },
        { supergraph, metrics: counters },
      ),
      engine: createSubscriptionEngine(
        { scope: config.shareSubscriptions ?? 'roles', maxPerConsumer: config.maxSubscriptionsPerConsumer ?? defaultMaxSubscriptions },
        { supergraph, sources, upstreams, metrics: counters, log, formatError },
      ),
      execute,
      formatError,
      metrics: counters,
    };

    const server = createHttpServer({ name: 'gateway', host: config.host, port: config.port, log, metrics, health });
    http = server;
    const limits = createLimits({}, { authenticate, metrics });
    undo.push(() => limits.stop());
    undo.push(() => server.stop());
    server.app.addHook('onRequest', limits.hook);
    const streams = registerGraphqlRoutes(server.app, {
      ...runner,
      apollo,
      callerOf: limits.callerOf,
      callerWatch,
      landingPage: !production,
    });
    registerWebSocket({ runner, http: server, schema: supergraph.schema, authenticate, callerWatch, log, metrics });
    server.onStop(() => streams.stop());
    registerRest(server.app, { graph: graphOf(execute, server), limits, log }, { schema: supergraph.schema });
    if (!production) registerExplorer(server.app, { demo: config.demo, defaultQuery: supergraph.snapshotFields.size > 0 });
    registerWebClient(server.app, config);
    undo.push(watchSubgraphs({ sources, urls: supergraph.subgraphs }, health));
    await server.start();
    log.info(
      { event: 'gateway_started', url: server.address().url, subgraphs: [...supergraph.subgraphs.keys()], auth: config.auth },
      'gateway started',
    );
  }

  async function stop(): Promise<void> {
    const faults: unknown[] = [];
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw new AggregateError(faults, 'the gateway did not stop in order');
  }

  const lifecycle = createLifecycle({ start, stop });
  return {
    name: 'gateway',
    start: lifecycle.start,
    stop: lifecycle.stop,
    url() {
      if (!http) throw new Error('the gateway has not started yet');
      return http.address().url;
    },
  };
}

/** The graph as the REST facade uses it. */
function graphOf(execute: (request: OperationRequest, context: GatewayContext) => Promise<GraphResult>, server: HttpServer): Graph {
  return {
    execute: ({ document, variables, operationName, principal, signal, headers }) =>
      execute({ query: document, variables, operationName }, { caller: principal, signal, trace: headers && traceOf(headers) }),
    ready: () => !server.isStopping(),
  };
}
