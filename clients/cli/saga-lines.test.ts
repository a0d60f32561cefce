import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { SagaProgressFragment, StepProgressFragment } from './generated/operations.ts';
import { newsOf, outcomeLine } from './saga-lines.ts';

const step = (name: string, part: Partial<StepProgressFragment> = {}): StepProgressFragment => ({
  step: name,
  direction: 'FORWARD',
  status: 'PENDING',
  attempts: 0,
  participant: 'inventory',
  duration: null,
  error: null,
  ...part,
});
const saga = (part: Partial<SagaProgressFragment>): SagaProgressFragment => ({
  id: 'saga_1',
  definition: 'order-processing',
  state: 'PENDING',
  error: null,
  paused: false,
  cancelRequested: false,
  needsAttention: false,
  nextTimerAt: null,
  duration: 1.25,
  actions: [],
  order: null,
  customer: { id: '1' },
  steps: [],
  compensations: [],
  ...part,
});
const plain = (lines: readonly string[]) => lines.map(stripVTControlCharacters);

test('what is new is told once, in the order of the steps', () => {
  const before = saga({ state: 'STOCK_CHECKING', steps: [step('CHECK_STOCK', { status: 'RUNNING', attempts: 1 }), step('RESERVE_STOCK')] });
  const after = saga({
    state: 'STOCK_RESERVED',
    steps: [
      step('CHECK_STOCK', { status: 'SUCCESS', attempts: 1, duration: 0.2 }),
      step('RESERVE_STOCK', { status: 'SUCCESS', attempts: 2, duration: 2.1 }),
    ],
  });
  expect(plain(newsOf(after, before))).toEqual([
    '  ✓ CHECK_STOCK        0.2 s',
    '  ✓ RESERVE_STOCK      2.1 s · sent 2 times',
    'STOCK_RESERVED',
  ]);
  expect(newsOf(after, after)).toEqual([]);
});

test('a compensation is told as one, with what had gone wrong', () => {
  const before = saga({ state: 'ORDER_CREATED', steps: [step('CREATE_ORDER', { status: 'RUNNING', attempts: 1 })] });
  const after = saga({
    state: 'COMPENSATING',
    steps: [step('CREATE_ORDER', { status: 'FAILURE', attempts: 1, duration: 0.1, error: 'there is no customer 99999' })],
    compensations: [step('RELEASE_STOCK', { direction: 'COMPENSATION', status: 'RUNNING', attempts: 2 })],
  });
  expect(plain(newsOf(after, before))).toEqual([
    '  ✗ CREATE_ORDER       0.1 s · there is no customer 99999',
    '  … ↩ RELEASE_STOCK    sent 2 times',
    'COMPENSATING',
  ]);
});

test('the outcome says what became of it', () => {
  expect(stripVTControlCharacters(outcomeLine(saga({ state: 'COMPLETED', order: { id: '42' } })))).toBe('✓ COMPLETED  order 42 · 1.3 s');
});
