import { METHODS } from 'node:http';
import { onRequest } from '@comptoir/platform/http-hook.ts';
import type { Log } from '@comptoir/platform/log.ts';
import { andThen } from '@comptoir/platform/now-or-later.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../auth/caller.ts';
import { credentialsFromHeaders } from '../auth/credentials.ts';
import type { RestCache } from '../cache/rest-answers.ts';
import type { Graph } from '../graph.ts';
import type { Limits } from '../limits/limits.ts';
import { allowedRoles } from './allowed-roles.ts';
import { answerError } from './answer-error.ts';
import { createAnswerableRoutes } from './answerable.ts';
import { cacheRoutes } from './cache.ts';
import { type AnyRestRoute, type DescribedRoute, type OwnRoute, successOf } from './define-route.ts';
import { registerDocs } from './docs.ts';
import { createPatience } from './patience.ts';
import { Refusal } from './refusal.ts';
import { describedRoutes, restRoutes } from './routes.ts';
import { createRouteHandler } from './run-route.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route is there only to say that its path does not know the method. */
    refusal?: boolean;
  }
}

export interface RestDeps {
  readonly graph: Graph;
  /** Says who sent a request; its hook, which counts them, belongs to the root of the app. */
  readonly limits: Limits;
  /** Keeps answers that may be kept, and has routes of its own; without it neither is done. */
  readonly cache?: RestCache | undefined;
  /** Routes that other parts of the gateway answer. */
  readonly own?: readonly OwnRoute[] | undefined;
  readonly log: Log;
}

export interface RestConfig {
  /** The routes there are; those of routes.ts where left out. */
  readonly routes?: readonly AnyRestRoute[] | undefined;
  /** What clients of the graph can ask now. Routes that it cannot answer are not served and not described; without it all are. */
  readonly schema?: (() => GraphQLSchema) | undefined;
  /** Longest time for one request, in milliseconds; past it 503. */
  readonly timeoutMs?: number | undefined;
}

const maxBodyBytes = 100 * 1024;

/**
 * Adds the REST facade and its description to the app: every route of routes.ts, 405 for the other methods of their paths, 404 as JSON for whatever else is
 * under /api. Trailing slashes are the app's to ignore (`routerOptions.ignoreTrailingSlash`), as platform's HTTP server does.
 */
export function registerRest(
  app: FastifyInstance,
  { graph, limits, cache, own: others = [], log }: RestDeps,
  { routes = restRoutes, schema, timeoutMs = 10_000 }: RestConfig = {},
): void {
  const all: ReadonlySet<AnyRestRoute> = new Set(routes);
  const served = schema
    ? createAnswerableRoutes(routes, schema, (left) =>
        log.warn({ event: 'rest_routes_left_out', routes: left.map(({ path }) => path) }, 'the graph cannot answer some REST routes'),
      )
    : () => all;
  served();
  const own = [...(cache ? cacheRoutes(cache.cache) : []), ...others];
  const isServed = (route: AnyRestRoute | OwnRoute | DescribedRoute) => !('document' in route) || served().has(route);

  // Those that Fastify knows are few; the others (PURGE, PROPFIND, …) are to be refused with 405 as well.
  for (const method of METHODS)
    if (!app.supportedMethods.includes(method) && method !== 'CONNECT') app.addHttpMethod(method, { hasBody: true });

  app.register(async (scope) => {
    // Bodies stay bytes until a route reads them, so that the facade answers for its own faults.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, request, reply) => sendError(error, request, reply, log));

    for (const route of [...routes, ...own]) {
      const isOwn = 'answer' in route;
      const handle = isOwn ? answerOwn(route) : createRouteHandler(route, { graph, cache });
      const roles: ReadonlySet<string> | null = isOwn ? new Set(route.roles) : allowedRoles(route.document);
      const requireRight = onRequest((request) => {
        if (!isServed(route)) throw new Refusal('NOT_FOUND');
        return andThen(limits.callerOf(request), (caller) => {
          if (!caller) throw unauthenticated(request);
          if (roles && !caller.roles.some((role) => roles.has(role))) throw new Refusal('FORBIDDEN');
        });
      });
      scope.route({
        method: route.method,
        url: routerPath(route.path),
        bodyLimit: isOwn ? maxBodyBytes : (route.request?.maxBodyBytes ?? maxBodyBytes),
        onRequest: requireRight,
        handler: (request, reply) =>
          andThen(limits.callerOf(request), (caller) => {
            if (!caller) throw unauthenticated(request);
            reply.header('cache-control', 'no-store');
            const patience = createPatience(request, timeoutMs);
            return patience.bound(handle(request, reply, { caller, patience }));
          }),
      });
    }
    refuseOtherMethods(scope, [...routes, ...own, ...describedRoutes], isServed);
    registerDocs(scope, () => ({ rest: [...served()], own, described: describedRoutes }), served);
  });
}

/** {id} of OpenAPI as :id of the router. */
export function routerPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

function answerOwn(route: OwnRoute) {
  const { status } = successOf(route);
  return async (request: FastifyRequest, reply: FastifyReply, { caller }: { caller: Caller }): Promise<void> => {
    if (route.stream && request.headers.accept?.includes('text/event-stream')) return route.stream(request, reply, caller);
    const body = await route.answer();
    // Too late: the client was told so.
    if (!reply.sent) reply.code(status).send(body);
  };
}

function refuseOtherMethods(
  scope: FastifyInstance,
  routes: readonly (AnyRestRoute | OwnRoute | DescribedRoute)[],
  isServed: (route: AnyRestRoute | OwnRoute | DescribedRoute) => boolean,
): void {
  for (const [path, same] of Map.groupBy(routes, ({ path }) => path)) {
    const known = new Set<string>(same.map(({ method }) => method));
    if (known.has('GET')) known.add('HEAD');
    /** The methods that the graph answers now. */
    const allow = () => {
      const methods = new Set<string>(same.filter(isServed).map(({ method }) => method));
      if (methods.size === 0) throw new Refusal('NOT_FOUND');
      if (methods.has('GET')) methods.add('HEAD');
      return [...methods, 'OPTIONS'].sort().join(', ');
    };
    const config = { refusal: true };
    scope.route({
      method: 'OPTIONS',
      url: routerPath(path),
      config,
      handler: (_request, reply) => reply.code(204).header('Allow', allow()).send(),
    });
    scope.route({
      method: scope.supportedMethods.filter((method) => !known.has(method) && method !== 'OPTIONS'),
      url: routerPath(path),
      config,
      handler: () => {
        const methods = allow();
        throw new Refusal('BAD_REQUEST', `Méthode non autorisée ; autorisées : ${methods}`, { status: 405, headers: { Allow: methods } });
      },
    });
  }
}

function unauthenticated(request: FastifyRequest): Refusal {
  // RFC 6750: a reason is given only to who showed a credential.
  const shown = credentialsFromHeaders(request.headers) !== null;
  return new Refusal('UNAUTHENTICATED', undefined, {
    headers: { 'WWW-Authenticate': shown ? 'Bearer realm="Comptoir", error="invalid_token"' : 'Bearer realm="Comptoir"' },
  });
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const { status, headers, body, ours } = answerError(error, String(request.id));
  if (ours) log.error({ event: 'rest_failed', err: error, requestId: request.id, route: request.routeOptions.url }, 'REST route failed');
  return reply.code(status).headers(headers).send(body);
}
