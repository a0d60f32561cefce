import { describe, expect, it } from 'vitest';
import { idempotencyKeyFaults, isStorable, parseId, textFaults, wholeNumberFaults } from './text.ts';
import { violatedUnique } from './violated-constraint.ts';

describe('a text', () => {
  it('counts what a person sees as characters, not the blanks around', () => {
    expect(textFaults(' 👍👍 ', ['a'], { min: 2, max: 2 })).toEqual([]);
    expect(textFaults('   ', ['a'], { min: 1, max: 9 })).toHaveLength(1);
    expect(textFaults('abc', ['a'], { max: 2 })).toHaveLength(1);
  });

  it('is only what PostgreSQL can keep', () => {
    expect(['é', 'a\0b', '\ud800'].map(isStorable)).toEqual([true, false, false]);
    expect(textFaults('\ud800', ['a'], { max: 9 })).toHaveLength(1);
  });
});

it('an idempotency key has 1 to 200 characters without blanks at its ends, or is not there', () => {
  expect([null, undefined, 'k', 'k'.repeat(200)].flatMap(idempotencyKeyFaults)).toEqual([]);
  expect(['', ' k', 'k'.repeat(201), 'k\0'].map((key) => idempotencyKeyFaults(key).length)).toEqual([1, 1, 1, 1]);
});

it('a whole number lies in its bounds', () => {
  expect([0, 5, 10].flatMap((value) => wholeNumberFaults(value, [], { min: 0, max: 10 }))).toEqual([]);
  expect([-1, 11, 0.5, Number.NaN].flatMap((value) => wholeNumberFaults(value, [], { min: 0, max: 10 }))).toHaveLength(4);
});

it('an id is the number of a row, or nobody’s', () => {
  expect(['1', '2147483647'].map(parseId)).toEqual([1, 2_147_483_647]);
  expect(['', '0', '01', '-1', '1.0', 'x', '2147483648', '1e3', ' 1'].map(parseId)).toEqual(Array(9).fill(null));
});

it('a violated unique constraint is found in the causes of an error', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', constraint: 'customer_email' });
  expect(violatedUnique(new Error('insert failed', { cause }))).toBe('customer_email');
  expect([
    violatedUnique(Object.assign(new Error(), { code: '23514', constraint: 'x' })),
    violatedUnique('text'),
    violatedUnique(null),
  ]).toEqual([null, null, null]);
});
