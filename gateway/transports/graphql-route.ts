import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { ComptoirError, findComptoirError, httpStatusOf } from '@comptoir/platform/errors.ts';
import { describeError } from '@comptoir/platform/http-errors.ts';
import { errorCatalogue } from '@comptoir/schema/errors.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, getOperationAST } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import type { CallerWatch } from '../auth/caller-watch.ts';
import { guestCaller, isPublicOperation } from '../auth/public-operations.ts';
import { type GatewayContext, traceHeaders } from '../context.ts';
import type { Limits } from '../limits/limits.ts';
import { resolvePersisted } from '../persisted/http.ts';
import { sandboxPolicy } from '../security/content-policy.ts';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import type { Generations } from '../supergraph/generations.ts';
import { openSse } from './event-stream.ts';
import { createHttpStreamTransport } from './http-stream.ts';
import { openMultipart } from './multipart-stream.ts';
import { negotiate } from './negotiate.ts';
import { answerOtherMethods, refuseMethod } from './other-methods.ts';
import { readGraphqlRequest } from './request-body.ts';
import { registerSingleConnection } from './sse-single-connection.ts';
import type { OperationRunner } from './subscribe.ts';
import { readUsual, sendUsual } from './usual-request.ts';

const bodyLimitBytes = 1024 * 1024;

export interface GraphqlRouteDeps extends OperationRunner {
  readonly apollo: Generations['apollo'];
  readonly answerUsual: Generations['answerUsual'];
  readonly callerOf: Limits['callerOf'];
  readonly callerWatch: CallerWatch;
  /** Fields of Mutation that need no credential. */
  readonly publicFields: () => ReadonlySet<string>;
  /** Whether a browser that opens the address is shown the sandbox. */
  readonly landingPage: boolean;
}

/** /graphql over HTTP: usual queries and mutations by what is prepared, the others, as what is faulty, by Apollo Server, everything as server-sent events for who accepts nothing else. Returns how to end the event streams. */
export function registerGraphqlRoutes(root: FastifyInstance, deps: GraphqlRouteDeps): { stop(): Promise<void> } {
  const streams = {
    sse: createHttpStreamTransport('sse', openSse, deps),
    multipart: createHttpStreamTransport('multipart', openMultipart, deps),
  };
  const callers = new WeakMap<FastifyRequest, Caller>();
  const callerOf = async (request: FastifyRequest) => {
    const caller = await deps.callerOf(request);
    if (!caller) throw new ComptoirError('UNAUTHENTICATED', 'This needs an API key: X-API-Key, X-API-Token or Authorization: Bearer');
    callers.set(request, caller);
    return caller;
  };
  /** Only over plain HTTP, for who has no valid credential and asks for nothing but how to get one. */
  const guestOf = async (request: FastifyRequest) => {
    const isPlain = request.method === 'POST' && !/event-stream|multipart/.test(request.headers.accept ?? '');
    if (!isPlain || (await deps.callerOf(request))) return null;
    const { query, operationName } = (request.body ?? {}) as Partial<OperationRequest>;
    if (typeof query !== 'string' || !isPublicOperation({ query, operationName }, deps.publicFields())) return null;
    callers.set(request, guestCaller);
    return guestCaller;
  };
  const runApollo = fastifyApolloHandler(deps.apollo as ApolloServer<GatewayContext>, {
    context: async (request, reply) => contextOf(request, reply, callers.get(request)!),
  });
  const single: { stop(): Promise<void> }[] = [];
  /** Read only where it matters: what cannot be read is answered in the client's own way. */
  const isSubscription = (request: FastifyRequest) => {
    const { query } = ((request.method === 'GET' ? request.query : request.body) ?? {}) as { query?: unknown };
    if (typeof query !== 'string' || !query.includes('subscription')) return false;
    try {
      return deps.prepare(readGraphqlRequest(request)).kind === 'subscription';
    } catch {
      // Whoever answers the request says what is wrong with it.
      return false;
    }
  };

  root.register(async (app) => {
    app.setErrorHandler(answerGraphqlError);
    single.push(registerSingleConnection(app, { ...deps, callerOf }));
    answerOtherMethods(app, '/graphql', ['GET', 'POST']);
    answerOtherMethods(app, '/graphql/stream', ['DELETE', 'GET', 'POST', 'PUT']);
    app.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      bodyLimit: bodyLimitBytes,
      async handler(request, reply) {
        if (deps.landingPage && isPageVisit(request)) {
          reply.header('content-security-policy', sandboxPolicy);
          return runApollo.call(app, request as never, reply as never);
        }
        await resolvePersisted(request, await deps.callerOf(request), deps.persisted);
        const caller = (await guestOf(request)) ?? (await callerOf(request));
        // Who has no credential could fill with texts what keeps those that are usual.
        const usual = caller === guestCaller ? null : readUsual(request);
        const answer = usual && (await deps.answerUsual(usual, () => contextOf(request, reply, caller)));
        if (answer) return sendUsual(answer, request, reply);
        const form = negotiate(request.headers.accept, () => isSubscription(request));
        if (form === null) throw notAcceptable();
        if (form !== 'json') {
          const operation = readGraphqlRequest(request);
          // An address alone must not change anything: pages of others can make a browser open it. Apollo Server refuses its own.
          if (request.method === 'GET' && isMutation(operation, deps))
            return refuseMethod(reply, 'POST', 'GET requests only support query operations and subscriptions');
          return streams[form].serve(operation, caller, request, reply);
        }
        return runApollo.call(app, request as never, reply as never);
      },
    });
  });
  return {
    async stop() {
      await Promise.all([...Object.values(streams), ...single].map((transport) => transport.stop()));
    },
  };
}

function notAcceptable(): ComptoirError {
  return new ComptoirError(
    'NOT_ACCEPTABLE',
    'Queries and mutations are answered as application/json or application/graphql-response+json; subscriptions over WebSocket (subprotocol graphql-transport-ws), as text/event-stream, or as multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
  );
}

function isMutation(operation: OperationRequest, { prepare }: Pick<OperationRunner, 'prepare'>): boolean {
  const prepared = prepare(operation);
  return prepared.kind === 'other' && getOperationAST(prepared.document, operation.operationName)?.operation === 'mutation';
}

function contextOf(request: FastifyRequest, reply: FastifyReply, caller: Caller): GatewayContext {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new Error('the client has gone'));
  });
  return { caller, address: request.ip, signal: gone.signal, trace: traceHeaders(request.trace, request.id) };
}

function isPageVisit(request: FastifyRequest): boolean {
  return request.method === 'GET' && (request.headers.accept ?? '').includes('text/html') && !('query' in (request.query as object));
}

/** What fails before there is an operation, in the form GraphQL clients read. */
function answerGraphqlError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  // Clients of automatic persisted queries look for it in an answer like any other.
  if (error instanceof GraphQLError) return void reply.code(200).send({ errors: [error] });
  const ours = findComptoirError(error);
  const { status, detail } = describeError(ours ?? error, request);
  const code = ours?.code ?? (status === 413 ? 'PAYLOAD_TOO_LARGE' : status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer realm="Comptoir"');
  if (errorCatalogue[code].retryable) reply.header('retry-after', '1');
  void reply.code(ours ? httpStatusOf(ours) : status).send({ errors: [{ message: detail, extensions: { code } }] });
}
