import { describe, expect, it } from 'vitest';
import { parseNumber } from './parse-number.ts';

describe('a number as a person types it', () => {
  it.each([
    ['42', 42],
    [' 7 ', 7],
    ['3,5', 3.5],
    ['3.5', 3.5],
    ['-2', -2],
    ['−2,25', -2.25],
    ['+1', 1],
    [',5', 0.5],
    ['5,', 5],
    ['1e3', 1000],
    ['1,5e-3', 0.0015],
    ['1 234,5', 1234.5],
    ['1\u202f234\u202f567', 1_234_567],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1,234,567', 1_234_567],
    ['1.234.567', 1_234_567],
    ['1,234', 1.234],
  ])('reads %s as %d', (text, value) => {
    expect(parseNumber(text)).toEqual({ ok: true, value });
  });

  it.each(['abc', '1 2', '1,2,3', '--1', '1-2', 'NaN', 'Infinity', '0x10', '1e', '1..2', '12.34,5', '.', '-'])('refuses %s', (text) => {
    expect(parseNumber(text)).toEqual({ ok: false, fault: 'not-a-number' });
  });

  it('tells an empty field from a wrong one', () => {
    expect(parseNumber('  ')).toEqual({ ok: false, fault: 'missing' });
  });

  it('refuses what does not fit a double', () => {
    expect(parseNumber('1e999')).toEqual({ ok: false, fault: 'too-large' });
  });
});
