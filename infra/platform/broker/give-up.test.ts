import { retryDelays } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { ComptoirError } from '../errors.ts';
import type { Delivery } from './consumption.ts';
import { deadLetterPublication, fateOf, retryPublication, withoutTransportHeaders } from './give-up.ts';

const delivery = (headers: Record<string, unknown>, messageId?: string) =>
  ({ queue: 'work', content: Buffer.from('x'), properties: { headers, messageId, type: 't', timestamp: 7 } }) as unknown as Delivery;

test('an unknown error is retried after each delay in turn and then given up', () => {
  const error = new Error('no');
  for (const [index, delay] of retryDelays.entries()) expect(fateOf(error, index + 1)).toEqual({ kind: 'retry', delay });
  expect(fateOf(error, retryDelays.length + 1)).toEqual({
    kind: 'dead-letter',
    code: 'RETRIES_EXHAUSTED',
    reason: 'Failed 4 times, the last time with: no',
  });
});

test('the catalogue decides for its own errors', () => {
  expect(fateOf(new ComptoirError('MESSAGE_INVALID', 'why'), 1)).toEqual({ kind: 'dead-letter', code: 'MESSAGE_INVALID', reason: 'why' });
  expect(fateOf(new ComptoirError('SERVICE_UNAVAILABLE'), 1)).toMatchObject({ kind: 'retry' });
});

test('what is thrown without being an error has a fate too, and a reason has an end', () => {
  expect(fateOf('text', 99)).toMatchObject({ kind: 'dead-letter', reason: 'Failed 99 times, the last time with: text' });
  expect((fateOf(new Error('x'.repeat(100_000)), 99) as { reason: string }).reason).toHaveLength(2_000);
});

test('a retried message keeps what it came with, counts its attempts, and leaves the broker’s own headers behind', () => {
  const publication = retryPublication(
    delivery({ colour: 'blue', 'x-death': [{ queue: 'work' }], 'x-first-death-queue': 'work', 'x-attempt': 2 }, 'm1'),
    retryDelays[1],
  );
  expect(publication).toMatchObject({ exchange: 'comptoir.retry.30s', routingKey: 'work', mandatory: true });
  expect(publication.properties).toMatchObject({ messageId: 'm1', type: 't', timestamp: 7, headers: { colour: 'blue', 'x-attempt': 3 } });
  expect(Object.keys(publication.properties.headers!)).toEqual(['colour', 'x-attempt']);
});

test.each([[0], [-1], [1.5], ['2'], [null], [1e9], [{}]])('an attempt count of %s from outside counts as the first', (attempt) => {
  expect(retryPublication(delivery({ 'x-attempt': attempt }), retryDelays[0]).properties.headers).toEqual({ 'x-attempt': 2 });
});

test('giving up the same message again names the same death; another attempt, replay or message another one', () => {
  const death = (headers: Record<string, unknown>, id?: string) =>
    deadLetterPublication(delivery(headers, id), 'test', { code: 'INTERNAL', reason: 'r' }).properties.headers!['x-dead-letter-death'];
  expect(death({}, 'm1')).toBe(death({}, 'm1'));
  const deaths = [
    death({}, 'm1'),
    death({}, 'm2'),
    death({ 'x-attempt': 2 }, 'm1'),
    death({ 'x-replay-count': 1 }, 'm1'),
    death({}),
    death({}),
  ];
  expect(new Set(deaths).size).toBe(deaths.length);
});

test('only headers of the transport are taken away', () => {
  expect(
    Object.keys(
      withoutTransportHeaders({
        'x-deathly': 1,
        'x-death': 1,
        'x-last-death-reason': 1,
        'x-dead-letter-code': 1,
        traceparent: 1,
        'x-replay-of': 1,
      }),
    ),
  ).toEqual(['x-deathly', 'traceparent', 'x-replay-of']);
});
