import { ComptoirError } from '@comptoir/platform/errors.ts';

/** Work that may wait for others of the same key. */
const maxWaiting = 20;

/** Runs work with the same key one after another, in this process. Errors: RATE_LIMITED where too many wait already. */
export function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const queues = new Map<string, { last: Promise<unknown>; length: number }>();
  return async (key, work) => {
    const queue = queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    if (queue.length >= maxWaiting) throw new ComptoirError('RATE_LIMITED', 'Too many attempts at once: try again in a few seconds.');
    queues.set(key, queue);
    queue.length++;
    const mine = queue.last.then(work, work);
    queue.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      if (--queue.length === 0) queues.delete(key);
    }
  };
}
