import { type Operation, operationsOf, type SingleOperation, type Source } from './operations.ts';

/** What is counted, by source and operation. A task with operation ALL counts under ALL as a task and under each of the four as a calculation. */
export interface CounterDelta {
  readonly source: Source;
  readonly operation: Operation;
  tasks: number;
  sent: number;
  received: number;
  pending: number;
  processingSeconds: number;
}

export interface CounterChanges {
  taskSent(source: Source, operation: Operation): void;
  /** A calculation of a task that was counted before. */
  discovered(source: Source, operation: SingleOperation): void;
  received(source: Source, operation: SingleOperation, processingSeconds: number): void;
  /** It will never be answered. */
  cancelled(source: Source, operation: SingleOperation): void;
  deltas(): readonly CounterDelta[];
}

/** Adds up what one transaction changes, so that it touches each counter once. */
export function createCounterChanges(): CounterChanges {
  const deltas = new Map<string, CounterDelta>();
  function at(source: Source, operation: Operation): CounterDelta {
    const key = `${source} ${operation}`;
    let delta = deltas.get(key);
    if (!delta) {
      delta = { source, operation, tasks: 0, sent: 0, received: 0, pending: 0, processingSeconds: 0 };
      deltas.set(key, delta);
    }
    return delta;
  }
  function discovered(source: Source, operation: SingleOperation): void {
    const delta = at(source, operation);
    delta.sent++;
    delta.pending++;
  }
  return {
    discovered,
    taskSent(source, operation) {
      at(source, operation).tasks++;
      for (const single of operationsOf(operation)) discovered(source, single);
    },
    received(source, operation, processingSeconds) {
      const delta = at(source, operation);
      delta.received++;
      delta.pending--;
      delta.processingSeconds += processingSeconds;
    },
    cancelled(source, operation) {
      at(source, operation).pending--;
    },
    deltas: () => [...deltas.values()],
  };
}
