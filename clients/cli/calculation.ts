import { UsageError } from './failure.ts';
import type { Operation } from './generated/operations.ts';

const operationNames: Readonly<Record<string, Operation>> = {
  add: 'ADD',
  '+': 'ADD',
  sub: 'SUB',
  '-': 'SUB',
  '−': 'SUB',
  mul: 'MUL',
  x: 'MUL',
  '*': 'MUL',
  '×': 'MUL',
  div: 'DIV',
  '/': 'DIV',
  '÷': 'DIV',
  all: 'ALL',
};

export const signs: Readonly<Record<Operation, string>> = { ADD: '+', SUB: '−', MUL: '×', DIV: '÷', ALL: 'all' };

export interface Calculation {
  readonly n1: number;
  readonly n2: number;
  readonly operation: Operation;
}

/** Results one task is answered with. */
export const resultsOf = ({ operation }: Pick<Calculation, 'operation'>) => (operation === 'ALL' ? 4 : 1);

/** @returns the operation, or a fault for a person. */
export function parseOperation(text: string): Operation | { fault: string } {
  const operation = operationNames[text.trim().toLowerCase()];
  return operation ?? { fault: `operation: "${text}" is none of add (+), sub (-), mul (x), div (/), all` };
}

/** @returns the number, or a fault for a person: NaN, infinities and empty text are refused. */
export function parseNumber(field: string, text: string): number | { fault: string } {
  const trimmed = text.trim();
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const hint = /^[+-]?\d+,\d+$/.test(trimmed) ? `; write ${trimmed.replace(',', '.')}` : '';
  return { fault: `${field}: "${text}" is not a finite number${hint}` };
}

/** Reads n1, operation and n2 as a person wrote them. @throws UsageError naming every fault. */
export function parseCalculation(n1: string, operation: string, n2: string): Calculation {
  const parsed = { n1: parseNumber('n1', n1), operation: parseOperation(operation), n2: parseNumber('n2', n2) };
  const faults = Object.values(parsed).flatMap((value) => (typeof value === 'object' ? [value.fault] : []));
  if (faults.length > 0) throw new UsageError(faults);
  return parsed as Calculation;
}
