import { expect, test } from 'vitest';
import { endOfDay, startOfDay } from './days.ts';

test('a day begins and ends at midnight where the reader is', () => {
  expect(startOfDay('2026-11-29')).toBe(new Date(2026, 10, 29).toISOString());
  expect(endOfDay('2026-12-31')).toBe(new Date(2027, 0, 1).toISOString());
});

test.each(['', '2026-02-30', '29/11/2026', '2026-13-01'])('%s is no day', (text) => {
  expect(startOfDay(text)).toBeNull();
});
