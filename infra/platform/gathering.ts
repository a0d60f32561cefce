import { AsyncLocalStorage } from 'node:async_hooks';
import { isOutage } from './outage.ts';

interface Call<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface GatheringConfig<Item, Result> {
  /** Of calls that are carried out together at most. */
  readonly maxBatch: number;
  /** Answers for each item in order, an error where its call is to reject; changes nothing where it throws. */
  readonly carryOut: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>;
}

export interface Gathering<Item, Result> {
  /** Rejects with what went wrong with this one. */
  carryOut(item: Item): Promise<Result>;
  /** Settles as soon as no call is at work. */
  idle(): Promise<void>;
}

/**
 * Carries calls out together: those that come while a batch is at work make up the next one, and alone a call waits for nobody. Where a batch fails, each of its calls is
 * carried out by itself, so that a bad one takes no other with it; not so in an outage, in which a batch may have been committed and nobody was told.
 */
export function createGathering<Item, Result>({ maxBatch, carryOut }: GatheringConfig<Item, Result>): Gathering<Item, Result> {
  // A batch belongs to no caller: neither to its trace, nor to its patience.
  const outside = AsyncLocalStorage.snapshot();
  let waiting: Call<Item, Result>[] = [];
  let working = false;
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      await settle(batch);
    }
    working = false;
    idle.resolve();
  }

  async function settle(batch: readonly Call<Item, Result>[]): Promise<void> {
    try {
      const results = await carryOut(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index] as Result | Error;
        if (result instanceof Error) reject(result);
        else resolve(result);
      }
    } catch (error) {
      if (batch.length === 1 || isOutage(error)) for (const { reject } of batch) reject(error);
      else for (const call of batch) await settle([call]);
    }
  }

  return {
    idle: () => idle.promise,
    carryOut: (item) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (working) return;
        working = true;
        idle = Promise.withResolvers();
        // Those that came with it still come along.
        outside(() => setImmediate(work));
      }),
  };
}
