import { expect, test } from 'vitest';
import { messageSchemas } from './message-schemas.ts';
import { type MessageType, messageFaults } from './messages.ts';

const task = { n1: 42, n2: 7, operation: 'add', source: 'web', request_id: 'abc123', timestamp: '2024-12-03T15:30:45' };

test('the documented task has no fault, and fields nobody knows are ignored', () => {
  expect(messageFaults('calculation.task', { ...task, colour: 'blue' })).toEqual([]);
});

test('every fault of a message is named with its field', () => {
  expect(messageFaults('calculation.task', { ...task, n1: '42', operation: 'pow', request_id: '' })).toEqual([
    'n1 must be number',
    'operation must be equal to one of the allowed values: add, sub, mul, div, all',
    'request_id must NOT have fewer than 1 characters',
  ]);
});

test('a number that JSON read as infinite is a fault', () => {
  expect(messageFaults('calculation.task', JSON.parse('{"n1":1e999,"n2":1,"request_id":"r"}'))).toEqual(['n1 must be number']);
});

test('a body that is not an object is a fault', () => {
  expect(messageFaults('calculation.task', 'hello')).toEqual(['body must be object']);
});

test.each([[7], ['Infinity'], ['-Infinity'], ['NaN'], [null]])('a result may be %s', (result) => {
  expect(messageFaults('calculation.result', { ...task, result, worker_id: 'w' })).toEqual([]);
});

test.each([
  ['place_id', { place_id: 2_147_483_648, lines: [{ product_id: 1, quantity: 1 }] }, 'data.place_id'],
  ['product_id', { lines: [{ product_id: 2_147_483_648, quantity: 1 }] }, 'data.lines.0.product_id'],
])('a %s that no table can hold is a fault', (_, data, field) => {
  for (const type of ['stock.check', 'stock.reserve'] as const) {
    const command = { saga_id: 'saga_1', command_id: 'c', step: 'RESERVE_STOCK', direction: 'FORWARD', data };
    expect(messageFaults(type, command)).toEqual([`${field} must be <= 2147483647`]);
  }
});

test('goods of the warehouse are asked for by no place at all', () => {
  const data = { place_id: null, lines: [{ product_id: 1, quantity: 1 }] };
  expect(messageFaults('stock.reserve', { saga_id: 'saga_1', command_id: 'c', step: 'RESERVE_STOCK', direction: 'FORWARD', data })).toEqual(
    [],
  );
});

test('every message schema compiles and has a title and a description', () => {
  for (const [type, schema] of messageSchemas) {
    expect(messageFaults(type as MessageType, null)).toEqual(['body must be object']);
    expect(schema).toMatchObject({ $id: type, title: expect.any(String), description: expect.any(String) });
  }
});
