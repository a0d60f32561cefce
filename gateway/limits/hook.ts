import { findComptoirError } from '@comptoir/platform/errors.ts';
import { onRequest } from '@comptoir/platform/http-hook.ts';
import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import type { Verdict } from './limiter.ts';
import { graphqlRefusal, retryAfterSeconds, wholeSeconds } from './refusal.ts';

/** Nobody is looked up for them, and an address has a bucket of its own for them: neither does other traffic refuse a probe, nor do probes refuse other traffic. */
const isProbe = pathsOf(['/health', '/health/*', '/api/v1/health', '/metrics']);
/** The web client's files come many at once: they are never refused and not counted. */
const isFile = pathsOf(['/assets/*']);

/** What a browser asks before the request of a page, without its credential: refused, the page would not even learn why. */
const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

export const isNobodys = (request: Pick<FastifyRequest, 'url'>): boolean => isProbe(request) || isFile(request);

export interface LimitHookDeps {
  readonly charge: (caller: Caller | null, address: string, route: string) => NowOrLater<Verdict>;
  readonly chargeProbe: (address: string, route: string) => NowOrLater<Verdict>;
  readonly peek: (address: string) => NowOrLater<Verdict>;
  /** May throw where consumers cannot be looked up; the request then fails with that error. */
  readonly callerOf: (request: FastifyRequest) => NowOrLater<Caller | null>;
}

/**
 * The onRequest hook that counts every request of REST and GraphQL over HTTP, sets the RateLimit headers on every answer and refuses with 429 what is past its limit.
 * To be added to the root of the app, so that it also stands before routes that others register.
 */
export function createLimitHook({ charge, chargeProbe, peek, callerOf }: LimitHookDeps): onRequestHookHandler {
  const routeOf = (request: FastifyRequest) => request.routeOptions.url ?? 'unknown';
  const count = (request: FastifyRequest, caller: Caller | null) => charge(caller, caller ? '' : request.ip, routeOf(request));
  const heed = (request: FastifyRequest, reply: FastifyReply, counted: NowOrLater<Verdict>) =>
    andThen(counted, (verdict) => {
      setLimitHeaders(reply, verdict);
      return verdict.allowed ? undefined : refuse(request, reply, verdict);
    });

  return onRequest((request, reply) => {
    if (isFile(request) || isPreflight(request)) return andThen(peek(request.ip), (verdict) => setLimitHeaders(reply, verdict));
    if (isProbe(request)) return heed(request, reply, chargeProbe(request.ip, routeOf(request)));
    const caller = callerOf(request);
    if (!(caller instanceof Promise)) return heed(request, reply, count(request, caller));
    return caller.then(
      (known) => heed(request, reply, count(request, known)),
      async (error: unknown) => {
        const verdict = await count(request, null);
        setLimitHeaders(reply, verdict);
        if (findComptoirError(error)?.code === 'RATE_LIMITED') return refuse(request, reply, verdict);
        throw error;
      },
    );
  });
}

/** Whether the path of a request is one of these, with or without a slash behind it, or in one of the folders, which end with a star. */
function pathsOf(listed: readonly string[]): (request: Pick<FastifyRequest, 'url'>) => boolean {
  const paths = new Set(listed.filter((path) => !path.endsWith('/*')).flatMap((path) => [path, `${path}/`]));
  const folders = listed.filter((path) => path.endsWith('/*')).map((path) => path.slice(0, -1));
  return ({ url }) => {
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    return paths.has(path) || folders.some((folder) => path.startsWith(folder));
  };
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
  reply.code(429).headers({ 'Retry-After': waitSeconds, 'Cache-Control': 'no-store' });
  const isGraphql = (request.routeOptions.url ?? '').startsWith('/graphql');
  return reply.send(
    isGraphql ? { errors: [graphqlRefusal(verdict.retryMs)] } : { detail: `Trop de requêtes. Réessayez dans ${waitSeconds} s.` },
  );
}
