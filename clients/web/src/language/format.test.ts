import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const french = createFormat('fr-FR', { undefinedValue: 'indéterminé' });
const english = createFormat('en-GB', { undefinedValue: 'undefined' });
const spaced = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('numbers in the locale', () => {
  it('writes values with the decimal sign of the language', () => {
    expect(french.value(3.5)).toBe('3,5');
    expect(english.value(3.5)).toBe('3.5');
  });

  it('keeps thousands apart', () => {
    expect(spaced(french.count(10_000))).toBe('10 000');
    expect(english.count(10_000)).toBe('10,000');
  });

  it('hides the noise of binary fractions', () => {
    expect(french.value(0.1 + 0.2)).toBe('0,3');
    expect(french.value(10 / 3)).toBe('3,333333333');
  });

  it('keeps every digit of a whole number', () => {
    expect(spaced(french.value(123_456_789_012))).toBe('123 456 789 012');
  });

  it('writes very large and very small numbers with an exponent', () => {
    expect(french.value(1e300)).toBe('1E300');
    expect(french.value(-2.5e-9)).toBe('−2,5E−9');
  });

  it('names what is not a finite number', () => {
    expect(french.result('Infinity')).toBe('∞');
    expect(french.result('-Infinity')).toBe('−∞');
    expect(french.result('NaN')).toBe('indéterminé');
    expect(english.result('NaN')).toBe('undefined');
  });

  it('writes a true minus sign', () => {
    expect(french.result('-7')).toBe('−7');
  });

  it('gives a time to wait in units a person thinks in', () => {
    expect(french.remaining(59.4)).toBe('59\u00a0s');
    expect(french.remaining(200)).toBe('3\u00a0min\u00a020\u00a0s');
    expect(french.remaining(3_720)).toBe('1\u00a0h\u00a002');
  });

  it('shows the time a worker took', () => {
    expect(spaced(french.seconds(5.23))).toBe('5,2 s');
    expect(french.seconds(0.012)).toBe('12\u00a0ms');
  });

  it('writes money in its currency, to the cent however large', () => {
    expect(spaced(french.money({ amount: '1234.50', currency: 'EUR' }))).toBe('1 234,50 €');
    expect(spaced(french.money({ amount: '90071992547409.93', currency: 'EUR' }))).toBe('90 071 992 547 409,93 €');
    expect(english.money({ amount: '-0.05', currency: 'EUR' })).toBe('−€0.05');
  });

  it('writes a change with its sign', () => {
    expect([french.change(3), french.change(0), french.change(-2)]).toEqual(['+3', '0', '−2']);
  });
});
