import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createClientQueue } from './client-queue.ts';

function setUp({ maxEvents = 3, coalesce = false } = {}) {
  const log: string[] = [];
  const outlet = {
    /** How many writes until the connection is congested. */
    room: 1,
    write(result: string) {
      log.push(result);
      return --outlet.room > 0;
    },
    end: () => void log.push('end'),
    fail: (error: GraphQLError) => void log.push(String(error.extensions.code)),
  };
  let coalesced = 0;
  const queue = createClientQueue({ maxEvents, coalesce, onCoalesced: () => coalesced++ }, outlet);
  return { log, outlet, queue, coalesced: () => coalesced };
}

test('results go out at once while there is room, and wait in order while there is not', () => {
  const { log, outlet, queue } = setUp();
  outlet.room = 2;
  for (const result of ['1', '2', '3', '4']) queue.push(result);
  expect(log).toEqual(['1', '2']);
  outlet.room = 1;
  queue.drained();
  expect(log).toEqual(['1', '2', '3']);
  outlet.room = 9;
  queue.drained();
  queue.push('5');
  expect(log).toEqual(['1', '2', '3', '4', '5']);
});

test('a full queue lets the client go, once, and hands over nothing more', () => {
  const { log, queue } = setUp();
  for (const result of ['1', '2', '3', '4', '5', '6']) queue.push(result);
  queue.drained();
  queue.end();
  expect(log).toEqual(['1', 'SLOW_CONSUMER']);
});

test('a queue that coalesces holds the newest result only, and counts what made room', () => {
  const { log, outlet, queue, coalesced } = setUp({ coalesce: true });
  for (const result of ['1', '2', '3', '4', '5', '6']) queue.push(result);
  outlet.room = 9;
  queue.drained();
  expect(log).toEqual(['1', '6']);
  expect(coalesced()).toBe(4);
});

test('an end and an error wait behind what waits', () => {
  for (const coalesce of [false, true]) {
    const { log, outlet, queue } = setUp({ coalesce });
    queue.push('1');
    queue.push('2');
    queue.fail(new GraphQLError('gone', { extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED' } }));
    queue.push('3');
    expect(log).toEqual(['1']);
    outlet.room = 9;
    queue.drained();
    expect(log).toEqual(['1', '2', 'SUBSCRIPTION_UPSTREAM_FAILED']);
  }
});

test('a closed queue hands over nothing', () => {
  const { log, outlet, queue } = setUp();
  queue.push('1');
  queue.push('2');
  queue.close();
  outlet.room = 9;
  queue.drained();
  queue.end();
  expect(log).toEqual(['1']);
});
