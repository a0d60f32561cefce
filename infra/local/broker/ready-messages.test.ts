import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Deque } from './deque.ts';
import { receivedMessage } from './message.ts';
import { type QueuedMessage, ReadyMessages } from './ready-messages.ts';
import { encodeProperties } from './wire/properties.ts';

function queued(sequence: number, priority = 0): QueuedMessage {
  const message = receivedMessage('', 'queue', encodeProperties({}), Buffer.from('1234'));
  return { message, sequence, priority, expiresAt: undefined, redelivered: false, returns: 0 };
}

describe('a deque', () => {
  test('does what an array does', () => {
    const step = fc.oneof(fc.record({ push: fc.nat() }), fc.constant('shift' as const), fc.constant('clear' as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        const deque = new Deque<number>();
        const model: number[] = [];
        const taken: (number | undefined)[][] = [];
        for (const each of steps) {
          if (each === 'shift') taken.push([deque.shift(), model.shift()]);
          else if (each === 'clear') {
            deque.clear();
            model.length = 0;
          } else {
            deque.push(each.push);
            model.push(each.push);
          }
          taken.push([deque.length, model.length], [deque.peek(), model[0]]);
        }
        expect(taken.filter(([actual, expected]) => actual !== expected)).toEqual([]);
      }),
    );
  });

  test('grows to many items and shrinks again, in order', () => {
    const deque = new Deque<number>();
    for (let index = 0; index < 10_000; index++) deque.push(index);
    expect(Array.from({ length: 10_000 }, () => deque.shift())).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
    expect(deque.shift()).toBeUndefined();
  });
});

describe('ready messages', () => {
  test('come highest priority first, then in order of arrival, whatever was taken and given back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 40 }), fc.array(fc.nat(40)), (priorities, order) => {
        const ready = new ReadyMessages();
        for (const [sequence, priority] of priorities.entries()) ready.push(queued(sequence, priority));
        const taken = Array.from({ length: Math.ceil(priorities.length / 2) }, () => ready.shift()).filter((item) => item !== undefined);
        for (const index of order) taken.push(...taken.splice(index % taken.length, 1));
        for (const item of taken) ready.giveBack(item);
        expect([ready.length, ready.bytes]).toEqual([priorities.length, priorities.length * 4]);
        const drained = Array.from({ length: priorities.length }, () => ready.shift()?.sequence);
        const expected = priorities.map((priority, sequence) => ({ priority, sequence }));
        expected.sort((a, b) => b.priority - a.priority || a.sequence - b.sequence);
        expect(drained).toEqual(expected.map(({ sequence }) => sequence));
      }),
    );
  });
});
