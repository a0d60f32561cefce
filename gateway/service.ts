import './telemetry.ts';
import type { Health } from '@comptoir/platform/health.ts';
import { createHttpServer, type HttpServer } from '@comptoir/platform/http.ts';
import { createLifecycle } from '@comptoir/platform/lifecycle.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { Service } from '@comptoir/platform/service.ts';
import type { Authenticate } from './auth/authenticate.ts';
import { createAuthentication } from './auth/authentication.ts';
import { anonymousCaller } from './auth/caller.ts';
import { createCallerWatch } from './auth/caller-watch.ts';
import { defaultConsumerKeys } from './auth/consumer-keys.ts';
import { startCache } from './cache/start.ts';
import type { GatewayConfig } from './config.ts';
import { type GatewayContext, traceOf } from './context.ts';
import { createEdgeReport } from './edge/report.ts';
import { createEdgeStream } from './edge/stream.ts';
import { observeEdge } from './edge-metrics.ts';
import { addressesOf } from './fetch/addresses.ts';
import { createFetchMetrics } from './fetch/metrics.ts';
import { createSubgraphSource, type SubgraphSource } from './fetch/subgraph-source.ts';
import { createFormatError } from './format-error.ts';
import type { Graph, GraphResult } from './graph.ts';
import { createLimitBackend } from './limits/count-where.ts';
import { createFieldLimiter } from './limits/field-limiter.ts';
import { signInLimits } from './limits/field-limits.ts';
import { isNobodys } from './limits/hook.ts';
import { createLimits } from './limits/limits.ts';
import { createGatewayMetrics } from './metrics.ts';
import { ownManifest, readSafelist } from './persisted/manifest.ts';
import { createPersistedOperations } from './persisted/persisted.ts';
import { createPersistedStore } from './persisted/store.ts';
import { connectRedis } from './redis/link.ts';
import { noSuchRoute } from './rest/answer-error.ts';
import { edgeRoute } from './rest/edge.ts';
import { healthPaths } from './rest/operations.ts';
import { registerRest } from './rest/register.ts';
import { restRoutes } from './rest/routes.ts';
import { trustedProxies } from './security/client-address.ts';
import { createMetricsDoor } from './security/metrics-door.ts';
import { createOriginCheck, refuseUpgrade } from './security/origins.ts';
import { registerSecurity } from './security/security.ts';
import { createSocketLimit } from './security/socket-limit.ts';
import { watchSubgraphs } from './subgraph-health.ts';
import { createSubscriptionEngine } from './subscriptions/engine.ts';
import type { OperationRequest } from './subscriptions/prepare.ts';
import { createUpstreams } from './subscriptions/upstreams.ts';
import type { Generations } from './supergraph/generations.ts';
import { createSourcePool } from './supergraph/source-pool.ts';
import { startSupergraph } from './supergraph/start.ts';
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

const defaultSubgraphTimeoutMs = 10_000;
/** Of the whole REST request; shorter than that of GraphQL, whose answers may be partial. */
const restTimeoutMs = 10_000;
const defaultMaxSubscriptions = 10_000;
/** A shop's screens and tills share an address, and so may a test's thousand clients. */
const defaultMaxSocketsPerAddress = 2_000;
/** Between two looks at what the gateway tells of itself. */
const edgeReportEveryMs = 1_000;
const maxSubgraphResponseBytes = 32 * 1024 * 1024;

