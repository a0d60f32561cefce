import type { NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './refusal.ts';

/** How long one request is worked on. */
export interface Patience {
  /** Fires when the client has gone or the time is over. */
  signal(): AbortSignal;
  /** The work, or the refusal SERVICE_UNAVAILABLE where it is not done in time. */
  bound<T>(work: NowOrLater<T>): NowOrLater<T>;
}

/** A timer and a signal are made only where there is something to wait for, which there is not for most of what is read. */
export function createPatience({ raw }: Pick<FastifyRequest, 'raw'>, timeoutMs: number): Patience {
  let abort: AbortController | undefined;
  const giveUp = (reason?: Error) => abort?.abort(reason);

  return {
    signal() {
      if (abort) return abort.signal;
      abort = new AbortController();
      raw.on('close', () => giveUp());
      return abort.signal;
    },
    bound(work) {
      if (!(work instanceof Promise)) return work;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          const late = new Refusal('SERVICE_UNAVAILABLE', undefined, { cause: new Error(`not done within ${timeoutMs} ms`) });
          giveUp(late);
          reject(late);
        }, timeoutMs);
        work.finally(() => clearTimeout(timer)).then(resolve, reject);
      });
    },
  };
}
