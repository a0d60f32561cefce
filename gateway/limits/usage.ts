import type { Caller } from '../auth/caller.ts';
import { createLru } from '../lru.ts';
import type { Standing, Verdict } from './limiter.ts';

/** How a consumer stands, as this instance last saw it. */
export interface ConsumerUsage {
  /** Its name. */
  readonly consumer: string;
  readonly perMinute: number;
  readonly usedMinute: number;
  readonly perHour: number;
  readonly usedHour: number;
  /** Until its minute begins anew; 0 where that has happened already. */
  readonly resetMs: number;
  /** Requests refused by this instance since it started. */
  readonly refused: number;
}

interface Seen {
  readonly caller: Caller;
  minute: { used: number; endsAt: number };
  hour: { used: number; endsAt: number };
  refused: number;
}

/** Remembers the consumers that asked of late, at most `max`. */
export function createUsage({ max = 500, now = Date.now }: { max?: number; now?: () => number } = {}) {
  const seen = createLru<string, Seen>(max);
  const nothing = { used: 0, endsAt: 0 };
  const until = (standing: Standing | undefined) => standing && { used: standing.used, endsAt: now() + standing.resetMs };

  return {
    note(caller: Caller, verdict: Verdict): void {
      const before = seen.get(caller.consumerId);
      seen.set(caller.consumerId, {
        caller,
        minute: until(verdict.minute) ?? before?.minute ?? nothing,
        hour: until(verdict.hour) ?? before?.hour ?? nothing,
        refused: (before?.refused ?? 0) + (verdict.allowed ? 0 : 1),
      });
    },
    /** Who asked last comes first. */
    report(): ConsumerUsage[] {
      const at = now();
      const used = (window: Seen['minute']) => (window.endsAt > at ? window.used : 0);
      return [...seen.values()].reverse().map(({ caller, minute, hour, refused }) => ({
        consumer: caller.name,
        perMinute: caller.limits.perMinute,
        usedMinute: used(minute),
        perHour: caller.limits.perHour,
        usedHour: used(hour),
        resetMs: Math.max(0, Math.ceil(minute.endsAt - at)),
        refused,
      }));
    },
  };
}