/** The one door: federated graph, subscriptions, REST facade, explorers and web client on one port. */
export function createGateway(config: GatewayConfig, { log, metrics, health }: GatewayDeps): Gateway {
  const counters = createGatewayMetrics(metrics);
  const { production, keyCheckMs = defaultConsumerKeys.knownMs } = config;
  /** Undone in reverse order. */
  const undo: (() => Promise<void>)[] = [];
  let http: HttpServer | undefined;

  const fetchMetrics = createFetchMetrics(metrics);
  let written = 0;
  const pool = createSourcePool((name, url) =>
    createSubgraphSource(
      {
        name,
        urls: addressesOf(url),
        secret: config.secret,
        timeoutMs: config.subgraphTimeoutMs ?? defaultSubgraphTimeoutMs,
        maxResponseBytes: maxSubgraphResponseBytes,
        breaker: config.breaker,
        healthCheckMs: config.subgraphCheckMs,
      },
      { log, metrics: counters, fetchMetrics, onWritten: () => written++ },
    ),
  );

  function createAuthenticate(generations: Generations): Authenticate {
    if (!config.auth) return async () => anonymousCaller;
    const owner = { ask: async (...asked: Parameters<SubgraphSource['ask']>) => generations.current().keysOwner!.ask(...asked) };
    return createAuthentication(
      { secret: config.secret, keyCheckMs },
      { accounts: owner, knowsSessions: () => generations.current().supergraph.ownerOfQuery('consumerBySession') !== undefined },
    );
  }

  async function start(): Promise<void> {
    const formatError = createFormatError({ production, log });
    if (!config.auth)
      log.warn(
        { event: 'authentication_off', production },
        'everybody is taken for an administrator: AUTH=off is for trials behind another door',
      );
    const safelist = await readSafelist([ownManifest, ...(config.persistedManifests ?? [])]);
    const expected = [...safelist.values(), ...restRoutes.map(({ document }) => document)].map((query) => ({ query }));
    const redis = config.redis ? await connectRedis(config.redis, { log, metrics, health }) : null;
    if (redis) undo.push(() => redis.stop());
    const limitBackend = createLimitBackend(redis, { log, metrics });
    const fields = createFieldLimiter(config.fieldLimits ?? signInLimits, { backend: limitBackend });
    const { cache, stop: stopCache } = await startCache(config, { redis, metrics, health, log });
    undo.push(stopCache);
    const { generations, stop: stopSupergraph } = await startSupergraph(config, {
      pool,
      formatError,
      counters,
      metrics,
      expected,
      cache,
      fields,
      log,
    });
    undo.push(stopSupergraph);
    const authenticate = createAuthenticate(generations);
    const callerWatch = createCallerWatch(keyCheckMs, authenticate);
    undo.push(async () => callerWatch.stop());

    const upstreams = createUpstreams(
      {
        secret: config.secret,
        urlOf: (service) => generations.current().sources.get(service)?.pick() ?? '',
        isAddressOf: (service, url) => addressesOf(generations.current().supergraph.subgraphs.get(service) ?? '').includes(url),
      },
      { log },
    );
    undo.push(() => upstreams.stop());
    const engine = createSubscriptionEngine(
      {
        scope: config.shareSubscriptions ?? 'roles',
        maxPerConsumer: config.maxSubscriptionsPerConsumer ?? defaultMaxSubscriptions,
        secret: config.secret,
      },
      { generation: generations.current, upstreams, metrics: counters, log, formatError },
    );
    generations.onReplace((next) => engine.adopt(next));
    const persisted = createPersistedOperations(
      { mode: config.persistedOperations ?? 'off', safelist },
      { store: createPersistedStore(redis, { log }), log, metrics },
    );
    const runner: OperationRunner = {
      prepare: (request) => generations.current().prepare(request),
      engine,
      execute: generations.execute,
      persisted,
      formatError,
      metrics: counters,
    };

    const proxies = trustedProxies(config.trustedProxies ?? []);
    const { host, port } = config;
    const trustProxy = proxies.trusts;
    const server = createHttpServer({ name: 'gateway', host, port, log, metrics, health, healthPaths, noSuchRoute, trustProxy });
    http = server;
    const limits = createLimits(config, { authenticate, metrics, backend: limitBackend });
    undo.push(() => limits.stop());
    undo.push(() => server.stop());
    const isAllowedOrigin = createOriginCheck(config.corsOrigins ?? []);
    const sockets = createSocketLimit(config.maxSocketsPerAddress ?? defaultMaxSocketsPerAddress, proxies.addressOf);
    registerSecurity(server, { corsOrigins: config.corsOrigins ?? [] });
    server.app.addHook('onRequest', limits.hook);
    if (config.metricsToken !== undefined) server.app.addHook('onRequest', createMetricsDoor(config.metricsToken));
    observeEdge(server, { metrics, callerOf: limits.callerOf, isNobodys });
    const streams = registerGraphqlRoutes(server.app, {
      ...runner,
      apollo: generations.apollo,
      answerUsual: generations.answerUsual,
      callerOf: limits.callerOf,
      callerWatch,
      publicFields: () => generations.current().supergraph.publicFields,
      landingPage: !production,
    });
    registerWebSocket({
      runner,
      http: server,
      schema: () => generations.current().supergraph.schema,
      callerWatch,
      limits: { charge: limits.charge, identify: limits.identify, addressOf: proxies.addressOf },
      refuse: (request) => refuseUpgrade(request, isAllowedOrigin) ?? (sockets.admit(request) ? null : 429),
      log,
      metrics,
    });
    server.onStop(() => streams.stop());
    const report = createEdgeReport({ instance: metrics.instanceId, generation: generations.current, cache, limits, engine });
    const edge = createEdgeStream({ everyMs: edgeReportEveryMs }, { report, callerWatch, log });
    server.onStop(() => edge.stop());
    registerRest(
      server.app,
      {
        graph: graphOf(generations.executeOwn, server, () => written),
        limits,
        cache: { cache, generation: generations.current },
        own: [edgeRoute(report, edge)],
        log,
      },
      { schema: () => generations.current().supergraph.schema, timeoutMs: restTimeoutMs },
    );
    const { supergraph, version } = generations.current();
    if (!production) registerExplorer(server.app, { demo: config.demo, defaultQuery: supergraph.snapshotFields.size > 0 });
    registerWebClient(server.app, config);
    undo.push(watchSubgraphs(generations, health, { patienceMs: config.subgraphPatienceMs }));
    await server.start();
    log.info(
      {
        event: 'gateway_started',
        url: server.address().url,
        supergraph: version,
        subgraphs: [...supergraph.subgraphs.keys()],
        auth: config.auth,
      },
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
function graphOf(
  execute: (request: OperationRequest, context: GatewayContext) => Promise<GraphResult>,
  server: HttpServer,
  written: () => number,
): Graph {
  return {
    execute: ({ document, variables, operationName, principal, signal, headers, fence }) =>
      execute(
        { query: document, variables, operationName },
        { caller: principal, signal, trace: headers && traceOf(headers), fence, deadlineAt: performance.now() + restTimeoutMs },
      ),
    written,
    ready: () => !server.isStopping(),
  };
}
