import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Calculation } from './validate.ts';
import { batchFaults, calculationFaults, idempotencyKeyFaults, isStorable, maxListedFaults, normalise } from './validate.ts';

const good: Calculation = { n1: 1, n2: 2, operation: 'ADD' };
const bad: Calculation = { n1: Number.NaN, n2: Number.POSITIVE_INFINITY, operation: 'ADD' };

test('every operand that is not finite is named', () => {
  expect(calculationFaults(bad, ['input'])).toEqual([
    { path: ['input', 'n1'], message: 'must be a finite number, is NaN' },
    { path: ['input', 'n2'], message: 'must be a finite number, is Infinity' },
  ]);
});

test('of many faults a hundred are listed and the others counted', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }), (pattern) => {
      const faults = batchFaults({ source: 'WEB', tasks: pattern.map((isBad) => (isBad ? bad : good)) }, ['input']);
      const all = 2 * pattern.filter(Boolean).length;
      expect(faults.length).toBe(Math.min(all, maxListedFaults + 1));
      if (all > maxListedFaults) expect(faults.at(-1)?.message).toBe(`${all - maxListedFaults} more faults`);
      for (const { path } of faults.slice(0, maxListedFaults)) expect(pattern[path[2] as number]).toBe(true);
    }),
  );
});

test('a batch holds 1 to 10,000 tasks', () => {
  const ofLength = (length: number) => batchFaults({ source: 'WEB', tasks: Array.from({ length }, () => good) }, []);
  expect([0, 1, 10_000, 10_001].map((length) => ofLength(length).length)).toEqual([1, 0, 0, 1]);
});

test('an idempotency key may be left out, else has 1 to 200 characters', () => {
  const keys = [undefined, null, 'k', 'x'.repeat(200), '', 'x'.repeat(201), 'a\0b'];
  expect(keys.map((key) => idempotencyKeyFaults(key).length)).toEqual([0, 0, 0, 0, 1, 1, 1]);
});

test('minus zero becomes zero, and text that PostgreSQL cannot keep is known', () => {
  expect(normalise({ n1: -0, n2: -0, operation: 'DIV' })).toEqual({ n1: 0, n2: 0, operation: 'DIV' });
  expect(['ok é 🙂', 'nul\0', '\ud800'].map(isStorable)).toEqual([true, false, false]);
});
