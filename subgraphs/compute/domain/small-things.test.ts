import { expect, test } from 'vitest';
import { expectedResults, mayCancel, throughput } from './batch.ts';
import { momentOf } from './moment.ts';
import { newId } from './new-id.ts';
import { workerState } from './worker-state.ts';

const now = new Date('2026-11-21T10:00:00.000Z');

test('a time without a zone is UTC; one that cannot be meant is now', () => {
  const iso = (timestamp: string | undefined) => momentOf(timestamp, now).toISOString();
  expect(iso('2024-12-03T15:30:45')).toBe('2024-12-03T15:30:45.000Z');
  expect(iso('2024-12-03 15:30:45.123456')).toBe('2024-12-03T15:30:45.123Z');
  expect(iso('2024-12-03T15:30:45+02:00')).toBe('2024-12-03T13:30:45.000Z');
  for (const nonsense of [undefined, '', 'yesterday', '0001-01-01T00:00:00Z', '9999-01-01T00:00:00Z'])
    expect(iso(nonsense)).toBe(now.toISOString());
});

test('a batch expects four results of a task that asks for all, and its throughput stands still once it ended', () => {
  expect(expectedResults([{ operation: 'ADD' }, { operation: 'ALL' }, { operation: 'DIV' }])).toBe(6);
  const submittedAt = new Date(now.getTime() - 10_000);
  expect(throughput({ completed: 50, submittedAt, endedAt: null }, now)).toBe(5);
  expect(throughput({ completed: 50, submittedAt, endedAt: new Date(now.getTime() - 5_000) }, now)).toBe(10);
  expect(throughput({ completed: 0, submittedAt: now, endedAt: null }, now)).toBe(0);
});

test('a batch is stopped by who submitted it and by who is in charge', () => {
  const by = (consumerId: string, role: 'ADMIN' | 'MANAGER' | 'CLERK' | 'INTEGRATION') =>
    mayCancel({ submittedBy: 'c1' }, { consumerId, roles: [role] });
  expect([by('c1', 'CLERK'), by('c2', 'CLERK'), by('c2', 'INTEGRATION'), by('c2', 'MANAGER'), by('c2', 'ADMIN')]).toEqual([
    true,
    false,
    false,
    true,
    true,
  ]);
});

test('ids are short, opaque and never the same', () => {
  const ids = Array.from({ length: 10_000 }, () => newId());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
});

test('a worker that fell silent is gone, and one that never announced itself unknown', () => {
  const seen = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1_000);
  expect(workerState({ announced: true, state: 'BUSY', lastSeenAt: seen(14) }, now)).toBe('BUSY');
  expect(workerState({ announced: true, state: 'BUSY', lastSeenAt: seen(16) }, now)).toBe('GONE');
  expect(workerState({ announced: false, state: 'IDLE', lastSeenAt: seen(1_000) }, now)).toBe('UNKNOWN');
});
