import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import { createLru } from '../lru.ts';
import { addressKey } from './address.ts';
import type { BucketLevel, BucketSize, LimitBackend, Window } from './backend.ts';
import { createMemoryBackend } from './memory-backend.ts';

export const minuteMs = 60_000;
export const hourMs = 3_600_000;

/** Whose request it is: a consumer's, or nobody's in particular from an address. */
export type Payer =
  | { readonly kind: 'consumer'; readonly id: string; readonly limits: { readonly perMinute: number; readonly perHour: number } }
  | { readonly kind: 'address'; readonly address: string };

/** What became of one request, and what is left: the figures of the RateLimit headers. */
export interface Verdict {
  readonly allowed: boolean;
  /** Requests in the window that is nearest to its end of requests. */
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until `remaining` is `limit` again. */
  readonly resetMs: number;
  /** Milliseconds until another request has a chance; 0 where this one was allowed. */
  readonly retryMs: number;
  /** Every window there is, as the header RateLimit-Policy tells it. */
  readonly policy: string;
  /** How a consumer stands in its windows; `hour` is not looked at where the minute refuses. */
  readonly minute?: Standing | undefined;
  readonly hour?: Standing | undefined;
}

export interface Standing {
  /** Requests of this window, those that were refused not among them. */
  readonly used: number;
  readonly resetMs: number;
}

export interface Limiter {
  /** Counts one request of the payer. */
  charge(payer: Payer): NowOrLater<Verdict>;
  /**
   * Counts one probe or scrape of an address, of which each has a bucket of 100 that fills in 60 s. Of this instance alone: that is what a probe asks about, and asking
   * many of them is no reason to be refused by one.
   */
  chargeProbe(address: string): NowOrLater<Verdict>;
  /** What an address has left, counting nothing. */
  peek(address: string): NowOrLater<Verdict>;
  /** Whether the address has guesses left: a bucket like its other one, which only keys that nobody has drain. */
  mayGuess(address: string): Promise<boolean>;
  chargeGuess(address: string): Promise<void>;
  stop(): Promise<void>;
}

interface Allowance {
  readonly limits: { readonly perMinute: number; readonly perHour: number };
  readonly policy: string;
  readonly windows: readonly Window[];
}

const maxAllowances = 1_000;
const probes = { capacity: 100, fillMs: minuteMs };

/** @param anonymousPerMinute size of the token bucket that every address has for requests without a credential; it fills in 60 s. */
export function createLimiter(
  { anonymousPerMinute = 100 }: { anonymousPerMinute?: number | undefined },
  { backend }: { backend: LimitBackend },
): Limiter {
  const bucket = { capacity: anonymousPerMinute, fillMs: minuteMs };
  const probed = createMemoryBackend();
  const allowances = createLru<string, Allowance>(maxAllowances);

  const guess = (address: string, cost: 0 | 1) => backend.take(`guess:${addressKey(address)}`, bucket, cost);

  const chargeAddress = (address: string, cost: 0 | 1) =>
    andThen(backend.take(`address:${addressKey(address)}`, bucket, cost), (level) => verdictOf(level, bucket, 'address'));

  /** What is counted of a consumer, and how it is told; the same for each of its requests until its limits change. */
  function allowanceOf(id: string, limits: Allowance['limits']): Allowance {
    const known = allowances.get(id);
    if (known?.limits.perMinute === limits.perMinute && known.limits.perHour === limits.perHour) return known;
    const { perMinute, perHour } = limits;
    const allowance: Allowance = {
      limits: { perMinute, perHour },
      policy: `"minute";q=${perMinute};w=60, "hour";q=${perHour};w=3600`,
      // The braces let a cluster of Redis keep both in one place. A request that the minute refuses is not counted against the hour: a client that
      // retries too soon would lock itself out.
      windows: [
        { key: `{${id}}:minute`, windowMs: minuteMs, limit: perMinute },
        { key: `{${id}}:hour`, windowMs: hourMs, limit: perHour },
      ],
    };
    allowances.set(id, allowance);
    return allowance;
  }

  function chargeConsumer(id: string, limits: Allowance['limits']): NowOrLater<Verdict> {
    const { policy, windows } = allowanceOf(id, limits);
    return andThen(backend.count(windows), ([inMinute, inHour]) => {
      const minute = standing(inMinute!, limits.perMinute);
      if (minute.over || !inHour)
        return { allowed: false, limit: minute.limit, remaining: 0, resetMs: minute.resetMs, retryMs: minute.resetMs, policy, minute };
      const hour = standing(inHour, limits.perHour);
      if (hour.over)
        return { allowed: false, limit: hour.limit, remaining: 0, resetMs: hour.resetMs, retryMs: hour.resetMs, policy, minute, hour };
      const { limit, remaining, resetMs } = hour.remaining < minute.remaining ? hour : minute;
      return { allowed: true, limit, remaining, resetMs, retryMs: 0, policy, minute, hour };
    });
  }

  return {
    charge: (payer) => (payer.kind === 'consumer' ? chargeConsumer(payer.id, payer.limits) : chargeAddress(payer.address, 1)),
    chargeProbe: (address) => andThen(probed.take(addressKey(address), probes, 1), (level) => verdictOf(level, probes, 'probe')),
    peek: (address) => chargeAddress(address, 0),
    mayGuess: async (address) => (await guess(address, 0)).remaining >= 1,
    async chargeGuess(address) {
      await guess(address, 1);
    },
    stop: () => backend.stop(),
  };
}

function verdictOf({ taken, remaining, nextMs, fullMs }: BucketLevel, { capacity, fillMs }: BucketSize, name: string): Verdict {
  return {
    allowed: taken,
    limit: capacity,
    remaining,
    resetMs: fullMs,
    retryMs: taken ? 0 : nextMs,
    policy: `"${name}";q=${capacity};w=${fillMs / 1000}`,
  };
}

function standing({ used, resetMs }: { used: number; resetMs: number }, limit: number) {
  return { over: used > limit, used: Math.min(used, limit), remaining: Math.max(0, limit - used), resetMs, limit };
}
