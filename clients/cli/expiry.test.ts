import { expect, test } from 'vitest';
import { parseExpiry } from './expiry.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const inHours = (hours: number) => ({ at: new Date(now + hours * 3_600_000).toISOString() });

test('a time from now, a day to its end, and an instant are read', () => {
  expect(parseExpiry('12h', now)).toEqual(inHours(12));
  expect(parseExpiry(' 30d ', now)).toEqual(inHours(30 * 24));
  expect(parseExpiry('8w', now)).toEqual(inHours(8 * 7 * 24));
  expect(parseExpiry('2027-01-31', now)).toEqual({ at: new Date(2027, 1, 1).toISOString() });
  expect(parseExpiry('2027-01-31T18:00:00+01:00', now)).toEqual({ at: '2027-01-31T17:00:00.000Z' });
});

test.each(['', '30', '0d', '-1d', '1m', '2027-02-30', '2027-13-01', '31/01/2027', 'tomorrow', '2027-01-31Tnoon'])(
  '%j is told how to be written',
  (text) => {
    expect(parseExpiry(text, now)).toEqual({ fault: expect.stringContaining('30d') });
  },
);

test('what is over already is refused', () => {
  expect(parseExpiry('2026-11-28', now)).toEqual({ fault: 'It is to lie in the future.' });
});
