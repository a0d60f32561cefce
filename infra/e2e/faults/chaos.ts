import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from './stack.ts';

/** What every random choice of this run follows from, by FAULTS_SEED; drawn where nothing is said. Named in every failure. */
export const faultsSeed = Number(process.env.FAULTS_SEED || Math.floor(Math.random() * 1_000_000_000));

export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A number between the two. */
  between(least: number, most: number): number;
  pick<Value>(values: readonly Value[]): Value;
}

/** mulberry32: the same numbers for the same seed, on every machine. `stream` gives each use numbers of its own. */
export function createRandom(seed = faultsSeed, stream = 0): Random {
  let state = (seed + Math.imul(stream, 0x9e3779b1)) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    pick(values) {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('there is nothing to pick from');
      return value;
    },
  };
}

export interface KillOptions {
  /** Which parts; all of them by default. */
  readonly parts?: readonly string[];
  /** Milliseconds from one kill to the next, drawn between the two; 500 to 3,000 by default. */
  readonly everyMs?: readonly [least: number, most: number];
  /** Ends after so many; goes on until it is stopped by default. */
  readonly count?: number;
  readonly random?: Random;
}

export interface Kills extends AsyncDisposable {
  /** The parts that were killed so far, in order. */
  readonly killed: readonly string[];
  /** Resolves when all kills were done; rejects where a part could not be killed. */
  readonly done: Promise<void>;
  /** No more of them; resolves when the last one is over. */
  stop(): Promise<void>;
}

/** kill -9 of random parts at random moments, whether they are at work or still starting. Somebody has to start them again: `stack.keepAlive()`. */
export function killAtRandom(stack: Stack, options: KillOptions = {}): Kills {
  const { parts = stack.parts, everyMs = [500, 3_000], count = Number.POSITIVE_INFINITY, random = createRandom() } = options;
  const stopping = new AbortController();
  const killed: string[] = [];

  async function run(): Promise<void> {
    while (killed.length < count) {
      await delay(random.between(...everyMs), undefined, { signal: stopping.signal }).catch(() => undefined); // only stop() rejects it
      if (stopping.signal.aborted) return;
      const part = random.pick(parts);
      if (await stack.kill(part)) killed.push(part);
    }
  }

  const done = run();
  done.catch(() => undefined); // whoever waits for it hears of it
  const stop = async () => {
    stopping.abort();
    await done;
  };
  return { killed, done, stop, [Symbol.asyncDispose]: stop };
}
