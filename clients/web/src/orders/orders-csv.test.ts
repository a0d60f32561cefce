import { expect, test } from 'vitest';
import { ordersCsv } from './orders-csv.ts';

const order = {
  id: '12',
  customerId: '7',
  customerDeleted: false,
  customer: { id: '7', firstName: '=Élise', lastName: 'Martin' },
  status: 'SHIPPED' as const,
  total: { amount: '1234.50', minor: '123450', currency: 'EUR' },
  lines: [
    { number: 1, quantity: 2 },
    { number: 2, quantity: 3 },
  ],
  version: 4,
  createdAt: '2026-11-29T10:00:00.000Z',
  updatedAt: '2026-11-29T11:00:00.000Z',
};

test('orders are exported with who ordered, how much of what, and an amount that can be summed', () => {
  const gone = { ...order, id: '13', customer: null };
  expect(ordersCsv([order, gone], 'fr').replace('\ufeff', '').trimEnd().split('\r\n')).toEqual([
    'id;status;customer_id;customer;articles;total;currency;created_at;updated_at',
    "12;SHIPPED;7;'=Élise Martin;5;1234,50;EUR;2026-11-29T10:00:00.000Z;2026-11-29T11:00:00.000Z",
    '13;SHIPPED;7;;5;1234,50;EUR;2026-11-29T10:00:00.000Z;2026-11-29T11:00:00.000Z',
  ]);
});
