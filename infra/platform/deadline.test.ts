import { expect, test } from 'vitest';
import { parseDeadline } from './deadline.ts';

test.each([
  ['1500', 1500],
  ['0', 0],
  ['999999999', 600_000],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['', null],
  [undefined, null],
  [['100', '200'], null],
])('the header %j says %j', (header, ms) => {
  expect(parseDeadline(header)).toBe(ms);
});
