import { boundedLabel } from '@comptoir/platform/metrics.ts';
import type { FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Counter } from 'prom-client';
import type { Caller } from '../auth/caller.ts';
import type { Limiter, Payer, Verdict } from './limiter.ts';

/** Probes and scrapes come often and from few addresses, the web client's files many at once: they are never refused and not counted. */
export const uncounted = ['/health', '/health/*', '/metrics', '/assets/*'] as const;

export interface LimitHookDeps {
  readonly limiter: Limiter;
  /** May throw where consumers cannot be looked up; the request then fails with that error. */
  readonly callerOf: (request: FastifyRequest) => Promise<Caller | null>;
  /** rate_limit_refusals_total{consumer,route} */
  readonly refusals: Counter<'consumer' | 'route'>;
}

/**
 * The onRequest hook that counts every request of REST and GraphQL over HTTP, sets the RateLimit headers on every answer and refuses with 429 what is past its limit.
 * To be added to the root of the app, so that it also stands before routes that others register.
 */
export function createLimitHook({ limiter, callerOf, refusals }: LimitHookDeps): onRequestAsyncHookHandler {
  const consumerLabel = boundedLabel(200);

  return async function limitRequests(request, reply) {
    if (isUncounted(request)) {
      setLimitHeaders(reply, await limiter.peek(request.ip));
      return;
    }
    let caller: Caller | null;
    try {
      caller = await callerOf(request);
    } catch (error) {
      setLimitHeaders(reply, await limiter.charge({ kind: 'address', address: request.ip }));
      throw error;
    }
    const payer: Payer = caller
      ? { kind: 'consumer', id: caller.consumerId, limits: caller.limits }
      : { kind: 'address', address: request.ip };
    const verdict = await limiter.charge(payer);
    setLimitHeaders(reply, verdict);
    if (verdict.allowed) return;
    refusals.inc({ consumer: caller ? consumerLabel(caller.name) : 'anonymous', route: request.routeOptions.url ?? 'unknown' });
    return refuse(request, reply, verdict);
  };
}

function isUncounted(request: FastifyRequest): boolean {
  const path = request.url.replace(/\?.*$/s, '');
  return uncounted.some((pattern) =>
    pattern.endsWith('/*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern || path === `${pattern}/`,
  );
}

function setLimitHeaders(reply: FastifyReply, verdict: Verdict): void {
  reply.headers({
    'RateLimit-Limit': verdict.limit,
    'RateLimit-Remaining': verdict.remaining,
    'RateLimit-Reset': seconds(verdict.resetMs),
    'RateLimit-Policy': verdict.policy,
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, verdict: Verdict) {
  const waitSeconds = Math.max(1, seconds(verdict.retryMs));
  const detail = `Trop de requêtes. Réessayez dans ${waitSeconds} s.`;
  reply.code(429).header('Retry-After', waitSeconds);
  const isGraphql = (request.routeOptions.url ?? '').startsWith('/graphql');
  return reply.send(isGraphql ? { errors: [{ message: 'Too many requests.', extensions: { code: 'RATE_LIMITED' } }] } : { detail });
}

/** Header values are whole seconds; rounded up, so that who waits that long has waited long enough. */
function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
