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
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
} from 'graphql';
import { acceptsOnlyJson, answerStatus } from './answer-status.ts';
import { deadlineHeader, parseDeadline } from './deadline.ts';
import { ComptoirError, graphqlExtensions, httpStatusOf, toGraphQLError } from './errors.ts';
import { createPreparedOperations, type PreparedOperation, type PreparedOperations } from './execution/prepared-operations.ts';
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

/**
 * `/graphql` of the HTTP server: what the gateway asks usually is answered by prepared operations, everything else, as what is faulty, by Apollo Server. stop() stops the
 * HTTP server with it.
 */
export function createSubgraphHttp<C extends object>(deps: SubgraphHttpDeps<C>): { start(): Promise<void>; stop(): Promise<void> } {
  const { http, contexts, authenticate, production } = deps;
  let started = false;
  const open = new WeakMap<FastifyRequest, { principal: Principal; signal?: AbortSignal; context?: C }>();
  const rules = production ? [...specifiedRules, NoSchemaIntrospectionCustomRule] : specifiedRules;
  const prepared = createPreparedOperations(deps.schema, rules);
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
          const usual = readUsual(request, prepared);
          const work = usual ? () => answerUsual(usual, request, reply) : () => answer.call(http.app, request, reply);
          return await runInTrace(request.trace, () => runWhileAwaited(signal, work));
        } finally {
          const context = open.get(request)?.context;
          if (context) await contexts.close(context);
        }
      },
    });
  }

  /** The answer's text, as Apollo Server would give it. */
  async function answerUsual({ operation, variables }: Usual, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const begun = performance.now();
    const result = await execute(operation, variables, request);
    const seconds = (performance.now() - begun) / 1_000;
    const failed = (result.errors?.length ?? 0) > 0;
    deps.metrics.observe({ name: operation.name, type: operation.type, failed, seconds });
    reply.type('application/json; charset=utf-8');
    if (!failed) return JSON.stringify(result);
    if (!('data' in result) && !acceptsOnlyJson(request.headers.accept)) reply.code(400);
    return JSON.stringify({ ...result, errors: result.errors?.map((error) => deps.formatError(error.toJSON(), error)) });
  }

  async function execute(operation: PreparedOperation, variables: Usual['variables'], request: FastifyRequest): Promise<ExecutionResult> {
    let contextValue: C;
    try {
      contextValue = await contextOf(request);
    } catch (error) {
      return { data: null, errors: [toGraphQLError(error)] };
    }
    return operation.run({ contextValue, variableValues: variables });
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

interface Usual {
  readonly operation: PreparedOperation;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** What there is nothing to find wrong with, and is prepared; null for everything else. */
function readUsual({ method, headers, body }: FastifyRequest, prepared: PreparedOperations): Usual | null {
  const { accept, 'content-type': contentType } = headers;
  if (method !== 'POST' || !contentType?.startsWith('application/json') || !isRecord(body)) return null;
  if (accept !== undefined && accept !== 'application/json' && accept !== '*/*') return null;
  const { query, variables, operationName, extensions } = body;
  if (typeof query !== 'string' || (extensions !== undefined && extensions !== null)) return null;
  if (variables !== undefined && variables !== null && !isRecord(variables)) return null;
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') return null;
  const operation = prepared.find(query, operationName);
  return operation && { operation, variables };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

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
