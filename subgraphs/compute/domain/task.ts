import { type Operation, operationsOf, type SingleOperation, type Source, singleOperations } from './operations.ts';

export const taskStates = ['PENDING', 'COMPLETED', 'CANCELLED'] as const;
export type TaskState = (typeof taskStates)[number];

/** A foreign task can go on after it was completed: when a second operation shows that it was one of all four. */
export const taskTransitions = {
  PENDING: ['COMPLETED', 'CANCELLED'],
  COMPLETED: ['PENDING'],
  CANCELLED: [],
} as const satisfies Record<TaskState, readonly TaskState[]>;

/** What decides about a task's results. */
export interface Task {
  readonly id: string;
  readonly n1: number;
  readonly n2: number;
  readonly operation: Operation;
  readonly source: Source;
  readonly state: TaskState;
  /** Published to the broker by another program. */
  readonly foreign: boolean;
  readonly batchId: string | null;
  /** Operations that have no result yet. */
  readonly missing: readonly SingleOperation[];
}

export interface Operands {
  readonly n1: number;
  readonly n2: number;
}

export function newTask(task: Omit<Task, 'state' | 'missing'>): Task {
  return { ...task, state: 'PENDING', missing: operationsOf(task.operation) };
}

/** What a result means to its task. */
export type Reception =
  /** It is new: the task as it stands with it, and the calculations that nobody knew were asked for. */
  | { readonly kind: 'stored'; readonly task: Task; readonly discovered: readonly SingleOperation[] }
  | { readonly kind: 'duplicate' }
  /** The task was cancelled before. */
  | { readonly kind: 'late' }
  | { readonly kind: 'conflict'; readonly reason: string };

export function receiveResult(task: Task, result: Operands & { readonly operation: SingleOperation }): Reception {
  const conflict = conflictOfOperands(task, result);
  if (conflict) return { kind: 'conflict', reason: conflict };
  const asked = operationsOf(task.operation).includes(result.operation);
  if (!asked && !task.foreign) {
    return { kind: 'conflict', reason: `task ${task.id} asked for ${task.operation}, not for ${result.operation}` };
  }
  if (task.state === 'CANCELLED') return { kind: 'late' };
  const { task: widened, discovered } = asked ? { task, discovered: [] } : widenToAll(task);
  if (!widened.missing.includes(result.operation)) return { kind: 'duplicate' };
  const missing = widened.missing.filter((operation) => operation !== result.operation);
  return { kind: 'stored', task: { ...widened, missing, state: missing.length === 0 ? 'COMPLETED' : 'PENDING' }, discovered };
}

/** A foreign task known from one result turns out to be one of all four operations. */
export function widenToAll(task: Task): { readonly task: Task; readonly discovered: readonly SingleOperation[] } {
  if (task.operation === 'ALL') return { task, discovered: [] };
  const discovered = singleOperations.filter((operation) => operation !== task.operation);
  const missing = singleOperations.filter((operation) => operation !== task.operation || task.missing.includes(operation));
  return { task: { ...task, operation: 'ALL', missing, state: 'PENDING' }, discovered };
}

/** One id cannot stand for two calculations; null where the operands agree. */
export function conflictOfOperands(task: Task, { n1, n2 }: Operands): string | null {
  if (task.n1 === n1 && task.n2 === n2) return null;
  return `task ${task.id} is about ${task.n1} and ${task.n2}, not about ${n1} and ${n2}`;
}
