import { createHash } from 'node:crypto';
import type { SubscriptionStart } from './subscription-start.ts';

export interface Stated<T> {
  readonly cursor: string;
  readonly value: T;
}

/**
 * Gives the states of a @snapshot subscription their cursors: a digest of what tells one state from another. A subscriber that comes back is told the state it comes
 * back to only where it is another than the one it had; there is no log to look into, and so no cursor that is too old. Returning releases the source at once.
 */
export function stated<T>(
  states: AsyncIterator<T>,
  fingerprint: (state: T) => string,
  { after }: SubscriptionStart,
): AsyncIterableIterator<Stated<T>> {
  let known = after;
  const values: AsyncIterableIterator<Stated<T>> = {
    async next() {
      for (;;) {
        const { done, value } = await states.next();
        if (done) return { done, value: undefined };
        const cursor = createHash('sha256').update(fingerprint(value)).digest('base64url').slice(0, 22);
        const isKnown = cursor === known;
        known = null;
        if (!isKnown) return { done: false, value: { cursor, value } };
      }
    },
    async return() {
      await states.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => values,
  };
  return values;
}
