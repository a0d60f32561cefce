import fc from 'fast-check';
import { expect, test } from 'vitest';
import { price, priceParam, toEuros, toMinor } from './prices.ts';

const faultsOf = (value: unknown) => price.safeParse(value).error?.issues.map(({ code }) => code) ?? [];

test('every price to the cent becomes its cents and comes back the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), (cents) => {
      const text = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      const euros = price.parse(JSON.parse(text));
      expect(toMinor(euros)).toBe(cents);
      expect(toEuros({ amount: text })).toBe(euros);
    }),
  );
});

test.each([
  [19.99, 1999],
  [0.07, 7],
  [1.1, 110],
  [4.35, 435],
  [1.005e2, 10050],
  [20_000_000, 2_000_000_000],
])('%d € are %d cents', (euros, cents) => {
  expect(toMinor(price.parse(euros))).toBe(cents);
});

test.each([1.005, 0.001, 1e-7, 0.1 + 0.2, 19.999])('%d has more than two decimals: a fault, nothing is rounded', (euros) => {
  expect(faultsOf(euros)).toEqual(['custom']);
});

test.each([-1, 20_000_000.01, '12.50', null, Number.NaN, Number.POSITIVE_INFINITY, 1e300])('%s is no price', (value) => {
  expect(faultsOf(value).length).toBeGreaterThan(0);
});

test('a price in a query is a text', () => {
  expect([priceParam.parse('12.5'), priceParam.parse('12'), priceParam.parse(undefined), priceParam.parse('')]).toEqual([
    12.5,
    12,
    undefined,
    undefined,
  ]);
  for (const text of ['12.345', 'x', '1e3', '-1', '0x10', ' 1', '12.'])
    expect([text, priceParam.safeParse(text).success]).toEqual([text, false]);
});
