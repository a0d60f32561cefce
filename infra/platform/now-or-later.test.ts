import { expect, test } from 'vitest';
import { andThen } from './now-or-later.ts';

test('what is there is gone on with at once, what is promised when it is there', async () => {
  expect(andThen(1, (value) => value + 1)).toBe(2);
  const later = andThen(Promise.resolve(1), (value) => value + 1);
  expect(later).toBeInstanceOf(Promise);
  expect(await later).toBe(2);
});

test('a fault is thrown at once or rejects, as the value came', async () => {
  const fail = () => {
    throw new Error('no');
  };
  expect(() => andThen(1, fail)).toThrow('no');
  await expect(andThen(Promise.resolve(1), fail)).rejects.toThrow('no');
});
