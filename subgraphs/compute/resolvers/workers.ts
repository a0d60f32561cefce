import type { EntityManager } from '@comptoir/platform/database.ts';
import { type WorkerState, workerState } from '../domain/worker-state.ts';
import type { WorkerRow } from '../entities/entities.ts';
import { findWorkers } from '../queries/lists.ts';

export interface WorkerView {
  readonly id: string;
  readonly operation: string;
  readonly state: WorkerState;
  readonly currentTaskId: string | null;
  readonly results: number;
  readonly lastSeenAt: Date;
}

function toView(worker: WorkerRow): WorkerView {
  const { id, operation, results, lastSeenAt, currentTaskId } = worker;
  const state = workerState(worker);
  return { id, operation, state, currentTaskId: state === 'BUSY' ? (currentTaskId ?? null) : null, results, lastSeenAt };
}

/** The workers as they are shown: one that fell silent counts as gone. */
export async function listWorkers(em: EntityManager): Promise<WorkerView[]> {
  return (await findWorkers(em)).map(toView);
}
