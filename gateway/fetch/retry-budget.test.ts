import { expect, test } from 'vitest';
import { createRetryBudget } from './retry-budget.ts';

test('of many requests that all fail only a share is made again, beyond what was saved up', () => {
  const budget = createRetryBudget({ share: 0.2, most: 10 });
  let retries = 0;
  for (let request = 0; request < 1_000; request++) {
    budget.earn();
    while (budget.spend()) retries++;
  }
  expect(retries).toBeGreaterThanOrEqual(200);
  expect(retries).toBeLessThanOrEqual(210);
});

test('a quiet time saves up no more than a number', () => {
  const budget = createRetryBudget({ share: 0.5, most: 3 });
  for (let request = 0; request < 100; request++) budget.earn();
  expect(Array.from({ length: 5 }, () => budget.spend())).toEqual([true, true, true, false, false]);
});
