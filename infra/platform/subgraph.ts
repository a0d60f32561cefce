import { buildSubgraphSchema } from '@apollo/subgraph';
import { type SubgraphName, subgraphTypeDefs } from '@comptoir/schema/sdl.ts';
import type { DocumentNode } from 'graphql';
import { dateTime } from './date-time.ts';
import { enforceRights } from './enforce-rights.ts';
import type { Health } from './health.ts';
import { createHttpServer } from './http.ts';
import { createLifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';
import { maskErrors } from './mask-errors.ts';
import { graphqlMetrics } from './metric-families.ts';
import type { Metrics } from './metrics.ts';
import { type ContextFactory, createContexts } from './operation-scope.ts';
import { anonymousPrincipal, createPrincipalVerifier } from './principal.ts';
import type { Service } from './service.ts';
import type { OpenPlaces } from './store-rule.ts';
import { createSubgraphHttp } from './subgraph-http.ts';
import { createSubgraphProtocol } from './subgraph-websocket.ts';
import { attachWebSocket } from './websocket.ts';

export type { ContextFactory, OperationScope } from './operation-scope.ts';

export interface SubgraphConfig<C extends object> {
  name: SubgraphName;
  host: string;
  /** 0: the system chooses. */
  port: number;
  /** By type and field, as Apollo takes them; `DateTime` is there already. The generated types (`Resolvers`) fit. */
  resolvers: object;
  /** Called for each request and for each event of a subscription, so that loaders and entity managers are never shared. */
  context: ContextFactory<C>;
  /** Ids of the places that everybody who is bound to some may see besides his own. None where left out. */
  openPlaces?: (context: C) => ReadonlySet<string> | Promise<ReadonlySet<string>>;
  /** Shared with the gateway. null, for trials only: every caller is taken for an administrator, and a warning says so. */
  secret: string | null;
  log: Log;
  metrics: Metrics;
  health: Health;
  /** No introspection and no suggestions. Default: no. */
  production?: boolean;
}

export interface Subgraph extends Service {
  /** Of its GraphQL endpoint, for HTTP; the same with ws:// for subscriptions. Throws before start(). */
  url(): string;
}

/**
 * Serves one subgraph of the supergraph at `/graphql`, over HTTP and WebSocket, to the gateway only: what does not carry a principal that the gateway
 * signed is refused (401, 4403). `@allow` and `@store` of the SDL are enforced. Probes and metrics are on the same port, open.
 */
export function createSubgraph<C extends object>(config: SubgraphConfig<C>): Subgraph {
  return createSubgraphOf(subgraphTypeDefs(config.name), config);
}

/** The same for any SDL; `createSubgraph` takes it from schema/. */
export function createSubgraphOf<C extends object>(
  typeDefs: DocumentNode,
  config: Omit<SubgraphConfig<C>, 'name'> & { name: string },
): Subgraph {
  const { name, host, port, secret, metrics, health, production = false } = config;
  const log = config.log.child({ subgraph: name });
  const contexts = createContexts(config.context);
  const operations = graphqlMetrics(metrics);
  const formatError = maskErrors({ production, log });

  const schema = buildSubgraphSchema([{ typeDefs, resolvers: withDateTime(typeDefs, config.resolvers) as never }]);
  enforceRights(schema, { principalOf: contexts.principalOf, openPlaces: config.openPlaces as OpenPlaces | undefined });

  const verify = secret === null ? () => anonymousPrincipal : createPrincipalVerifier(secret);
  const authenticate = (credential: unknown) => verify(credential);
  const http = createHttpServer({ name, host, port, log, metrics, health });
  const apollo = createSubgraphHttp({ http, schema, contexts, authenticate, formatError, production, log, metrics: operations });
  const webSocket = createSubgraphProtocol({
    schema,
    contexts,
    authenticate,
    formatError,
    introspection: !production,
    isStopping: http.isStopping,
    log,
    metrics: operations,
  });
  attachWebSocket({ http, path: '/graphql', protocol: webSocket.protocol, beforeClose: webSocket.idle, log, metrics });

  const url = () => `${http.address().url}/graphql`;
  const { start, stop } = createLifecycle({
    async start() {
      if (secret === null) {
        if (production)
          throw new Error(`${name} does not start in production without GATEWAY_SECRET: it would take every caller for an administrator`);
        log.warn({ event: 'authentication_off' }, `${name} takes every caller for an administrator: no GATEWAY_SECRET is set`);
      }
      await apollo.start();
      await http.start();
      log.info({ event: 'subgraph_started', url: url() }, `${name} serves ${url()}`);
    },
    // Apollo Server drains the HTTP server first, and then takes no more operations.
    stop: () => apollo.stop(),
  });
  return { name, start, stop, url };
}

function withDateTime(typeDefs: DocumentNode, resolvers: object): object {
  const declared = typeDefs.definitions.some((node) => node.kind === 'ScalarTypeDefinition' && node.name.value === 'DateTime');
  return declared ? { DateTime: dateTime, ...resolvers } : resolvers;
}
