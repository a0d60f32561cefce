import type { ConsumerUsage } from '@comptoir/schema/edge-report.ts';
import type { Caller } from '../auth/caller.ts';
import { createLru } from '../lru.ts';
import type { Standing, Verdict } from './limiter.ts';

interface Window {
  used: number;
  endsAt: number;
}

interface Seen {
  caller: Caller;
  readonly minute: Window;
  readonly hour: Window;
  refused: number;
}

/** Remembers the consumers that asked of late, at most `max`. */
export function createUsage({ max = 500, now = Date.now }: { max?: number; now?: () => number } = {}) {
  const seen = createLru<string, Seen>(max);

  function noteWindow(window: Window, standing: Standing | undefined): void {
    if (!standing) return;
    window.used = standing.used;
    window.endsAt = now() + standing.resetMs;
  }

  return {
    note(caller: Caller, verdict: Verdict): void {
      let known = seen.get(caller.consumerId);
      if (!known) {
        known = { caller, minute: { used: 0, endsAt: 0 }, hour: { used: 0, endsAt: 0 }, refused: 0 };
        seen.set(caller.consumerId, known);
      }
      known.caller = caller;
      noteWindow(known.minute, verdict.minute);
      noteWindow(known.hour, verdict.hour);
      if (!verdict.allowed) known.refused++;
    },
    /** Who asked last comes first. */
    report(): ConsumerUsage[] {
      const at = now();
      const used = (window: Window) => (window.endsAt > at ? window.used : 0);
      return [...seen.values()].reverse().map(({ caller, minute, hour, refused }) => ({
        consumerId: caller.consumerId,
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
