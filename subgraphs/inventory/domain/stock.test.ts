import { array, assert, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available, crossed, type Level, mergeLines, planTotal } from './stock.ts';

const level = (placeId: number, onHand: number, allocated = 0): Level => ({
  productId: 1,
  placeId,
  onHand,
  allocated,
  threshold: 10,
  version: 1,
  updatedAt: new Date(0),
});

describe('a threshold', () => {
  it.each([
    [10, 9, true],
    [10, 10, false],
    [9, 8, false],
    [11, 0, true],
    [0, 9, false],
  ])('is crossed from %i to %i: %s', (before, after, expected) => {
    expect(crossed({ level: level(1, after), availableBefore: before, thresholdBefore: 10 })).toBe(expected);
  });

  it('is crossed where it rises above what is available', () => {
    expect(crossed({ level: level(1, 8), availableBefore: 8, thresholdBefore: 5 })).toBe(true);
  });
});

describe('a total over all places', () => {
  it('is reached at the warehouse as long as that is enough', () => {
    const levels = [level(1, 8), level(2, 5), level(6, 50)];
    expect(planTotal(levels, 6, 20)).toEqual([{ placeId: 6, change: -43 }]);
    expect(planTotal(levels, 6, 70)).toEqual([{ placeId: 6, change: 7 }]);
    expect(planTotal(levels, 6, 63)).toEqual([]);
    expect(planTotal(levels, 6, 5)).toEqual([
      { placeId: 6, change: -50 },
      { placeId: 1, change: -8 },
    ]);
  });

  it('is always reached, and takes nothing that is promised', () => {
    const place = record({ onHand: integer({ min: 0, max: 100 }), allocated: integer({ min: 0, max: 100 }) });
    assert(
      property(array(place, { minLength: 1, maxLength: 6 }), integer({ min: 0, max: 500 }), (places, total) => {
        const levels = places.map(({ onHand, allocated }, index) => level(index + 1, onHand, Math.min(onHand, allocated)));
        const plan = new Map(planTotal(levels, 1, total).map(({ placeId, change }) => [placeId, change]));
        const after = levels.map((each) => available(each) + (plan.get(each.placeId) ?? 0));
        expect(after.reduce((sum, each) => sum + each, 0)).toBe(total);
        expect(Math.min(...after)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

it('lines of one product become one, in the order in which everybody locks', () => {
  const lines = [
    { product_id: 9, quantity: 1 },
    { product_id: 2, quantity: 3 },
    { product_id: 9, quantity: 4 },
  ];
  expect(mergeLines(lines)).toEqual([
    { productId: 2, quantity: 3 },
    { productId: 9, quantity: 5 },
  ]);
});
