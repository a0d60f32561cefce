import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createClientQueue, type Told } from './client-queue.ts';

function setUp({ maxEvents = 3, maxBytes = 1_000, coalesce = false } = {}) {
  let dropped = 0;
  const log: string[] = [];
  const outlet = {
    /** How many writes until the connection is congested. */
    room: 1,
    write({ text }: Told) {
      log.push(text);
      return --outlet.room > 0;
    },
    mark: (cursor: string) => void log.push(`at ${cursor}`),
    end: () => void log.push('end'),
    fail: (error: GraphQLError, after?: string) => void log.push(`${error.extensions.code} after ${after}`),
  };
  let coalesced = 0;
  const queue = createClientQueue(
    {
      maxEvents,
      maxBytes,
      coalesce,
      onCoalesced: () => coalesced++,
      onDropped(results) {
        dropped += results;
      },
    },
    outlet,
  );
  const push = (text: string) => queue.push({ text, cursor: `c${text.slice(0, 1)}` });
  return { log, outlet, queue, push, coalesced: () => coalesced, dropped: () => dropped };
}

test('results go out at once while there is room, and wait in order while there is not', () => {
  const { log, outlet, queue, push } = setUp();
  outlet.room = 2;
  for (const result of ['1', '2', '3', '4']) push(result);
  expect(log).toEqual(['1', '2']);
  outlet.room = 1;
  queue.drained();
  expect(log).toEqual(['1', '2', '3']);
  outlet.room = 9;
  queue.drained();
  push('5');
  expect(log).toEqual(['1', '2', '3', '4', '5']);
});

test('a full queue lets the client go, once, and hands over nothing more', () => {
  const { log, queue, push, dropped } = setUp();
  for (const result of ['1', '2', '3', '4', '5', '6']) push(result);
  queue.drained();
  queue.end();
  // It comes back with the cursor of what it was handed last.
  expect(log).toEqual(['1', 'SLOW_CONSUMER after c1']);
  expect(dropped()).toBe(4);
});

test('a queue that coalesces holds the newest result only, and counts what made room', () => {
  const { log, outlet, queue, push, coalesced } = setUp({ coalesce: true });
  for (const result of ['1', '2', '3', '4', '5', '6']) push(result);
  outlet.room = 9;
  queue.drained();
  expect(log).toEqual(['1', '6']);
  expect(coalesced()).toBe(4);
});

test('an end and an error wait behind what waits', () => {
  for (const coalesce of [false, true]) {
    const { log, outlet, queue, push } = setUp({ coalesce });
    push('1');
    push('2');
    queue.fail(new GraphQLError('gone', { extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED' } }));
    push('3');
    expect(log).toEqual(['1']);
    outlet.room = 9;
    queue.drained();
    expect(log).toEqual(['1', '2', 'SUBSCRIPTION_UPSTREAM_FAILED after c2']);
  }
});

test('a queue is bounded in bytes too, but takes one result of any size', () => {
  const { log, outlet, queue, push } = setUp({ maxEvents: 100, maxBytes: 10 });
  push('1');
  push(`2${'x'.repeat(50)}`);
  expect(queue.waitingBytes()).toBe(51);
  push('3');
  expect(log).toEqual(['1', 'SLOW_CONSUMER after c1']);
  outlet.room = 9;
  queue.drained();
  expect(queue.waitingBytes()).toBe(0);
  expect(log).toHaveLength(2);
});

test('a word of where it stands goes out only where nothing waits', () => {
  const { log, outlet, queue, push } = setUp();
  queue.mark('m0');
  push('1');
  push('2');
  queue.mark('m2');
  outlet.room = 9;
  queue.drained();
  queue.mark('m3');
  queue.fail(new GraphQLError('gone', { extensions: { code: 'SHUTTING_DOWN' } }));
  expect(log).toEqual(['at m0', '1', '2', 'at m3', 'SHUTTING_DOWN after m3']);
});

test('a closed queue hands over nothing', () => {
  const { log, outlet, queue, push } = setUp();
  push('1');
  push('2');
  queue.close();
  outlet.room = 9;
  queue.drained();
  queue.end();
  expect(log).toEqual(['1']);
});
