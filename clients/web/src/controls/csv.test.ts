import { expect, test } from 'vitest';
import { csvFile, csvNumber, csvText } from './csv.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+33 1', "'+33 1"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['Café "du matin"; 1 kg', '"Café ""du matin""; 1 kg"'],
  ['a=1', 'a=1'],
])('a text that a spreadsheet would run, or take for several cells, is made harmless: %j', (text, cell) => {
  expect(csvText(text)).toBe(cell);
});

test('an amount has the decimal sign of its language, and keeps its cents however large it is', () => {
  expect([csvNumber('90071992547409931.05', 'fr'), csvNumber('-3.5', 'en')]).toEqual(['90071992547409931,05', '-3.5']);
});

test('a French spreadsheet is given semicolons', () => {
  expect([csvFile([['a', 'b']], 'fr'), csvFile([['a', 'b']], 'en')]).toEqual(['\ufeffa;b\r\n', '\ufeffa,b\r\n']);
});
