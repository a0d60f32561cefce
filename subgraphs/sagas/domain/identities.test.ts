import { expect, it } from 'vitest';
import { commandId } from './command-id.ts';
import { isSagaId, newSagaId } from './saga-id.ts';

it('the id of a command is a UUID of version 5 that follows from saga, step and direction, today as ever', () => {
  const id = commandId('saga_01hxexample0000000000000000', 'RESERVE_STOCK', 'FORWARD');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  // A saga that was under way when this changed would send its commands under new names, and participants would do them again.
  expect(id).toBe('43f31a5a-147f-563c-8809-101654934736');
  const others = [
    commandId('saga_2', 'RESERVE_STOCK', 'FORWARD'),
    commandId('saga_1', 'CREATE_ORDER', 'FORWARD'),
    commandId('saga_1', 'CANCEL_ORDER', 'COMPENSATION'),
    commandId('saga_1', 'CANCEL_ORDER', 'FORWARD'),
  ];
  expect(new Set([id, ...others]).size).toBe(5);
});

it('ids of sagas are unique, and in the order of their time', () => {
  const ids = [1, 1_000, 1_763_712_000_000, 1_763_712_000_001, 2 ** 47].map((now) => newSagaId(now));
  expect(ids.toSorted()).toEqual(ids);
  expect(ids.every(isSagaId)).toBe(true);
  expect(new Set(Array.from({ length: 1_000 }, () => newSagaId(5))).size).toBe(1_000);
  expect(['saga_1', '', 'saga_01HX0000000000000000000000', `${newSagaId()}0`].some(isSagaId)).toBe(false);
});
