import { array, assert, bigInt, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideHalfUp, formatAmount, parseAmount, shareOut, taxWithin, toDecimalNumber, toGraphMoney } from './money.ts';

const amount = bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const currency = constantFrom('EUR', 'JPY', 'CAD', 'BHD');
const sum = (list: readonly bigint[]) => list.reduce((left, right) => left + right, 0n);

describe('an amount', () => {
  it('is written with all digits of its currency', () => {
    expect([formatAmount(1250n), formatAmount(5n), formatAmount(-5n), formatAmount(12n, 'JPY'), formatAmount(1n, 'BHD')]).toEqual([
      '12.50',
      '0.05',
      '-0.05',
      '12',
      '0.001',
    ]);
    expect(toGraphMoney('1250')).toEqual({ amount: '12.50', minor: '1250', currency: 'EUR' });
    expect(toDecimalNumber(1250n)).toBe(12.5);
  });

  it('is read back as it was written', () => {
    assert(property(amount, currency, (minor, code) => parseAmount(formatAmount(minor, code), code) === minor));
  });

  it.each(['', '1,50', '1.234', '1e3', '+1', '.5', '1.', 'NaN', ' 1', '--1'])('is not read from %j', (text) => {
    expect(() => parseAmount(text)).toThrow(RangeError);
  });

  it('has no unknown currency', () => {
    expect(() => formatAmount(1n, 'euro')).toThrow(RangeError);
  });
});

describe('division', () => {
  it('rounds halves away from zero', () => {
    expect([divideHalfUp(5n, 2n), divideHalfUp(-5n, 2n), divideHalfUp(4n, 3n), divideHalfUp(5n, 3n), divideHalfUp(1n, 3n)]).toEqual([
      3n,
      -3n,
      1n,
      2n,
      0n,
    ]);
  });

  it('is never further off than a half', () => {
    assert(
      property(amount, bigInt({ min: 1n, max: 10n ** 9n }), (numerator, denominator) => {
        const error = divideHalfUp(numerator, denominator) * denominator - numerator;
        return 2n * (error < 0n ? -error : error) <= denominator;
      }),
    );
  });
});

describe('tax within a price', () => {
  it('is what the rate says', () => {
    expect([taxWithin(1200n, 200_000), taxWithin(1055n, 55_000), taxWithin(1100n, 100_000), taxWithin(999n, 0)]).toEqual([
      200n,
      55n,
      100n,
      0n,
    ]);
  });

  it('leaves a net price that gives the gross one again, to half a cent', () => {
    assert(
      property(bigInt({ min: 0n, max: 10n ** 12n }), constantFrom(55_000, 100_000, 200_000, 99_750), (gross, ratePpm) => {
        const net = gross - taxWithin(gross, ratePpm);
        const again = net + divideHalfUp(net * BigInt(ratePpm), 1_000_000n);
        return again - gross <= 1n && gross - again <= 1n;
      }),
    );
  });
});

describe('sharing out', () => {
  it('gives what is left over to the largest remainders', () => {
    expect(shareOut(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(shareOut(10n, [5n, 3n, 2n, 0n])).toEqual([5n, 3n, 2n, 0n]);
    expect(shareOut(-100n, [1n, 2n])).toEqual([-33n, -67n]);
    expect(shareOut(5n, [0n, 0n])).toEqual([3n, 2n]);
    expect(() => shareOut(1n, [])).toThrow(RangeError);
    expect(() => shareOut(1n, [-1n, 2n])).toThrow(RangeError);
  });

  it('adds up, and no share is a whole unit off its proportion', () => {
    const weights = array(integer({ min: 0, max: 1_000_000 }).map(BigInt), { minLength: 1, maxLength: 30 });
    assert(
      property(amount, weights, (total, parts) => {
        const shares = shareOut(total, parts);
        expect(sum(shares)).toBe(total);
        const whole = sum(parts);
        if (whole === 0n) return;
        for (const [index, share] of shares.entries()) {
          const error = share * whole - total * (parts[index] as bigint);
          expect(error < whole && -error < whole).toBe(true);
        }
      }),
    );
  });
});
