import { expect, test } from 'vitest';
import { createRecentOperations } from './recent-operations.ts';

const names = (operations: { query: string }[]) => operations.map(({ query }) => query);

test('the operations seen most come first, and what was seen before the last look counts for less', () => {
  const recent = createRecentOperations();
  for (let time = 0; time < 3; time++) recent.note('a', { query: 'a' });
  recent.note('b', { query: 'b' });
  expect(names(recent.mostSeen())).toEqual(['a', 'b']);
  for (let time = 0; time < 2; time++) recent.note('b', { query: 'b' });
  expect(names(recent.mostSeen())).toEqual(['b', 'a']);
});

test('an operation of one text is another one under each name that a client gave it, as their plans are', () => {
  const recent = createRecentOperations();
  recent.note('a', { query: 'a', operationName: 'One' });
  recent.note('a', { query: 'a', operationName: 'Two' });
  recent.note('a', { query: 'a' });
  expect(recent.mostSeen()).toHaveLength(3);
});

test('there are never more than a number, and none is very long', () => {
  const recent = createRecentOperations(2);
  for (const query of ['a', 'b', 'c', 'd'.repeat(20_001)]) recent.note(query, { query });
  expect(names(recent.mostSeen())).toEqual(['b', 'c']);
});
