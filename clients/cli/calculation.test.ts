import { expect, test } from 'vitest';
import { parseCalculation, parseNumber } from './calculation.ts';
import { UsageError } from './failure.ts';

test.each([
  ['42', 42],
  ['-3.5', -3.5],
  ['.5', 0.5],
  ['1e3', 1000],
])('%s is a number', (text, value) => {
  expect(parseNumber('n1', text)).toBe(value);
});

test.each(['', 'NaN', 'Infinity', '-Infinity', '1e999', '0x10', '12abc', '1 000'])('"%s" is refused', (text) => {
  expect(parseNumber('n1', text)).toEqual({ fault: `n1: "${text}" is not a finite number` });
});

test('a decimal comma is answered with how to write it', () => {
  expect(parseNumber('n2', '3,5')).toEqual({ fault: 'n2: "3,5" is not a finite number; write 3.5' });
});

test('every fault of a calculation is named at once', () => {
  const attempt = () => parseCalculation('x', 'pow', 'NaN');
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(
    'n1: "x" is not a finite number\noperation: "pow" is none of add (+), sub (-), mul (x), div (/), all\nn2: "NaN" is not a finite number',
  );
});

test('signs and words name the same operations', () => {
  for (const [sign, word] of [
    ['+', 'add'],
    ['-', 'SUB'],
    ['×', 'mul'],
    ['÷', 'div'],
  ] as const) {
    expect(parseCalculation('1', sign, '2')).toEqual(parseCalculation('1', word, '2'));
  }
});
