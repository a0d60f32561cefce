/** How much may still be asked for, by the headers of the gateway's last answer. */
export interface Allowance {
  note(headers: Headers): void;
  /** Seconds until what can wait should be asked for; 0: now. What is left until then is for whoever works with the same key. */
  spareInSeconds(): number;
}

/** So many requests are left to others, of a small limit a quarter. */
const mostLeft = 25;

/** @param now the clock in ms. */
export function createAllowance(now: () => number = Date.now): Allowance {
  let remaining = Number.POSITIVE_INFINITY;
  let left = 0;
  let filledAt = 0;
  return {
    note: (headers) => {
      const limit = read(headers, 'ratelimit-limit');
      const remains = read(headers, 'ratelimit-remaining');
      const resetSeconds = read(headers, 'ratelimit-reset');
      if (limit === null || remains === null || resetSeconds === null) return;
      remaining = remains;
      left = Math.min(mostLeft, Math.ceil(limit / 4));
      filledAt = now() + resetSeconds * 1_000;
    },
    spareInSeconds: () => (remaining > left ? 0 : Math.max(0, Math.ceil((filledAt - now()) / 1_000))),
  };
}

function read(headers: Headers, name: string): number | null {
  const text = headers.get(name);
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
