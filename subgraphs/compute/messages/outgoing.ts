import { eventMessage, type OutboxMessage } from '@comptoir/platform/outbox.ts';
import { allOperationsExchange, taskQueue } from '@comptoir/schema/topology.ts';
import { textOf } from '../domain/arithmetic.ts';
import type { BatchProgress } from '../domain/batch.ts';
import { type SingleOperation, toWireOperation, toWireSource } from '../domain/operations.ts';
import type { Task } from '../domain/task.ts';
import type { NewResult } from '../store/results.ts';

const aggregateOf = (task: { readonly id: string }) => ({ type: 'task', id: task.id });

/** The command to compute a task, by the task's id also as message id: for one operation to its queue, for all of them to the exchange before the four. */
export function taskMessage(task: Task, at: Date): OutboxMessage {
  if (task.operation === 'ALL') return command(task, at, { exchange: allOperationsExchange, routingKey: '' });
  return taskMessageFor(task, task.operation, at);
}

/** The same for one operation of a task. */
export function taskMessageFor(task: Task, operation: SingleOperation, at: Date): OutboxMessage {
  return command(task, at, { exchange: '', routingKey: taskQueue(toWireOperation(operation)) });
}

function command(task: Task, at: Date, route: { exchange: string; routingKey: string }): OutboxMessage {
  return {
    ...route,
    mandatory: true,
    messageId: task.id,
    correlationId: task.id,
    type: 'calculation.task',
    aggregate: aggregateOf(task),
    payload: {
      n1: task.n1,
      n2: task.n2,
      operation: toWireOperation(task.operation),
      source: toWireSource(task.source),
      request_id: task.id,
      timestamp: at.toISOString(),
      ...(task.batchId !== null && { batch_id: task.batchId }),
    },
  };
}

export function completedEvent(id: string, result: NewResult): OutboxMessage {
  return eventMessage('calcul.completed', aggregateOf({ id: result.taskId }), {
    result_id: id,
    request_id: result.taskId,
    n1: result.n1,
    n2: result.n2,
    operation: toWireOperation(result.operation),
    result: textOf(result.value),
    source: toWireSource(result.source),
    worker_id: result.workerId,
    processing_time: result.processingSeconds,
    completed_at: result.completedAt.toISOString(),
  });
}

export function batchEvent({ id, state, completed, total, nonFinite }: BatchProgress): OutboxMessage {
  return eventMessage('calcul.batch_progress', { type: 'batch', id }, { batch_id: id, state, completed, total, non_finite: nonFinite });
}

export function statsEvent(cause: 'submitted' | 'cleared'): OutboxMessage {
  return eventMessage('calcul.stats_changed', { type: 'stats', id: 'stats' }, { cause });
}
