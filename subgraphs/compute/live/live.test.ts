import { expect, test } from 'vitest';
import { coalesce } from './coalesce.ts';
import { createNewest } from './newest.ts';
import { createSharedPoll } from './shared-poll.ts';

/** A source of changes that counts how often it was released. */
function changes() {
  const newest = createNewest<number>(() => {
    source.released++;
  });
  const source = { released: 0, tell: () => newest.put(0), end: newest.end, values: newest.values };
  return source;
}

test('a newer value takes the place of one that was not fetched; the last is fetched before the end', async () => {
  let released = 0;
  const newest = createNewest<number>(() => released++);
  newest.put(1);
  newest.put(2);
  expect(await newest.values.next()).toEqual({ done: false, value: 2 });
  const waiting = newest.values.next();
  newest.put(3);
  expect(await waiting).toEqual({ done: false, value: 3 });
  newest.put(4);
  newest.end();
  newest.put(5);
  expect(await newest.values.next()).toEqual({ done: false, value: 4 });
  expect(await newest.values.next()).toEqual({ done: true, value: undefined });
  expect(released).toBe(1);
});

test('returning releases at once, also while a reader waits', async () => {
  let released = 0;
  const newest = createNewest<number>(() => released++);
  const waiting = newest.values.next();
  await newest.values.return?.();
  expect(await waiting).toMatchObject({ done: true });
  expect(released).toBe(1);
});

test('a failure reaches the reader', async () => {
  const newest = createNewest<number>();
  newest.fail(new Error('no'));
  await expect(newest.values.next()).rejects.toThrow('no');
  expect(await newest.values.next()).toMatchObject({ done: true });
});

test('many changes become few states, the last of which is the newest', async () => {
  const source = changes();
  let state = 0;
  let reads = 0;
  const states = coalesce({
    changes: source.values,
    intervalMs: 20,
    read: async () => {
      reads++;
      return state;
    },
  });
  expect(await states.next()).toEqual({ done: false, value: 0 });
  for (let change = 0; change < 100; change++) {
    state++;
    source.tell();
    await new Promise((resolve) => setImmediate(resolve));
  }
  let last: number | undefined;
  while (last !== 100) last = (await states.next()).value;
  expect(reads).toBeLessThan(60);
  await states.return?.();
  expect(source.released).toBe(1);
});

test('a poll asks once for all who listen, tells of changes only, and stops with the last listener', async () => {
  let reads = 0;
  let state = 'a';
  const poll = createSharedPoll({
    read: async () => {
      reads++;
      return state;
    },
    intervalMs: 5,
    fingerprint: (value: string) => value,
  });
  expect(reads).toBe(0);
  const [one, two] = [poll.listen(), poll.listen()];
  expect([await one.next(), await two.next()].map(({ value }) => value)).toEqual(['a', 'a']);
  const next = one.next();
  state = 'b';
  expect(await next).toEqual({ done: false, value: 'b' });
  await one.return?.();
  await two.return?.();
  const after = reads;
  const third = poll.listen();
  expect(await third.next()).toEqual({ done: false, value: 'b' });
  expect(reads - after).toBeLessThanOrEqual(2);
  poll.stop();
  expect(await third.next()).toMatchObject({ done: true });
});
