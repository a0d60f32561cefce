import { createLru, type Lru } from '../lru.ts';
import type { BucketLevel, LimitBackend, Window, WindowCount } from './backend.ts';

interface CountedWindow {
  used: number;
  readonly endsAt: number;
}

/**
 * Counts in this process. At most `maxKeys` windows of each length and `maxKeys` buckets are remembered; past that the one that was used longest ago is
 * forgotten, which only ever makes a limit more lenient.
 */
export function createMemoryBackend({ maxKeys = 10_000, now = Date.now }: { maxKeys?: number; now?: () => number } = {}): LimitBackend {
  /** By their length, then by key. */
  const windows = new Map<number, Lru<string, CountedWindow>>();
  /** Per key the moment its bucket is full again: all there is to know about a bucket. */
  const fullAt = createLru<string, number>(maxKeys);

  function countOne({ key, windowMs, limit }: Window): WindowCount {
    const at = now();
    let ofLength = windows.get(windowMs);
    if (!ofLength) {
      ofLength = createLru(maxKeys);
      windows.set(windowMs, ofLength);
    }
    let window = ofLength.get(key);
    if (!window || window.endsAt <= at) {
      window = { used: 0, endsAt: at + windowMs };
      ofLength.set(key, window);
    }
    if (window.used <= limit) window.used++;
    return { used: window.used, resetMs: window.endsAt - at };
  }

  return {
    count(windows) {
      const counts: WindowCount[] = [];
      for (const window of windows) {
        const counted = countOne(window);
        counts.push(counted);
        if (counted.used > window.limit) break;
      }
      return counts;
    },

    take(key, { capacity, fillMs }, cost): BucketLevel {
      const at = now();
      const msPerToken = fillMs / capacity;
      const emptyBy = Math.max(0, (fullAt.get(key) ?? at) - at);
      const available = capacity - emptyBy / msPerToken;
      // A hair of tolerance: sums of msPerToken do not come out even in binary.
      const taken = available - cost > -1e-9;
      const fullMs = taken ? emptyBy + cost * msPerToken : emptyBy;
      const left = capacity - fullMs / msPerToken;
      if (cost > 0 && taken) fullAt.set(key, at + fullMs);
      const remaining = Math.max(0, Math.floor(left + 1e-9));
      return { taken, remaining, nextMs: remaining >= 1 ? 0 : (1 - left) * msPerToken, fullMs };
    },

    async stop() {
      windows.clear();
    },
  };
}
