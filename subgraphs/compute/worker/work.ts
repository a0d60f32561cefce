import { setTimeout as delay } from 'node:timers/promises';
import type { MessageOf } from '@comptoir/schema/messages.ts';
import type { WireOperation } from '@comptoir/schema/topology.ts';
import { calculate, toWireValue } from '../domain/arithmetic.ts';
import { fromWireOperation } from '../domain/operations.ts';

type Task = MessageOf<'calculation.task'>;
export type Answer = MessageOf<'calculation.result'>;

/** How long to pretend to work, in milliseconds; nothing for a task of a batch. */
export function workMs(task: Task, { minSeconds, maxSeconds }: { minSeconds: number; maxSeconds: number }, random = Math.random): number {
  return task.batch_id === undefined ? (minSeconds + random() * (maxSeconds - minSeconds)) * 1_000 : 0;
}

/** Waits that long; rejects when the signal aborts. */
export async function pretendToWork(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await delay(ms, undefined, { signal });
}

/** The answer of a worker: the task's fields, the operation of its own queue whatever the task says, and what came out. */
export function answer(task: Task, { id, operation }: { id: string; operation: WireOperation }, processingSeconds: number): Answer {
  return {
    n1: task.n1,
    n2: task.n2,
    operation,
    source: task.source ?? 'web',
    request_id: task.request_id,
    ...(task.batch_id !== undefined && { batch_id: task.batch_id }),
    result: toWireValue(calculate(fromWireOperation(operation), task.n1, task.n2)),
    worker_id: id,
    processing_time: Math.round(processingSeconds * 1e6) / 1e6,
    timestamp: new Date().toISOString(),
  };
}
