import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { expect, test } from 'vitest';
import { retryAfterSeconds } from './error-code.ts';

const answered = (status: number, headers: Record<string, string> = {}) =>
  new ServerError('refused', { response: new Response('{}', { status, headers }), bodyText: '{}' });
const inTheGraph = (extensions: Record<string, unknown>) => new CombinedGraphQLErrors({ errors: [{ message: 'refused', extensions }] });

test.each([
  ['a refusal of the gateway', answered(429, { 'retry-after': '12' }), 12],
  ['one of a proxy that gives a date', answered(429, { 'retry-after': 'Mon, 30 Nov 2026 01:00:00 GMT' }), 1],
  ['one without a time', answered(429), 1],
  ['one within the graph', inTheGraph({ code: 'RATE_LIMITED', retryAfter: 7 }), 7],
  ['one within the graph without a time', inTheGraph({ code: 'RATE_LIMITED' }), 1],
  ['another refusal', inTheGraph({ code: 'FORBIDDEN', retryAfter: 7 }), null],
  ['a fault of the gateway', answered(503, { 'retry-after': '12' }), null],
  ['a loss', new TypeError('failed to fetch'), null],
])('%s has as much time to wait as it says', (_what, error, seconds) => {
  expect(retryAfterSeconds(error)).toBe(seconds);
});
