import fc from 'fast-check';
import type { Answered, ResponseCache } from '../cache/response-cache.ts';

/** What may happen to one thing that is read through caches and written beside them. */
export type Step =
  /** Somebody asks an instance. The answer is read from the thing when its making begins, or only when it is let go. */
  | { readonly does: 'ask'; readonly instance: number; readonly readsLate: boolean }
  /** The oldest making that has not been let go is. */
  | { readonly does: 'let go' }
  /** The thing is changed, and what is kept of it removed at an instance, all before the next step. */
  | { readonly does: 'write'; readonly instance: number }
  /** What was begun has time to go on. */
  | { readonly does: 'turn' };

export function stepsFor(instances: number): fc.Arbitrary<Step[]> {
  const instance = fc.integer({ min: 0, max: instances - 1 });
  return fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ does: fc.constant('ask' as const), instance, readsLate: fc.boolean() }) },
      { weight: 3, arbitrary: fc.constant({ does: 'let go' as const }) },
      { weight: 2, arbitrary: fc.record({ does: fc.constant('write' as const), instance }) },
      { weight: 3, arbitrary: fc.constant({ does: 'turn' as const }) },
    ),
    { minLength: 3, maxLength: 25 },
  );
}

export interface Told {
  /** How often the thing had been written when it was asked for, and as which writing it was told. */
  readonly asked: number;
  readonly told: number;
  readonly state: Answered['state'];
}

/** Plays the steps, and has every instance asked twice once all is over; what everybody who asked was told. Whoever asks after a write has to be told of that write or a later one. */
export async function play(
  caches: readonly ResponseCache[],
  key: string,
  steps: readonly Step[],
  turn: () => Promise<void>,
): Promise<Told[]> {
  let written = 0;
  const held: (() => void)[] = [];
  const asking: Promise<Told>[] = [];

  async function ask(instance: number, readsLate: boolean): Promise<Told> {
    const asked = written;
    const { body, state } = await caches[instance]!.answer(
      { type: 'rest', key, tags: ['shop', `thing:${key}`], ttlMs: 60_000 },
      async () => {
        const early = written;
        await new Promise<void>((resolve) => held.push(resolve));
        return { body: String(readsLate ? written : early), total: null };
      },
    );
    return { asked, told: Number(body), state };
  }

  for (const step of steps) {
    if (step.does === 'ask') asking.push(ask(step.instance, step.readsLate));
    else if (step.does === 'let go') held.shift()?.();
    else if (step.does === 'turn') await turn();
    else {
      written++;
      await caches[step.instance]!.remove([`thing:${key}`]);
    }
  }
  const told = await letAllGo(asking);
  for (const instance of [...caches.keys(), ...caches.keys()]) told.push(...(await letAllGo([ask(instance, true)])));
  return told;

  async function letAllGo(asked: readonly Promise<Told>[]): Promise<Told[]> {
    let over = false;
    const all = Promise.all(asked).finally(() => {
      over = true;
    });
    while (!over) {
      for (const letGo of held.splice(0)) letGo();
      await turn();
    }
    return all;
  }
}
