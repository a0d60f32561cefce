import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { BucketLevel, LimitBackend, Window, WindowCount } from './backend.ts';

/**
 * Counts in this process. At most `maxKeys` keys are remembered for each kind of count; past that the key that was used longest ago is forgotten,
 * which only ever makes a limit more lenient.
 */
export function createMemoryBackend({ maxKeys = 10_000, now = Date.now }: { maxKeys?: number; now?: () => number } = {}): LimitBackend {
  const windows = new Map<number, { limiter: RateLimiterMemory; keys: Set<string> }>();
  /** Per key the moment its bucket is full again: all there is to know about a bucket. Ordered by last use. */
  const fullAt = new Map<string, number>();

  const windowOf = (windowMs: number) => {
    let window = windows.get(windowMs);
    if (!window) {
      // Limits differ from consumer to consumer, so the limiter only counts and the caller compares.
      window = { limiter: new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: windowMs / 1000 }), keys: new Set() };
      windows.set(windowMs, window);
    }
    return window;
  };

  async function countOne({ key, windowMs, limit }: Window): Promise<WindowCount> {
    const { limiter, keys } = windowOf(windowMs);
    keys.delete(key);
    keys.add(key);
    if (keys.size > maxKeys) await limiter.delete(forgetOldest(keys));
    const { consumedPoints, msBeforeNext } = await limiter.penalty(key, 1);
    return { used: Math.min(consumedPoints, limit + 1), resetMs: msBeforeNext };
  }

  return {
    async count(windows) {
      const counts: WindowCount[] = [];
      for (const window of windows) {
        const counted = await countOne(window);
        counts.push(counted);
        if (counted.used > window.limit) break;
      }
      return counts;
    },

    async take(key, { capacity, fillMs }, cost): Promise<BucketLevel> {
      const at = now();
      const msPerToken = fillMs / capacity;
      const emptyBy = Math.max(0, (fullAt.get(key) ?? at) - at);
      const available = capacity - emptyBy / msPerToken;
      // A hair of tolerance: sums of msPerToken do not come out even in binary.
      const taken = available - cost > -1e-9;
      const fullMs = taken ? emptyBy + cost * msPerToken : emptyBy;
      const left = capacity - fullMs / msPerToken;
      if (cost > 0 && taken) {
        fullAt.delete(key);
        fullAt.set(key, at + fullMs);
        if (fullAt.size > maxKeys) forgetOldest(fullAt);
      }
      const remaining = Math.max(0, Math.floor(left + 1e-9));
      return { taken, remaining, nextMs: remaining >= 1 ? 0 : (1 - left) * msPerToken, fullMs };
    },

    async stop() {
      for (const { limiter, keys } of windows.values()) for (const key of keys) await limiter.delete(key);
      windows.clear();
      fullAt.clear();
    },
  };
}

/** Drops the key that was put in first, which the callers keep to be the one used longest ago. */
function forgetOldest(kept: Set<string> | Map<string, unknown>): string {
  const [oldest = ''] = kept.keys();
  kept.delete(oldest);
  return oldest;
}
