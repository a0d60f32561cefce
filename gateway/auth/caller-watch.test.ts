import { ComptoirError } from '@comptoir/platform/errors.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Caller } from './caller.ts';
import { createCallerWatch } from './caller-watch.ts';

const everyMs = 30_000;
const caller = (more: Partial<Caller> = {}): Caller => ({
  consumerId: 'staff:7',
  name: 'Ada',
  roles: ['CLERK'],
  stores: ['1'],
  limits: { perMinute: 5, perHour: 50 },
  expiresAt: Date.now() + 100_000,
  ...more,
});

// No input or output is waited for here: only the watch's own timers.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const known = new Map<string, Caller | Error>([['t1', caller()]]);
  const watch = createCallerWatch(everyMs, async (credentials) => {
    const found = known.get(credentials?.key ?? '');
    if (found instanceof Error) throw found;
    return found ?? null;
  });
  const lost: string[] = [];
  const begun = watch.watch({ key: 't1' }, caller(), (reason) => lost.push(reason));
  return { known, watch, begun, lost };
}

test('a connection ends with the access token, once', async () => {
  const { lost } = setUp();
  await vi.advanceTimersByTimeAsync(99_999);
  expect(lost).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(lost).toEqual(['token expired']);
  await vi.advanceTimersByTimeAsync(everyMs * 10);
  expect(lost).toHaveLength(1);
});

test('a newer token of the same caller lets it go on, another’s or none does not', async () => {
  const { known, begun, lost } = setUp();
  known.set('t2', caller({ expiresAt: Date.now() + 500_000 }));
  known.set('other', caller({ consumerId: 'staff:8', expiresAt: Date.now() + 900_000 }));
  known.set('down', new ComptoirError('SERVICE_UNAVAILABLE'));
  expect(await begun.renew({ key: 'other' })).toBeNull();
  expect(await begun.renew({ key: 'unknown' })).toBeNull();
  await expect(begun.renew({ key: 'down' })).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(await begun.renew({ key: 't2' })).toMatchObject({ expiresAt: Date.now() + 500_000 });
  // The first token is no longer asked about.
  known.delete('t1');
  await vi.advanceTimersByTimeAsync(499_999);
  expect(lost).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(lost).toEqual(['token expired']);
});

test.each([
  ['revoked', null],
  ['of other roles', caller({ roles: ['CLERK', 'MANAGER'] })],
  ['of other stores', caller({ stores: ['1', '2'] })],
])('a credential that is %s by now ends it at the next look', async (_, found) => {
  const { known, lost } = setUp();
  if (found) known.set('t1', found);
  else known.delete('t1');
  await vi.advanceTimersByTimeAsync(everyMs);
  expect(lost).toEqual(['Forbidden']);
});

test('a newer token with other rights ends it at once: what runs has the old ones', async () => {
  const { known, begun, lost } = setUp();
  known.set('t2', caller({ roles: ['MANAGER'] }));
  expect(await begun.renew({ key: 't2' })).toBeNull();
  expect(lost).toEqual(['Forbidden']);
});

test('who cannot be checked stays, and what was left is not looked after', async () => {
  const { known, begun, watch, lost } = setUp();
  known.set('t1', new ComptoirError('SERVICE_UNAVAILABLE'));
  await vi.advanceTimersByTimeAsync(everyMs * 2);
  expect(lost).toEqual([]);
  begun.stop();
  watch.watch({ key: 't1' }, caller(), (reason) => lost.push(reason));
  watch.stop();
  await vi.advanceTimersByTimeAsync(1_000_000);
  expect(lost).toEqual([]);
});
