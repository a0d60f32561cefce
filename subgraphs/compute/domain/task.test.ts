import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCounterChanges } from './counters.ts';
import { operationsOf, type SingleOperation, singleOperations } from './operations.ts';
import { newTask, receiveResult, type Task, taskTransitions, widenToAll } from './task.ts';

const single = fc.constantFrom(...singleOperations);
const task = fc
  .record({ operation: fc.constantFrom(...singleOperations, 'ALL' as const), foreign: fc.boolean() })
  .map(({ operation, foreign }) => newTask({ id: 't', n1: 4, n2: 2, operation, source: 'WEB', foreign, batchId: null }));
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ n2: fc.constantFrom(2, 2, 2, 3), operation: single }) },
  { weight: 1, arbitrary: fc.constant('widen' as const) },
);

test('whatever comes, in whatever order and however often: one result for each operation, counters that add up, and only allowed transitions', () => {
  fc.assert(
    fc.property(task, fc.array(step, { maxLength: 30 }), (first, steps) => {
      const changes = createCounterChanges();
      changes.taskSent(first.source, first.operation);
      const stored: SingleOperation[] = [];
      let current: Task = first;
      const become = (next: Task) => {
        if (next.state !== current.state) expect(taskTransitions[current.state]).toContain(next.state);
        current = next;
      };
      for (const one of steps) {
        if (one === 'widen') {
          if (!current.foreign) continue;
          const { task: widened, discovered } = widenToAll(current);
          for (const operation of discovered) changes.discovered('WEB', operation);
          become(widened);
          continue;
        }
        const reception = receiveResult(current, { n1: 4, ...one });
        if (one.n2 !== 2) expect(reception.kind).toBe('conflict');
        if (reception.kind !== 'stored') continue;
        stored.push(one.operation);
        for (const operation of reception.discovered) changes.discovered('WEB', operation);
        changes.received('WEB', one.operation, 0);
        become(reception.task);
      }
      expect(new Set(stored).size).toBe(stored.length);
      expect([...stored, ...current.missing].toSorted()).toEqual([...operationsOf(current.operation)].toSorted());
      expect(current.state).toBe(current.missing.length === 0 ? 'COMPLETED' : 'PENDING');
      for (const { sent, received, pending, operation } of changes.deltas()) {
        expect(pending).toBe(sent - received);
        if (operation !== 'ALL') expect(pending).toBe(current.missing.includes(operation) ? 1 : 0);
      }
    }),
  );
});

test('a result for an operation that one of our own tasks did not ask for is a conflict', () => {
  const ours = newTask({ id: 't', n1: 1, n2: 1, operation: 'ADD', source: 'WEB', foreign: false, batchId: null });
  expect(receiveResult(ours, { n1: 1, n2: 1, operation: 'SUB' })).toEqual({
    kind: 'conflict',
    reason: 'task t asked for ADD, not for SUB',
  });
});

test('a result for a cancelled task is late', () => {
  const ours = newTask({ id: 't', n1: 1, n2: 1, operation: 'ADD', source: 'WEB', foreign: false, batchId: 'b' });
  expect(receiveResult({ ...ours, state: 'CANCELLED' }, { n1: 1, n2: 1, operation: 'ADD' })).toEqual({ kind: 'late' });
});
