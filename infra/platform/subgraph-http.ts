import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { answerStatus } from './answer-status.ts';
import { deadlineHeader, parseDeadline } from './deadline.ts';
import { ComptoirError, graphqlExtensions, httpStatusOf, toGraphQLError } from './errors.ts';
import type { HttpServer } from './http.ts';
import { describeError } from './http-errors.ts';
import type { Log } from './log.ts';
import type { graphqlMetrics } from './metric-families.ts';
import type { Contexts } from './operation-scope.ts';
import { runWhileAwaited } from './operation-signal.ts';
import { type Principal, principalHeader } from './principal.ts';
import { runInTrace } from './trace.ts';

export interface SubgraphHttpDeps<C extends object> {
  http: HttpServer;
  schema: GraphQLSchema;
  contexts: Contexts<C>;
  authenticate(credential: unknown): Principal | null;
  formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError;
  production: boolean;
  log: Log;
  metrics: ReturnType<typeof graphqlMetrics>;
}

/** Apollo Server on `/graphql` of the HTTP server. stop() stops the HTTP server with it. */
export function createSubgraphHttp<C extends object>(deps: SubgraphHttpDeps<C>): { start(): Promise<void>; stop(): Promise<void> } {
  const { http, contexts, authenticate, production } = deps;
  let started = false;
  const open = new WeakMap<FastifyRequest, { principal: Principal; signal?: AbortSignal; context?: C }>();
  const apollo = new ApolloServer<C>({
    schema: deps.schema,
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    nodeEnv: production ? 'production' : 'development',
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    formatError: deps.formatError,
    logger: apolloLogger(deps.log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      { serverWillStart: async () => ({ drainServer: () => http.stop() }) },
      measure(deps.metrics),
      answerStatus,
    ],
  });

  async function start(): Promise<void> {
    await apollo.start();
    started = true;
    const answer = fastifyApolloHandler(apollo, { context: contextOf });
    http.app.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      errorHandler: answerGraphQLError,
      onRequest: (request, _reply, next) => {
        const principal = authenticate(request.headers[principalHeader]);
        if (principal) open.set(request, { principal });
        next(principal ? undefined : (new ComptoirError('UNAUTHENTICATED', 'This subgraph answers the gateway only.') as never));
      },
      async handler(request, reply) {
        const signal = untilGivenUp(request, reply);
        Object.assign(open.get(request) ?? {}, { signal });
        try {
          return await runInTrace(request.trace, () => runWhileAwaited(signal, () => answer.call(http.app, request, reply)));
        } finally {
          const context = open.get(request)?.context;
          if (context) await contexts.close(context);
        }
      },
    });
  }

  async function contextOf(request: FastifyRequest): Promise<C> {
    const entry = open.get(request);
    if (!entry?.signal) throw new ComptoirError('UNAUTHENTICATED');
    entry.context = await contexts.open({
      principal: entry.principal,
      signal: entry.signal,
      log: request.log as Log,
      requestId: request.id,
    });
    return entry.context;
  }

  return { start, stop: () => (started ? apollo.stop() : http.stop()) };
}

/** Fires when the client has gone, or when the time is over that it gave. */
function untilGivenUp({ headers }: FastifyRequest, { raw }: FastifyReply): AbortSignal {
  const abort = new AbortController();
  const leftMs = parseDeadline(headers[deadlineHeader]);
  const timer = leftMs === null ? undefined : setTimeout(() => abort.abort(new Error(`not done within ${leftMs} ms`)), leftMs);
  raw.once('close', () => {
    clearTimeout(timer);
    if (!raw.writableFinished) abort.abort(new Error('the client left'));
  });
  return abort.signal;
}

/** An error before GraphQL, in GraphQL's form. */
function answerGraphQLError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof ComptoirError) {
    void reply.code(httpStatusOf(error)).send({ errors: [{ message: error.message, extensions: graphqlExtensions(error) }] });
    return;
  }
  const { status, detail, reference } = describeError(error, request);
  const code = status === 413 ? 'PAYLOAD_TOO_LARGE' : status < 500 ? 'BAD_REQUEST' : 'INTERNAL';
  void reply.code(status).send({ errors: [{ message: detail, extensions: { code, ...(reference !== undefined && { reference }) } }] });
}

/** Counts and times operations, and refuses subscriptions, which graphql-js would run as queries. */
function measure(metrics: ReturnType<typeof graphqlMetrics>): ApolloServerPlugin {
  return {
    async requestDidStart() {
      const begun = performance.now();
      return {
        async didResolveOperation({ operation }) {
          if (operation?.operation === 'subscription') {
            const refusal = new ComptoirError('BAD_REQUEST', 'Subscriptions are served over WebSocket.');
            throw new GraphQLError(refusal.message, { extensions: { ...toGraphQLError(refusal).extensions, http: { status: 400 } } });
          }
        },
        async willSendResponse({ operation, operationName, response }) {
          const failed = response.body.kind === 'single' && (response.body.singleResult.errors?.length ?? 0) > 0;
          const seconds = (performance.now() - begun) / 1_000;
          metrics.observe({ name: operationName ?? null, type: operation?.operation ?? 'unknown', failed, seconds });
        },
      };
    },
  };
}

function apolloLogger(log: Log) {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (message: unknown) => log[level]({ event: 'apollo' }, String(message));
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
