import { Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { dateTime } from './date-time.ts';

describe('DateTime', () => {
  it.each([
    ['2026-02-27T10:18:26.000Z', '2026-02-27T10:18:26.000Z'],
    ['2026-02-27T10:18:26Z', '2026-02-27T10:18:26.000Z'],
    ['2026-02-27T11:18:26.5+01:00', '2026-02-27T10:18:26.500Z'],
    ['2024-02-29T00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s as an instant', (text, instant) => {
    expect(dateTime.parseValue(text).toISOString()).toBe(instant);
    expect(dateTime.parseLiteral({ kind: Kind.STRING, value: text }, undefined).toISOString()).toBe(instant);
  });

  it.each([
    '2026-02-27',
    '2026-02-27T10:18:26',
    '2026-02-30T10:18:26Z',
    '2026-13-01T00:00:00Z',
    '27/02/2026',
    '',
    0,
    null,
    1_772_187_506_000,
  ])('does not take %j', (value) => {
    expect(() => dateTime.parseValue(value)).toThrow('ISO 8601');
  });

  it('writes UTC with milliseconds', () => {
    expect(dateTime.serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(() => dateTime.serialize(new Date(Number.NaN))).toThrow('not an instant');
    expect(() => dateTime.serialize({})).toThrow('not an instant');
  });
});
