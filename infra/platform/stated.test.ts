import { expect, test } from 'vitest';
import { stated } from './stated.ts';

const start = (after: string | null) => ({ after, caughtUp: () => undefined });
async function* states(...values: number[]) {
  yield* values;
}
async function all(after: string | null, ...values: number[]) {
  const told = [];
  for await (const state of stated(states(...values), String, start(after))) told.push(state);
  return told;
}

test('each state has a cursor, equal for equal states only', async () => {
  const told = await all(null, 1, 2, 1);
  expect(told.map(({ value }) => value)).toEqual([1, 2, 1]);
  expect(told[0]?.cursor).toBe(told[2]?.cursor);
  expect(told[0]?.cursor).not.toBe(told[1]?.cursor);
});

test('who comes back to the state it had is told the next one; who comes back to another is told it at once', async () => {
  const [one] = await all(null, 1);
  expect((await all(one!.cursor, 1, 2, 1)).map(({ value }) => value)).toEqual([2, 1]);
  expect((await all(one!.cursor, 3, 1)).map(({ value }) => value)).toEqual([3, 1]);
  expect(await all(one!.cursor, 1)).toEqual([]);
});

test('returning releases the source', async () => {
  let released = false;
  const source = {
    next: () => new Promise<never>(() => undefined),
    async return() {
      released = true;
      return { done: true as const, value: undefined };
    },
  };
  await stated(source, String, start(null)).return?.();
  expect(released).toBe(true);
});
