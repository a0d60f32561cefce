import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calculate, fromWireValue, textOf, toWireValue } from './arithmetic.ts';
import { singleOperations } from './operations.ts';

const operand = fc.double({ noNaN: true, noDefaultInfinity: true });
const operation = fc.constantFrom(...singleOperations);

test('the four operations compute what their names say', () => {
  expect(singleOperations.map((name) => calculate(name, 100, 10))).toEqual([110, 90, 1000, 10]);
});

test('division by zero has a value, and its text names it', () => {
  expect([calculate('DIV', 1, 0), calculate('DIV', -1, 0), calculate('DIV', 0, 0)].map(textOf)).toEqual(['Infinity', '-Infinity', 'NaN']);
});

test('a value comes through a message, as JSON, as it was', () => {
  fc.assert(
    fc.property(operation, operand, operand, (name, n1, n2) => {
      const value = calculate(name, n1, n2);
      const wire = JSON.parse(JSON.stringify({ result: toWireValue(value) })).result;
      expect(fromWireValue(wire, name, n1, n2)).toBe(value);
      expect(Number(textOf(value))).toBe(value);
    }),
  );
});

test('null in the place of a value stands for the one that is not finite', () => {
  expect(fromWireValue(null, 'DIV', 3, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(fromWireValue(null, 'DIV', -3, 0)).toBe(Number.NEGATIVE_INFINITY);
  expect(fromWireValue(null, 'DIV', 0, 0)).toBeNaN();
  expect(fromWireValue(null, 'ADD', 1, 1)).toBeNaN();
});
