import type { SingleOperation } from './operations.ts';

const compute = {
  ADD: (n1, n2) => n1 + n2,
  SUB: (n1, n2) => n1 - n2,
  MUL: (n1, n2) => n1 * n2,
  DIV: (n1, n2) => n1 / n2,
} satisfies Record<SingleOperation, (n1: number, n2: number) => number>;

/** Division by zero is a result: an infinity, or NaN for 0 ÷ 0. Never −0, which JSON cannot tell from 0. */
export function calculate(operation: SingleOperation, n1: number, n2: number): number {
  return withoutNegativeZero(compute[operation](n1, n2));
}

export function withoutNegativeZero(value: number): number {
  return value === 0 ? 0 : value;
}

/** A result's value in a message: JSON has no infinities and no NaN, so they are text. */
export type WireValue = number | 'Infinity' | '-Infinity' | 'NaN' | null;

export function toWireValue(value: number): Exclude<WireValue, null> {
  return Number.isFinite(value) ? value : (String(value) as 'Infinity' | '-Infinity' | 'NaN');
}

/** A worker's language may write what is not finite as null: then the calculation tells which of them it was. */
export function fromWireValue(value: WireValue, operation: SingleOperation, n1: number, n2: number): number {
  if (value !== null) return withoutNegativeZero(Number(value));
  const computed = calculate(operation, n1, n2);
  return Number.isFinite(computed) ? Number.NaN : computed;
}

/** A decimal number, Infinity, -Infinity or NaN. */
export const textOf = (value: number) => String(value);
