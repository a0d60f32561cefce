import type { Log } from '@comptoir/platform/log.ts';
import { boundedLabel, type Metrics } from '@comptoir/platform/metrics.ts';
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Caller } from '../auth/caller.ts';
import { credentialsFromHeaders } from '../auth/credentials.ts';
import type { RedisLink } from '../redis/link.ts';
import type { LimitBackend } from './backend.ts';
import { createFieldLimiter, type FieldLimiter } from './field-limiter.ts';
import { type FieldLimit, signInLimits } from './field-limits.ts';
import { createLimitHook } from './hook.ts';
import { createInsuredBackend } from './insured-backend.ts';
import { createLimiter, type Verdict } from './limiter.ts';
import { createMemoryBackend } from './memory-backend.ts';
import { createRedisBackend } from './redis-backend.ts';
import { type ConsumerUsage, createUsage } from './usage.ts';

export interface LimitsConfig {
  /** Size of the token bucket of every address, for requests without a valid credential; it fills in 60 s. 100 where left out. */
  readonly anonymousPerMinute?: number | undefined;
  /** Those of signing in where left out. */
  readonly fieldLimits?: readonly FieldLimit[] | undefined;
}

export interface LimitsDeps {
  readonly authenticate: Authenticate;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Where requests are counted together with other gateways; in this process where there is none. */
  readonly redis?: RedisLink | null | undefined;
}

export interface Limits {
  /** onRequest hook for the root of the app, added before anything else is registered: `app.addHook('onRequest', limits.hook)`. */
  readonly hook: onRequestAsyncHookHandler;
  /** Who sent this request; asked once for each request, however many parts want to know. Null: no valid credential. */
  callerOf(request: FastifyRequest): Promise<Caller | null>;
  /** Counts one request that is none over HTTP, as an operation over a WebSocket: the caller's, or the address' where nobody is known. */
  charge(caller: Caller | null, address: string, route: string): Promise<Verdict>;
  /** Limits to single fields. */
  readonly fields: FieldLimiter;
  /** The consumers seen of late, and what they used. */
  report(): readonly ConsumerUsage[];
  stop(): Promise<void>;
}

/** Counts what consumers and addresses ask, and refuses what is past their limits. */
export function createLimits(
  { anonymousPerMinute, fieldLimits = signInLimits }: LimitsConfig,
  { authenticate, metrics, log, redis }: LimitsDeps,
): Limits {
  const own = createMemoryBackend();
  const backend: LimitBackend = redis ? createInsuredBackend(createRedisBackend(redis), own, { log, metrics }) : own;
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
      caller = authenticate(credentialsFromHeaders(request.headers));
      callers.set(request, caller);
    }
    return caller;
  };

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
    charge,
    fields: createFieldLimiter(fieldLimits, { backend }),
    report: usage.report,
    stop: () => limiter.stop(),
  };
}
