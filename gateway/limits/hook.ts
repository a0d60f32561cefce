import { findComptoirError } from '@comptoir/platform/errors.ts';
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { Verdict } from './limiter.ts';
import { graphqlRefusal, retryAfterSeconds, wholeSeconds } from './refusal.ts';

/** Probes and scrapes come often and from few addresses, the web client's files many at once: they are never refused and not counted. */
export const uncounted = ['/health', '/health/*', '/api/v1/health', '/metrics', '/assets/*'] as const;

export interface LimitHookDeps {
  readonly charge: (caller: Caller | null, address: string, route: string) => Promise<Verdict>;
  readonly peek: (address: string) => Promise<Verdict>;
  /** May throw where consumers cannot be looked up; the request then fails with that error. */
  readonly callerOf: (request: FastifyRequest) => Promise<Caller | null>;
}

/**
 * The onRequest hook that counts every request of REST and GraphQL over HTTP, sets the RateLimit headers on every answer and refuses with 429 what is past its limit.
 * To be added to the root of the app, so that it also stands before routes that others register.
 */
export function createLimitHook({ charge, peek, callerOf }: LimitHookDeps): onRequestAsyncHookHandler {
  return async function limitRequests(request, reply) {
    if (isUncounted(request)) {
      setLimitHeaders(reply, await peek(request.ip));
      return;
    }
    const route = request.routeOptions.url ?? 'unknown';
    let caller: Caller | null;
    try {
      caller = await callerOf(request);
    } catch (error) {
      const verdict = await charge(null, request.ip, route);
      setLimitHeaders(reply, verdict);
      if (findComptoirError(error)?.code === 'RATE_LIMITED') return refuse(request, reply, verdict);
      throw error;
    }
    const verdict = await charge(caller, request.ip, route);
    setLimitHeaders(reply, verdict);
    return verdict.allowed ? undefined : refuse(request, reply, verdict);
  };
}

export function isUncounted(request: FastifyRequest): boolean {
  const path = request.url.replace(/\?.*$/s, '');
  return uncounted.some((pattern) =>
    pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern || path === `${pattern}/`,
  );
}

function setLimitHeaders(reply: FastifyReply, verdict: Verdict): void {
  reply.headers({
    'RateLimit-Limit': verdict.limit,
    'RateLimit-Remaining': verdict.remaining,
    'RateLimit-Reset': wholeSeconds(verdict.resetMs),
    'RateLimit-Policy': verdict.policy,
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, verdict: Verdict) {
  const waitSeconds = retryAfterSeconds(verdict.retryMs);
  reply.code(429).header('Retry-After', waitSeconds);
  const isGraphql = (request.routeOptions.url ?? '').startsWith('/graphql');
  return reply.send(
    isGraphql ? { errors: [graphqlRefusal(verdict.retryMs)] } : { detail: `Trop de requêtes. Réessayez dans ${waitSeconds} s.` },
  );
}
