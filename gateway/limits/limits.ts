import { ComptoirError } from '@comptoir/platform/errors.ts';
import { boundedLabel, type Metrics } from '@comptoir/platform/metrics.ts';
import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { ConsumerUsage } from '@comptoir/schema/edge-report.ts';
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import { type Credentials, credentialsFromHeaders } from '../auth/credentials.ts';
import type { LimitBackend } from './backend.ts';
import { createLimitHook } from './hook.ts';
import { createLimiter, type Payer, type Verdict } from './limiter.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { createUsage } from './usage.ts';

/** Where a request keeps who sent it. */
const whose = Symbol('whose');

declare module 'fastify' {
  interface FastifyRequest {
    [whose]?: { readonly of: NowOrLater<Caller | null> };
  }
}

export interface LimitsConfig {
  /** Size of the token bucket of every address, for requests without a valid credential; it fills in 60 s. 100 where left out. */
  readonly anonymousPerMinute?: number | undefined;
}

export interface LimitsDeps {
  readonly authenticate: Authenticate;
  readonly metrics: Metrics;
  /** Where requests are counted; in this process where left out. */
  readonly backend?: LimitBackend | undefined;
}

export interface Limits {
  /** onRequest hook for the root of the app, added before anything else is registered: `app.addHook('onRequest', limits.hook)`. */
  readonly hook: onRequestHookHandler;
  /** Who sent this request; asked once for each request, however many parts want to know. Null: no valid credential. */
  callerOf(request: FastifyRequest): NowOrLater<Caller | null>;
  /**
   * Whose the credentials are. An address that guesses has a bucket for it: once that is empty, none of its keys is looked up that was not valid before.
   * @throws ComptoirError RATE_LIMITED for that, or what looking up throws.
   */
  identify(credentials: Credentials | null, address: string): NowOrLater<Caller | null>;
  /** Counts one request that is none over HTTP, as an operation over a WebSocket: the caller's, or the address' where nobody is known. */
  charge(caller: Caller | null, address: string, route: string): NowOrLater<Verdict>;
  /** The consumers seen of late, and what they used. */
  report(): readonly ConsumerUsage[];
  stop(): Promise<void>;
}

/** Counts what consumers and addresses ask, and refuses what is past their limits. */
export function createLimits(
  { anonymousPerMinute }: LimitsConfig,
  { authenticate, metrics, backend = createMemoryBackend() }: LimitsDeps,
): Limits {
  const limiter = createLimiter({ anonymousPerMinute }, { backend });
  const usage = createUsage();
  const consumerLabel = boundedLabel(200);
  const refusals = metrics.counter({
    name: 'rate_limit_refusals_total',
    help: 'Requests refused because the consumer or the address was past its limit',
    labelNames: ['consumer', 'route'],
  });

  const callerOf = (request: FastifyRequest) => {
    request[whose] ??= { of: look(credentialsFromHeaders(request.headers), () => request.ip) };
    return request[whose].of;
  };

  function look(credentials: Credentials | null, addressOf: () => string): NowOrLater<Caller | null> {
    let lookedUp = false;
    const found = authenticate(credentials, async () => {
      if (!(await limiter.mayGuess(addressOf()))) throw new ComptoirError('RATE_LIMITED');
      lookedUp = true;
    });
    if (!(found instanceof Promise)) return found;
    return found.then(async (caller) => {
      if (lookedUp && !caller) await limiter.chargeGuess(addressOf());
      return caller;
    });
  }

  function charge(caller: Caller | null, address: string, route: string): NowOrLater<Verdict> {
    const payer: Payer = caller ? { kind: 'consumer', id: caller.consumerId, limits: caller.limits } : { kind: 'address', address };
    return andThen(limiter.charge(payer), (verdict) => {
      if (caller) usage.note(caller, verdict);
      return note(verdict, caller ? consumerLabel(caller.name) : 'anonymous', route);
    });
  }

  function note(verdict: Verdict, consumer: string, route: string): Verdict {
    if (!verdict.allowed) refusals.inc({ consumer, route });
    return verdict;
  }

  const chargeProbe = (address: string, route: string) =>
    andThen(limiter.chargeProbe(address), (verdict) => note(verdict, 'anonymous', route));

  return {
    hook: createLimitHook({ charge, chargeProbe, peek: limiter.peek, callerOf }),
    callerOf,
    identify: (credentials, address) => look(credentials, () => address),
    charge,
    report: usage.report,
    stop: () => limiter.stop(),
  };
}
