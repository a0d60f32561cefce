import { expect, test } from 'vitest';
import { UsageError } from './failure.ts';
import { parseLines } from './order-line.ts';

test('lines are read as a person writes them', () => {
  expect(parseLines(['1x2', '5 × 1', '7', '12X10000'])).toEqual([
    { productId: '1', quantity: 2 },
    { productId: '5', quantity: 1 },
    { productId: '7', quantity: 1 },
    { productId: '12', quantity: 10_000 },
  ]);
});

test('every fault is named at once', () => {
  const attempt = () => parseLines(['1x0', 'pomme', '0x2', '3x10001', '4x1']);
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(
    [
      '--line 1x0: the quantity is to be from 1 to 10,000',
      '--line pomme: write product x quantity, such as 1x2 or 5x1',
      '--line 0x2: write product x quantity, such as 1x2 or 5x1',
      '--line 3x10001: the quantity is to be from 1 to 10,000',
    ].join('\n'),
  );
});

test('an order without lines is none', () => {
  expect(() => parseLines([])).toThrow('--line: at least one is needed');
});
