import { expect, test } from 'vitest';
import { createAllowance } from './allowance.ts';

const told = (limit: number, remaining: number, reset: number) =>
  new Headers({ 'ratelimit-limit': `${limit}`, 'ratelimit-remaining': `${remaining}`, 'ratelimit-reset': `${reset}` });

test.each([
  [100, 26, 0],
  [100, 25, 40],
  [100, 0, 40],
  [1_000, 26, 0],
  [1_000, 25, 40],
  [20, 6, 0],
  [20, 5, 40],
])('of %i requests a part is left to others: with %i left, what can wait waits %i s', (limit, remaining, seconds) => {
  const allowance = createAllowance(() => 0);
  allowance.note(told(limit, remaining, 40));
  expect(allowance.spareInSeconds()).toBe(seconds);
});

test('nothing waits before the gateway has said anything, nor past the end of its window', () => {
  let clock = 0;
  const allowance = createAllowance(() => clock);
  expect(allowance.spareInSeconds()).toBe(0);
  allowance.note(told(100, 3, 40));
  clock = 39_001;
  expect(allowance.spareInSeconds()).toBe(1);
  clock = 40_000;
  expect(allowance.spareInSeconds()).toBe(0);
});

test('an answer that says nothing of limits, as that of a proxy, changes nothing', () => {
  const allowance = createAllowance(() => 0);
  allowance.note(told(100, 3, 40));
  allowance.note(new Headers());
  allowance.note(new Headers({ 'ratelimit-limit': '100', 'ratelimit-remaining': 'some', 'ratelimit-reset': '1' }));
  expect(allowance.spareInSeconds()).toBe(40);
});
