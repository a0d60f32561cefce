import { expect, test } from 'vitest';
import { marked } from './marks.ts';

const rows = (...ids: readonly number[]) => ids.map((id) => ({ id: String(id) }));
const none: ReadonlyMap<string, number> = new Map();

test('what comes on top is marked, and the mark fades', () => {
  const marks = marked(none, rows(3, 2, 1), rows(1), 1_000);
  expect([...marks]).toEqual([
    ['3', 1_000],
    ['2', 1_000],
  ]);
  expect([...marked(marks, rows(4, 3, 2, 1), rows(3, 2, 1), 2_000).keys()]).toEqual(['3', '2', '4']);
  const still = rows(4, 3, 2, 1);
  expect(marked(marks, still, still, 2_500).size).toBe(0);
});

test('where many come at once none of them is marked', () => {
  const many = Array.from({ length: 13 }, (_, index) => index);
  expect(marked(none, rows(...many.slice(1), 99), rows(99), 0).size).toBe(12);
  expect(marked(none, rows(...many, 99), rows(99), 0)).toBe(none);
});
