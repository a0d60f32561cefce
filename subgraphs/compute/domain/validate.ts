import { withoutNegativeZero } from './arithmetic.ts';
import type { Operation, Source } from './operations.ts';

export const maxBatchTasks = 10_000;
/** Faults that are named one by one; the rest is told as a number. */
export const maxListedFaults = 100;
const maxKeyLength = 200;

export interface Calculation {
  readonly n1: number;
  readonly n2: number;
  readonly operation: Operation;
}

export interface Submission extends Calculation {
  readonly source: Source;
}

export interface BatchSubmission {
  readonly tasks: readonly Calculation[];
  readonly source: Source;
}

export interface InputFault {
  path: (string | number)[];
  message: string;
}

/** JSON cannot tell −0 from 0, so a worker never sees it: what is stored is what is computed. */
export function normalise<T extends Calculation>(calculation: T): T {
  return { ...calculation, n1: withoutNegativeZero(calculation.n1), n2: withoutNegativeZero(calculation.n2) };
}

export function calculationFaults(calculation: Calculation, path: readonly (string | number)[]): InputFault[] {
  return (['n1', 'n2'] as const)
    .filter((name) => !Number.isFinite(calculation[name]))
    .map((name) => ({ path: [...path, name], message: `must be a finite number, is ${calculation[name]}` }));
}

export function batchFaults({ tasks }: BatchSubmission, path: readonly (string | number)[]): InputFault[] {
  const list = [...path, 'tasks'];
  if (tasks.length === 0) return [{ path: list, message: `must hold 1 to ${maxBatchTasks} tasks, is empty` }];
  if (tasks.length > maxBatchTasks) return [{ path: list, message: `must hold 1 to ${maxBatchTasks} tasks, has ${tasks.length}` }];
  return bounded(
    tasks.flatMap((task, index) => calculationFaults(task, [...list, index])),
    list,
  );
}

export function idempotencyKeyFaults(key: string | null | undefined): InputFault[] {
  if (key === null || key === undefined) return [];
  if (key.length >= 1 && key.length <= maxKeyLength && isStorable(key)) return [];
  return [{ path: ['idempotencyKey'], message: `must have 1 to ${maxKeyLength} characters, none of them U+0000` }];
}

/** Whether PostgreSQL can keep the text as it is. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function bounded(faults: InputFault[], path: (string | number)[]): InputFault[] {
  if (faults.length <= maxListedFaults) return faults;
  return [...faults.slice(0, maxListedFaults), { path, message: `${faults.length - maxListedFaults} more faults` }];
}
