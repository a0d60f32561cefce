import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOrderedWindow } from './ordered-window.ts';

function setUp({ width = 2, maxWaiting = 2, coalesce = false } = {}) {
  const work = new Map<number, () => void>();
  const delivered: number[] = [];
  let overflows = 0;
  const window = createOrderedWindow<number, number>({
    width,
    maxWaiting,
    coalesce,
    onCoalesced: () => undefined,
    work: (item) => new Promise((resolve) => work.set(item, () => resolve(item))),
    deliver: (item) => void delivered.push(item),
    onOverflow: () => overflows++,
  });
  const finish = async (item: number) => {
    work.get(item)?.();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { window, work, delivered, finish, overflows: () => overflows };
}

test('no more items are worked on than the window is wide', async () => {
  const { window, work, finish } = setUp();
  for (const item of [1, 2, 3]) window.push(item);
  expect([...work.keys()]).toEqual([1, 2]);
  await finish(1);
  expect([...work.keys()]).toEqual([1, 2, 3]);
});

test('results are delivered in the order of the items, whatever the order of the work', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 }), async (order) => {
      const { window, delivered, finish } = setUp({ width: 12 });
      for (let item = 0; item < 12; item++) window.push(item);
      for (const item of order) await finish(item);
      expect(delivered).toEqual([...Array(12).keys()]);
    }),
  );
});

test('the end waits for all that came before it', async () => {
  const { window, delivered, finish } = setUp();
  for (const item of [1, 2, 3]) window.push(item);
  window.end(() => delivered.push(-1));
  window.push(4);
  for (const item of [2, 1, 3]) await finish(item);
  expect(delivered).toEqual([1, 2, 3, -1]);
});

test('too many waiting items overflow once; a window that coalesces keeps the newest', async () => {
  const full = setUp();
  for (let item = 1; item <= 9; item++) full.window.push(item);
  await full.finish(1);
  expect([full.overflows(), full.delivered]).toEqual([1, []]);
  const newest = setUp({ coalesce: true });
  for (let item = 1; item <= 9; item++) newest.window.push(item);
  for (const item of [1, 2, 9]) await newest.finish(item);
  expect([newest.overflows(), newest.delivered]).toEqual([0, [1, 2, 9]]);
});

test('a closed window delivers nothing', async () => {
  const { window, delivered, finish } = setUp();
  window.push(1);
  window.close();
  await finish(1);
  expect(delivered).toEqual([]);
});
