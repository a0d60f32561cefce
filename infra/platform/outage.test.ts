import { expect, test } from 'vitest';
import { PublishError } from './broker/publish-error.ts';
import { isOutage, isRetryableTransaction } from './outage.ts';

const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test.each(['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03', '08006', '53300'])('%s is an outage', (code) => {
  expect(isOutage(withCode(code))).toBe(true);
  expect(isOutage(new Error('while storing the result', { cause: withCode(code) }))).toBe(true);
  expect(isOutage(new AggregateError([withCode(code)]))).toBe(true);
});

test('a session that pg lost without a code is an outage', () => {
  expect(isOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isOutage(new Error('timeout exceeded when trying to connect'))).toBe(true);
  expect(isOutage(new Error('timeout expired'))).toBe(true);
});

test('a publication to a broker that is away is an outage, one that reaches no queue is not', () => {
  expect(isOutage(new PublishError('CLOSED', 'x'))).toBe(true);
  expect(isOutage(new PublishError('TIMEOUT', 'x'))).toBe(true);
  expect(isOutage(new PublishError('NO_ROUTE', 'x'))).toBe(false);
});

test.each([withCode('23505'), withCode('22P05'), new TypeError('x is not a function'), 'text', undefined, null])('%s is none', (error) => {
  expect(isOutage(error)).toBe(false);
  expect(isRetryableTransaction(error)).toBe(false);
});

test('an error that is its own cause is looked at once', () => {
  const error = new Error('loop');
  error.cause = error;
  expect(isOutage(error)).toBe(false);
});

test('deadlocks, serialisation failures and optimistic locks are worth another transaction', () => {
  expect(isRetryableTransaction(withCode('40P01'))).toBe(true);
  expect(isRetryableTransaction(withCode('40001'))).toBe(true);
  expect(isRetryableTransaction(Object.assign(new Error('x'), { name: 'OptimisticLockError' }))).toBe(true);
});
