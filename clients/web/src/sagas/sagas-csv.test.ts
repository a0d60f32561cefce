import { expect, test } from 'vitest';
import { sagasCsv } from './sagas-csv.ts';

const saga = {
  id: 'saga_1',
  definition: 'order-processing',
  state: 'COMPENSATED' as const,
  error: 'PAYMENT_DECLINED; The card was declined.',
  paused: false,
  cancelRequested: false,
  needsAttention: false,
  duration: 1.25,
  version: 9,
  createdAt: '2026-11-29T10:00:00.000Z',
  updatedAt: '2026-11-29T10:00:01.250Z',
  endedAt: '2026-11-29T10:00:01.250Z',
  order: { id: '12' },
  customerRef: { id: '7' },
  customer: { id: '7', firstName: 'Élise', lastName: 'Martin' },
  steps: [],
  compensations: [],
};

test('sagas are exported with what they are about and how they went; what there is not stays empty', () => {
  const running = { ...saga, id: 'saga_2', state: 'PENDING' as const, error: null, order: null, customer: null, endedAt: null };
  expect(sagasCsv([saga, running], 'fr').replace('\ufeff', '').trimEnd().split('\r\n')).toEqual([
    'id;definition;state;paused;needs_attention;customer_id;customer;order_id;duration;error;created_at;updated_at;ended_at',
    'saga_1;order-processing;COMPENSATED;false;false;7;Élise Martin;12;1,25;"PAYMENT_DECLINED; The card was declined.";2026-11-29T10:00:00.000Z;2026-11-29T10:00:01.250Z;2026-11-29T10:00:01.250Z',
    'saga_2;order-processing;PENDING;false;false;7;;;1,25;;2026-11-29T10:00:00.000Z;2026-11-29T10:00:01.250Z;',
  ]);
});
