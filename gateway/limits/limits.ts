import { ComptoirError } from '@comptoir/platform/errors.ts';
import { boundedLabel, type Metrics } from '@comptoir/platform/metrics.ts';
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import { type Credentials, credentialsFromHeaders } from '../auth/credentials.ts';
import type { LimitBackend } from './backend.ts';
import { createLimitHook } from './hook.ts';
import { createLimiter, type Verdict } from './limiter.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { type ConsumerUsage, createUsage } from './usage.ts';

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
  readonly hook: onRequestAsyncHookHandler;
  /** Who sent this request; asked once for each request, however many parts want to know. Null: no valid credential. */
  callerOf(request: FastifyRequest): Promise<Caller | null>;
  /**
   * Whose the credentials are. An address that guesses has a bucket for it: once that is empty, none of its keys is looked up that was not valid before.
   * @throws ComptoirError RATE_LIMITED for that, or what looking up throws.
   */
  identify(credentials: Credentials | null, address: string): Promise<Caller | null>;
  /** Counts one request that is none over HTTP, as an operation over a WebSocket: the caller's, or the address' where nobody is known. */
  charge(caller: Caller | null, address: string, route: string): Promise<Verdict>;
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

  const callers = new WeakMap<FastifyRequest, Promise<Caller | null>>();
  const callerOf = (request: FastifyRequest) => {
    let caller = callers.get(request);
    if (!caller) {
      caller = identify(credentialsFromHeaders(request.headers), request.ip);
      callers.set(request, caller);
    }
    return caller;
  };

  async function identify(credentials: Credentials | null, address: string): Promise<Caller | null> {
    let lookedUp = false;
    const caller = await authenticate(credentials, async () => {
      if (!(await limiter.mayGuess(address))) throw new ComptoirError('RATE_LIMITED');
      lookedUp = true;
    });
    if (lookedUp && !caller) await limiter.chargeGuess(address);
    return caller;
  }

  async function charge(caller: Caller | null, address: string, route: string): Promise<Verdict> {
    const verdict = await limiter.charge(
      caller ? { kind: 'consumer', id: caller.consumerId, limits: caller.limits } : { kind: 'address', address },
    );
    if (caller) usage.note(caller, verdict);
    if (!verdict.allowed) refusals.inc({ consumer: caller ? consumerLabel(caller.name) : 'anonymous', route });
    return verdict;
  }

  return {
    hook: createLimitHook({ charge, peek: limiter.peek, callerOf }),
    callerOf,
    identify,
    charge,
    report: usage.report,
    stop: () => limiter.stop(),
  };
}
