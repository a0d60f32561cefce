import { findComptoirError } from '@comptoir/platform/errors.ts';
import { onRequest } from '@comptoir/platform/http-hook.ts';
import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { Verdict } from './limiter.ts';
import { graphqlRefusal, retryAfterSeconds, wholeSeconds } from './refusal.ts';

/** Probes and scrapes come often and from few addresses, the web client's files many at once: they are never refused and not counted. */
export const uncounted = ['/health', '/health/*', '/api/v1/health', '/metrics', '/assets/*'] as const;

export interface LimitHookDeps {
  readonly charge: (caller: Caller | null, address: string, route: string) => NowOrLater<Verdict>;
  readonly peek: (address: string) => NowOrLater<Verdict>;
  /** May throw where consumers cannot be looked up; the request then fails with that error. */
  readonly callerOf: (request: FastifyRequest) => NowOrLater<Caller | null>;
}

/**
 * The onRequest hook that counts every request of REST and GraphQL over HTTP, sets the RateLimit headers on every answer and refuses with 429 what is past its limit.
 * To be added to the root of the app, so that it also stands before routes that others register.
 */
export function createLimitHook({ charge, peek, callerOf }: LimitHookDeps): onRequestHookHandler {
  const count = (request: FastifyRequest, reply: FastifyReply, caller: Caller | null) =>
    andThen(charge(caller, caller ? '' : request.ip, request.routeOptions.url ?? 'unknown'), (verdict) => {
      setLimitHeaders(reply, verdict);
      return verdict;
    });
  const limit = (request: FastifyRequest, reply: FastifyReply, caller: Caller | null) =>
    andThen(count(request, reply, caller), (verdict) => (verdict.allowed ? undefined : refuse(request, reply, verdict)));

  return onRequest((request, reply) => {
    if (isUncounted(request)) return andThen(peek(request.ip), (verdict) => setLimitHeaders(reply, verdict));
    const caller = callerOf(request);
    if (!(caller instanceof Promise)) return limit(request, reply, caller);
    return caller.then(
      (known) => limit(request, reply, known),
      async (error: unknown) => {
        const verdict = await count(request, reply, null);
        if (findComptoirError(error)?.code === 'RATE_LIMITED') return refuse(request, reply, verdict);
        throw error;
      },
    );
  });
}

const uncountedPaths = new Set<string>(uncounted.filter((path) => !path.endsWith('/*')).flatMap((path) => [path, `${path}/`]));
const uncountedFolders = uncounted.filter((path) => path.endsWith('/*')).map((path) => path.slice(0, -1));

export function isUncounted({ url }: Pick<FastifyRequest, 'url'>): boolean {
  const query = url.indexOf('?');
  const path = query < 0 ? url : url.slice(0, query);
  return uncountedPaths.has(path) || uncountedFolders.some((folder) => path.startsWith(folder));
}

function setLimitHeaders(reply: FastifyReply, verdict: Verdict): void {
  reply
    .header('ratelimit-limit', verdict.limit)
    .header('ratelimit-remaining', verdict.remaining)
    .header('ratelimit-reset', wholeSeconds(verdict.resetMs))
    .header('ratelimit-policy', verdict.policy);
}

function refuse(request: FastifyRequest, reply: FastifyReply, verdict: Verdict) {
  const waitSeconds = retryAfterSeconds(verdict.retryMs);
  reply.code(429).header('Retry-After', waitSeconds);
  const isGraphql = (request.routeOptions.url ?? '').startsWith('/graphql');
  return reply.send(
    isGraphql ? { errors: [graphqlRefusal(verdict.retryMs)] } : { detail: `Trop de requêtes. Réessayez dans ${waitSeconds} s.` },
  );
}
