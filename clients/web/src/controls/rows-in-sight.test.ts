import { describe, expect, it } from 'vitest';
import { rowsInSight } from './rows-in-sight.ts';

describe('the rows worth having in the page', () => {
  it('covers what is in sight with some to spare', () => {
    const { first, end } = rowsInSight(36_000, 600, 36, 10_000);
    expect(first).toBeLessThanOrEqual(990);
    expect(end).toBeGreaterThanOrEqual(1_027);
    expect(end - first).toBeLessThan(60);
  });

  it('never reaches past the list', () => {
    expect(rowsInSight(0, 600, 36, 3)).toEqual({ first: 0, end: 3 });
    expect(rowsInSight(999_999, 600, 36, 20).end).toBe(20);
    expect(rowsInSight(0, 600, 36, 0)).toEqual({ first: 0, end: 0 });
  });

  it('stays the same while the scroll stays within a few rows', () => {
    expect(rowsInSight(36 * 100, 600, 36, 1_000)).toEqual(rowsInSight(36 * 100 + 20, 600, 36, 1_000));
  });
});
