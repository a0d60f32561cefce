import { expect, test } from 'vitest';
import { createUsage } from './usage.ts';

const caller = (consumerId: string) => ({
  consumerId,
  name: `name of ${consumerId}`,
  roles: [],
  stores: null,
  limits: { perMinute: 3, perHour: 5 },
});
const verdict = (allowed: boolean, minute: number, hour?: number) => ({
  allowed,
  limit: 3,
  remaining: 0,
  resetMs: 10_000,
  retryMs: 0,
  policy: '',
  minute: { used: minute, resetMs: 10_000 },
  hour: hour === undefined ? undefined : { used: hour, resetMs: 100_000 },
});

test('who asked last comes first, with what it used; a window that is over counts nothing', () => {
  let now = 0;
  const usage = createUsage({ max: 2, now: () => now });
  usage.note(caller('1'), verdict(true, 1, 1));
  usage.note(caller('2'), verdict(true, 1, 1));
  usage.note(caller('1'), verdict(false, 3));
  expect(usage.report()).toEqual([
    { consumerId: '1', consumer: 'name of 1', perMinute: 3, usedMinute: 3, perHour: 5, usedHour: 1, resetMs: 10_000, refused: 1 },
    { consumerId: '2', consumer: 'name of 2', perMinute: 3, usedMinute: 1, perHour: 5, usedHour: 1, resetMs: 10_000, refused: 0 },
  ]);
  now = 10_000;
  expect(usage.report()[0]).toMatchObject({ usedMinute: 0, usedHour: 1, resetMs: 0, refused: 1 });
  usage.note(caller('3'), verdict(true, 1, 1));
  expect(usage.report().map(({ consumer }) => consumer)).toEqual(['name of 3', 'name of 1']);
});
