import { describe, expect, it } from 'vitest';
import { parsePrice, priceText } from './parse-price.ts';

describe('a price as it is typed', () => {
  it.each([
    ['12,50', 1_250],
    ['12.5', 1_250],
    ['1 234,5 €', 123_450],
    ['0', 0],
    ['0,07', 7],
    ['19,99', 1_999],
  ])('%s is a price', (text, minor) => {
    expect(parsePrice(text)).toBe(minor);
  });

  it.each(['', 'douze', '-1', '1,234', '1e12'])('"%s" is none', (text) => {
    expect(parsePrice(text)).toBeNull();
  });

  it('is written back as it is typed', () => {
    expect([priceText('1250', ','), priceText(7, '.'), priceText('0', ',')]).toEqual(['12,50', '0.07', '0,00']);
  });
});
