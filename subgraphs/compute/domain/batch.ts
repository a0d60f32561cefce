import type { Principal } from '@comptoir/platform/principal.ts';
import { type Operation, operationsOf } from './operations.ts';

export const batchStates = ['RUNNING', 'COMPLETED', 'CANCELLED'] as const;
export type BatchState = (typeof batchStates)[number];

export interface BatchProgress {
  readonly id: string;
  readonly state: BatchState;
  readonly total: number;
  readonly completed: number;
  readonly nonFinite: number;
}

/** Whether the caller may stop the batch: it is his own, or he is in charge of all. */
export function mayCancel(
  batch: { readonly submittedBy?: string | null },
  { consumerId, roles }: Pick<Principal, 'consumerId' | 'roles'>,
): boolean {
  return batch.submittedBy === consumerId || roles.includes('ADMIN') || roles.includes('MANAGER');
}

/** Results that a batch of these tasks ends with: ALL has four. */
export function expectedResults(tasks: readonly { readonly operation: Operation }[]): number {
  return tasks.reduce((total, { operation }) => total + operationsOf(operation).length, 0);
}

/** Results stored per second: over the batch's whole life once ended, until `now` while it runs. */
export function throughput(batch: { completed: number; submittedAt: Date; endedAt: Date | null }, now = new Date()): number {
  const seconds = ((batch.endedAt ?? now).getTime() - batch.submittedAt.getTime()) / 1_000;
  return seconds > 0 ? batch.completed / seconds : 0;
}
