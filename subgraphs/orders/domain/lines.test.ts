import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCartLines, readOrderLines, totalOf } from './lines.ts';

describe('the total of lines', () => {
  it('is exact where a float would not be', () => {
    expect(totalOf([{ quantity: 10_000, unitPriceMinor: 900_719_925_474n }])).toBe(9_007_199_254_740_000n);
    expect(totalOf([])).toBe(0n);
  });

  it('is the sum of its parts, however they are split', () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 10_000 }),
      unitPriceMinor: fc.bigInt({ min: 0n, max: 1_000_000_000_000n }),
    });
    fc.assert(
      fc.property(fc.array(line), fc.array(line), (a, b) => {
        expect(totalOf([...a, ...b])).toBe(totalOf(a) + totalOf(b));
      }),
    );
  });
});

describe('lines of an order', () => {
  it('stay as they were given, prices of one product may differ', () => {
    const given = [
      { productId: '5', quantity: 2, unitPriceMinor: 1999 },
      { productId: '1', quantity: 1, unitPriceMinor: '0' },
      { productId: '5', quantity: 1, unitPriceMinor: 1500 },
    ];
    const { lines, faults } = readOrderLines(given, ['lines']);
    expect(faults).toEqual([]);
    expect(lines).toEqual([
      { productId: 5, quantity: 2, unitPriceMinor: 1999n },
      { productId: 1, quantity: 1, unitPriceMinor: 0n },
      { productId: 5, quantity: 1, unitPriceMinor: 1500n },
    ]);
  });

  it('are told every fault at once', () => {
    const { faults } = readOrderLines(
      [
        { productId: 'x', quantity: 0, unitPriceMinor: -1 },
        { productId: '1', quantity: 10_001, unitPriceMinor: '1.5' },
        { productId: '2147483648', quantity: 1, unitPriceMinor: '1000000000001' },
      ],
      ['input', 'lines'],
    );
    expect(faults.map(({ path }) => path.join('.'))).toEqual([
      'input.lines.0.productId',
      'input.lines.0.quantity',
      'input.lines.0.unitPriceMinor',
      'input.lines.1.quantity',
      'input.lines.1.unitPriceMinor',
      'input.lines.2.productId',
      'input.lines.2.unitPriceMinor',
    ]);
    expect(readOrderLines([], ['lines']).faults).toHaveLength(1);
    const many = Array.from({ length: 101 }, () => ({ productId: '1', quantity: 1, unitPriceMinor: 1 }));
    expect(readOrderLines(many, ['lines']).faults).toEqual([{ path: ['lines'], message: 'must have 1 to 100 lines, has 101' }]);
  });
});

describe('lines of a cart', () => {
  it('of one product are put together, by product, and lose nothing', () => {
    const input = fc.array(fc.record({ productId: fc.integer({ min: 1, max: 9 }), quantity: fc.integer({ min: 1, max: 100 }) }), {
      maxLength: 100,
    });
    fc.assert(
      fc.property(input, (given) => {
        const { lines, faults } = readCartLines(
          given.map((line) => ({ ...line, productId: String(line.productId) })),
          ['lines'],
        );
        const ids = lines.map(({ productId }) => productId);
        expect(faults).toEqual([]);
        expect(ids).toEqual([...new Set(given.map(({ productId }) => productId))].sort((a, b) => a - b));
        const sum = (all: readonly { quantity: number }[]) => all.reduce((total, { quantity }) => total + quantity, 0);
        expect(sum(lines)).toBe(sum(given));
      }),
    );
  });

  it('may come to 10,000 of one product and no more', () => {
    const twice = (quantity: number) => [
      { productId: '1', quantity: 5_000 },
      { productId: '1', quantity },
    ];
    expect(readCartLines(twice(5_000), ['lines'])).toEqual({ lines: [{ productId: 1, quantity: 10_000 }], faults: [] });
    expect(readCartLines(twice(5_001), ['lines']).faults).toMatchObject([{ path: ['lines', 1, 'quantity'] }]);
    expect(readCartLines([], ['lines'])).toEqual({ lines: [], faults: [] });
  });
});
