import type { Operation } from '../generated/operations.ts';

/** A result that the reader asked for and that is still to come, or has just come and still stands in its place. */
export interface Pending<R> {
  readonly key: string;
  /** The submission it belongs to. */
  readonly draftId: string;
  /** Null until the server has answered. */
  readonly taskId: string | null;
  readonly n1: number;
  readonly n2: number;
  readonly operation: Operation;
  readonly result: R | null;
  /** When the result was filled in, in ms since 1970. */
  readonly settledAt: number | null;
}

interface ResultLike {
  readonly id: string;
  readonly operation: Operation;
  readonly task: { readonly id: string };
}

/** How long a result stays where its pending row stood before it joins the list. */
export const settledStaysMs = 1_200;

export const eachOperation: readonly Operation[] = ['ADD', 'SUB', 'MUL', 'DIV'];

/** The rows to expect for one submission, in the order of the operations. */
export function expectResults<R>(draftId: string, n1: number, n2: number, operation: Operation): Pending<R>[] {
  const operations = operation === 'ALL' ? eachOperation : [operation];
  return operations.map((each) => ({
    key: `${draftId}:${each}`,
    draftId,
    taskId: null,
    n1,
    n2,
    operation: each,
    result: null,
    settledAt: null,
  }));
}

/** Notes the task that the server made of a submission. */
export function acknowledge<R>(pending: readonly Pending<R>[], draftId: string, taskId: string): Pending<R>[] {
  return pending.map((row) => (row.draftId === draftId ? { ...row, taskId } : row));
}

/** Fills results in where they were expected; the others are given back. */
export function settle<R extends ResultLike>(
  pending: readonly Pending<R>[],
  results: readonly R[],
  at: number,
): { pending: readonly Pending<R>[]; rest: R[] } {
  if (pending.length === 0) return { pending, rest: [...results] };
  const next = [...pending];
  const rest = results.filter((result) => {
    const index = next.findIndex((row) => row.taskId === result.task.id && row.operation === result.operation);
    const row = next[index];
    if (row === undefined) return true;
    if (row.result === null) next[index] = { ...row, result, settledAt: at };
    return false;
  });
  return { pending: next, rest };
}

/** The rows that have stood long enough as results, to join the list, and those that stay. */
export function retire<R extends ResultLike>(pending: readonly Pending<R>[], at: number): { stay: readonly Pending<R>[]; leave: R[] } {
  const leave = pending.flatMap(({ result, settledAt }) =>
    result !== null && settledAt !== null && at - settledAt >= settledStaysMs ? [result] : [],
  );
  if (leave.length === 0) return { stay: pending, leave };
  const gone = new Set(leave.map(({ id }) => id));
  return { stay: pending.filter(({ result }) => result === null || !gone.has(result.id)), leave };
}
