import type { BreakerState } from '@comptoir/schema/edge-report.ts';

export interface BreakerConfig {
  /** The window that the failure rate is taken over. */
  readonly windowMs: number;
  /** Fewer requests than this within the window say nothing. */
  readonly minVolume: number;
  /** From 0 to 1; at this rate it opens. */
  readonly failureRate: number;
  /** How long it stays open the first time; twice as long each time the trial fails. */
  readonly openMs: number;
  readonly maxOpenMs: number;
}

export const defaultBreaker: BreakerConfig = { windowMs: 10_000, minVolume: 10, failureRate: 0.5, openMs: 2_000, maxOpenMs: 30_000 };

/** `neutral`: the request tells nothing of the other side, as when the client went away. */
export type Verdict = 'ok' | 'failed' | 'neutral';

/** Stops asking one who does not answer: waiting for it costs those who wait, and load is what keeps it from coming back. */
export interface Breaker {
  state(): BreakerState;
  /** Whether a request may be made now. Asks, and takes nothing. */
  allows(): boolean;
  /** Before a request that it allows. Returns how to say what became of it, which has to be said. */
  begin(): (verdict: Verdict) => void;
  /** Until a next try is worth it; 0 where it is now. */
  retryAfterMs(): number;
  /** Failures within the window. */
  failures(): number;
}

const slots = 10;

export function createBreaker(
  config: BreakerConfig,
  onChange: (state: BreakerState) => void,
  now: () => number = performance.now.bind(performance),
): Breaker {
  const slotMs = config.windowMs / slots;
  const window = Array.from({ length: slots }, () => ({ turn: Number.NEGATIVE_INFINITY, ok: 0, failed: 0 }));
  let state: BreakerState = 'closed';
  let openUntil = 0;
  let openMs = config.openMs;
  let trial = false;
  /** Requests that began before the last change say nothing of what is now. */
  let era = 0;

  const turnNow = () => Math.floor(now() / slotMs);
  const change = (next: BreakerState) => {
    state = next;
    era++;
    trial = false;
    onChange(next);
  };
  const sums = () => {
    const oldest = turnNow() - slots;
    let ok = 0;
    let failed = 0;
    for (const slot of window) {
      if (slot.turn <= oldest) continue;
      ok += slot.ok;
      failed += slot.failed;
    }
    return { ok, failed };
  };
  const open = () => {
    openUntil = now() + openMs * (1 + Math.random() * 0.2);
    change('open');
  };
  /** Time alone half-opens it. */
  const look = (): BreakerState => {
    if (state === 'open' && now() >= openUntil) change('half-open');
    return state;
  };

  function count(verdict: 'ok' | 'failed'): void {
    const turn = turnNow();
    const slot = window[turn % slots]!;
    if (slot.turn !== turn) Object.assign(slot, { turn, ok: 0, failed: 0 });
    slot[verdict]++;
    if (verdict === 'ok') return;
    const { ok, failed } = sums();
    if (ok + failed >= config.minVolume && failed / (ok + failed) >= config.failureRate) open();
  }

  return {
    state: look,
    allows: () => look() === 'closed' || (state === 'half-open' && !trial),
    begin() {
      const trying = look() === 'half-open';
      const begun = era;
      if (trying) trial = true;
      return (verdict) => {
        if (begun !== era) return;
        if (!trying) return verdict === 'neutral' ? undefined : count(verdict);
        if (verdict === 'neutral') {
          trial = false;
          return;
        }
        if (verdict === 'failed') {
          openMs = Math.min(openMs * 2, config.maxOpenMs);
          return open();
        }
        openMs = config.openMs;
        for (const slot of window) slot.turn = Number.NEGATIVE_INFINITY;
        change('closed');
      };
    },
    retryAfterMs: () => (look() === 'open' ? Math.max(0, openUntil - now()) : 0),
    failures: () => sums().failed,
  };
}
