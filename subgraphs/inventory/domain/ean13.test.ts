import { assert, constantFrom, integer, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ean13CheckDigit, internalEan13, isEan13 } from './ean13.ts';

describe('an EAN-13', () => {
  it('ends with the digit that checks the others', () => {
    expect([ean13CheckDigit('400638133393'), ean13CheckDigit('590123412345'), ean13CheckDigit('000000000000')]).toEqual(['1', '7', '0']);
    expect(isEan13('4006381333931')).toBe(true);
  });

  it('shows every single wrong digit', () => {
    assert(
      property(
        stringMatching(/^\d{12}$/),
        integer({ min: 0, max: 12 }),
        constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9),
        (twelve, place, error) => {
          const code = twelve + ean13CheckDigit(twelve);
          const wrong = [...code].map((digit, index) => (index === place ? (Number(digit) + error) % 10 : digit)).join('');
          return isEan13(code) && !isEan13(wrong);
        },
      ),
    );
  });

  it.each(['', '400638133393', '40063813339310', '400638133393x', '４006381333931'])('is not %j', (code) => {
    expect(isEan13(code)).toBe(false);
  });

  it('of our own lies in the range that is free for use within a company', () => {
    assert(property(integer({ min: 0, max: 9_999_999 }), (id) => isEan13(internalEan13(id)) && /^2[0-9]/.test(internalEan13(id))));
    expect(() => internalEan13(-1)).toThrow(RangeError);
  });
});
