import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './store.ts';

/** How one answer is made, and how an instance that waits for another one's looks for it. */
export interface Flight {
  readonly begin: () => Promise<Answer>;
  /** Takes the right to make it among all instances; null while another one has it. Not there: there are no others. */
  readonly lock?: ((leaseMs: number) => Promise<(() => Promise<void>) | null>) | undefined;
  /** What another instance has made by now; `changed` where waiting for it is in vain. */
  readonly kept: () => Promise<Answer | 'changed' | null>;
}

/** Lets equal questions at the same time share one making of the answer: within this instance always, between instances as far as they can be asked. */
export interface Flights {
  share(key: string, flight: Flight): Promise<Answer>;
}

/** An instance that died while it made an answer holds the others up no longer than this. */
const leaseMs = 3_000;
/** How long another instance's answer is waited for before one is made here too. */
const patienceMs = 2_000;
const firstLookMs = 5;
const maxLookMs = 80;

export function createFlights(): Flights {
  const flying = new Map<string, Promise<Answer>>();

  return {
    share(key, flight) {
      const joined = flying.get(key);
      if (joined) return joined;
      const made = makeAmongInstances(flight).finally(() => flying.delete(key));
      flying.set(key, made);
      return made;
    },
  };
}

async function makeAmongInstances({ begin, lock, kept }: Flight): Promise<Answer> {
  if (!lock) return begin();
  const deadline = performance.now() + patienceMs;
  for (let waitMs = firstLookMs; ; waitMs = Math.min(2 * waitMs, maxLookMs)) {
    let release: (() => Promise<void>) | null;
    try {
      release = await lock(leaseMs);
    } catch {
      // Without Redis each instance makes its own.
      return begin();
    }
    if (release) {
      try {
        return await begin();
      } finally {
        // Nobody waits for it: the lease ends by itself, too.
        release().catch(() => undefined);
      }
    }
    await delay(waitMs);
    const answer = await kept().catch(() => 'changed' as const);
    if (answer === 'changed' || performance.now() > deadline) return begin();
    if (answer) return answer;
  }
}
