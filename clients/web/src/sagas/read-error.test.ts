import { expect, test } from 'vitest';
import { readError } from './read-error.ts';

const isStep = (name: string) => ['CREATE_ORDER', 'PROCESS_PAYMENT'].includes(name);

test.each([
  ['CREATE_ORDER: CUSTOMER_UNKNOWN: There is no customer 99999', 'CREATE_ORDER', 'CUSTOMER_UNKNOWN', 'There is no customer 99999'],
  ['PAYMENT_DECLINED: The card was declined.', null, 'PAYMENT_DECLINED', 'The card was declined.'],
  ['PROCESS_PAYMENT: gone: for good', 'PROCESS_PAYMENT', null, 'gone: for good'],
  ['something else', null, null, 'something else'],
])('%s', (error, step, code, detail) => {
  expect(readError(error, isStep)).toMatchObject({ step, code, detail, unanswered: null, cancelledBy: null });
});

test('a shortage is known by its product and its numbers', () => {
  expect(
    readError('CREATE_ORDER: OUT_OF_STOCK: 3 × Café Kenya 250 g – Malvoisin (product 11) asked for, 0 available', isStep),
  ).toMatchObject({
    code: 'OUT_OF_STOCK',
    shortage: { requested: 3, product: 'Café Kenya 250 g – Malvoisin', available: 0 },
  });
  expect(readError('OUT_OF_STOCK: too little', isStep).shortage).toBeNull();
});

test.each([
  ['CUSTOMER_UNKNOWN: There is no customer 99999', { number: '99999' }],
  ['PRODUCT_ARCHIVED: Café Kenya (product 11) is not sold any more', { name: 'Café Kenya' }],
  ['PAYMENT_DECLINED: The card was declined.', null],
])('whom or what it is about is known: %s', (error, about) => {
  expect(readError(error, isStep).about).toEqual(about);
});

test('a silence and a cancellation are known as such', () => {
  expect(readError('PROCESS_PAYMENT: no reply to 5 commands: it may have happened', isStep)).toMatchObject({ unanswered: 5 });
  expect(readError('REFUND_PAYMENT by payments keeps failing: no reply to 15 commands', isStep)).toMatchObject({
    step: 'REFUND_PAYMENT',
    unanswered: 15,
  });
  expect(readError('cancelled by admin-user', isStep)).toMatchObject({ cancelledBy: 'admin-user' });
});
