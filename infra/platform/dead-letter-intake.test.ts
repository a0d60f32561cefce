import { expect, test } from 'vitest';
import type { Delivery } from './broker/consumption.ts';
import { mayBeAnother, readDeadLetter } from './dead-letter-intake.ts';

const delivery = (headers: Record<string, unknown>, properties: Record<string, unknown> = {}) =>
  ({
    queue: 'test.dead_letters',
    exchange: 'comptoir.dead_letters',
    routingKey: 'test',
    content: Buffer.from('body'),
    redelivered: false,
    properties: { headers, ...properties },
  }) as unknown as Delivery;

test('what our consumers gave up tells for itself', () => {
  const headers = {
    'x-dead-letter-queue': 'work',
    'x-dead-letter-code': 'MESSAGE_INVALID',
    'x-dead-letter-reason': 'why',
    'x-dead-letter-attempts': 3,
    'x-dead-letter-death': 'd1',
    colour: 'blue',
  };
  expect(readDeadLetter(delivery(headers, { messageId: 'm1', type: 't' }))).toEqual({
    death: 'd1',
    service: 'test',
    queue: 'work',
    code: 'MESSAGE_INVALID',
    reason: 'why',
    messageId: 'm1',
    type: 't',
    correlationId: null,
    body: Buffer.from('body'),
    headers: '{"colour":"blue"}',
    attempts: 3,
    replayOf: null,
  });
});

test.each([
  ['rejected', 'A consumer rejected it.'],
  ['expired', 'It waited longer in the queue than allowed.'],
  ['something new', 'something new'],
])('what the broker dead-lettered as %s is read from x-death', (reason, text) => {
  const letter = readDeadLetter(delivery({ 'x-death': [{ queue: 'work', reason, count: 2, time: { '!': 'timestamp', value: 5 } }] }));
  expect(letter).toMatchObject({ queue: 'work', code: 'RETRIES_EXHAUSTED', reason: text, attempts: 2, messageId: null });
});

test('without an id the death is named by content and by what the broker tells of it', () => {
  const death = (time: number) => readDeadLetter(delivery({ 'x-death': [{ queue: 'work', reason: 'rejected', count: 1, time }] })).death;
  expect(death(1)).toBe(death(1));
  expect(death(1)).not.toBe(death(2));
});

test.each([
  [undefined],
  [{}],
  ['text'],
  [{ 'x-death': 'no list', 'x-dead-letter-code': 'NOT_A_CODE', 'x-dead-letter-attempts': -1, 'x-replay-of': "1'; --" }],
])('headers that are nothing of the kind (%j) are survived', (headers) => {
  expect(readDeadLetter(delivery(headers as never))).toMatchObject({
    queue: 'test.dead_letters',
    code: 'RETRIES_EXHAUSTED',
    attempts: 1,
    replayOf: null,
  });
});

test('only a message without an id that was not delivered before may be another one of the same content', () => {
  const fresh = delivery({});
  expect(mayBeAnother(readDeadLetter(fresh), fresh)).toBe(true);
  const again = { ...fresh, redelivered: true };
  expect(mayBeAnother(readDeadLetter(again), again)).toBe(false);
  const named = delivery({}, { messageId: 'm1' });
  expect(mayBeAnother(readDeadLetter(named), named)).toBe(false);
});
