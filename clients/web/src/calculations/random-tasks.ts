import type { BatchTaskInput, Operation } from '../generated/operations.ts';
import type { OperationOrMixed } from './operation-choice.tsx';
import { eachOperation } from './pending.ts';

const most = 1_000;

/** Tasks on whole numbers up to 1,000, zero among them now and then; `MIXED` draws one of the four operations for each. */
export function randomTasks(count: number, operation: OperationOrMixed, random: () => number = Math.random): BatchTaskInput[] {
  const whole = (size: number) => Math.floor(random() * size);
  return Array.from({ length: count }, () => ({
    n1: whole(most + 1),
    n2: whole(most + 1),
    operation: operation === 'MIXED' ? (eachOperation[whole(4)] as Operation) : operation,
  }));
}
