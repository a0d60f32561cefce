import { expect, test } from 'vitest';
import { blankConsumer, consumerFaults, consumerInput, fieldsOfConsumer } from './consumer-sheet.ts';

const row = {
  id: 'c',
  version: 1,
  name: 'web shop',
  roles: ['INTEGRATION'],
  tier: 'PARTNER',
  demo: false,
  createdAt: '2026-11-29T10:00:00.000Z',
  limits: { perMinute: 500, perHour: 100 },
  stores: null,
} as const;

test('limits that are those of the tier are not its own', () => {
  const fields = fieldsOfConsumer({ ...row, roles: ['INTEGRATION'] }, { perMinute: 500, perHour: 30_000 });
  expect(fields).toMatchObject({ perMinute: '', perHour: '100', everywhere: true });
  expect(consumerInput(fields)).toMatchObject({ perMinute: null, perHour: 100, stores: null });
});

test('limits are whole numbers that the graph takes', () => {
  const words = { name: 'n', roles: 'r', perMinute: 'm', perHour: 'h', stores: 's' };
  const good = { ...blankConsumer, name: 'shop', roles: ['CLERK'] as const };
  expect(consumerFaults(good, words)).toEqual({});
  expect(consumerFaults({ ...good, perMinute: '1 000 000', perHour: '60000001' }, words)).toEqual({ perHour: 'h' });
  expect(consumerFaults({ ...good, perMinute: '0' }, words)).toEqual({ perMinute: 'm' });
  expect(consumerFaults({ ...good, everywhere: false }, words)).toEqual({ stores: 's' });
});
