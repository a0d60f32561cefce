import { describe, expect, it } from 'vitest';
import { canBeDeleted, canGo, nextStatuses, type OrderStanding, orderStatuses, statutOf } from './order-status.ts';

const order = (given: Partial<OrderStanding>): OrderStanding => ({ status: 'PENDING', sagaId: null, cancellationSagaId: null, ...given });

describe('where an order can go', () => {
  it.each([
    ['handed over by another system', order({}), ['SHIPPED', 'CANCELLED']],
    ['processed by a saga and not paid yet', order({ sagaId: 's' }), ['CONFIRMED', 'CANCELLED']],
    ['paid', order({ status: 'CONFIRMED', sagaId: 's' }), ['SHIPPED', 'CANCELLED']],
    ['paid and about to be cancelled', order({ status: 'CONFIRMED', sagaId: 's', cancellationSagaId: 'c' }), ['CANCELLED']],
    ['on its way', order({ status: 'SHIPPED' }), ['DELIVERED']],
    ['arrived', order({ status: 'DELIVERED' }), []],
    ['cancelled', order({ status: 'CANCELLED' }), []],
  ])('one that is %s', (_what, standing, expected) => {
    expect(nextStatuses(standing)).toEqual(expected);
    for (const to of orderStatuses) expect(canGo(standing, to)).toBe((expected as string[]).includes(to));
  });
});

it('only what nobody is at work on and nobody paid can be deleted', () => {
  expect(canBeDeleted(order({}), false)).toBe(true);
  expect(canBeDeleted(order({ status: 'CANCELLED', sagaId: 's' }), false)).toBe(true);
  expect(canBeDeleted(order({ status: 'CANCELLED', sagaId: 's' }), true)).toBe(false);
  expect(canBeDeleted(order({ sagaId: 's' }), false)).toBe(false);
  for (const status of ['CONFIRMED', 'SHIPPED', 'DELIVERED'] as const) expect(canBeDeleted(order({ status }), false)).toBe(false);
});

it('the orders of a deleted customer are client_supprime, whatever their status', () => {
  expect(orderStatuses.map((status) => statutOf({ status, customerDeleted: false }))).toEqual([
    'en_attente',
    'confirmee',
    'expediee',
    'livree',
    'annulee',
  ]);
  for (const status of orderStatuses) expect(statutOf({ status, customerDeleted: true })).toBe('client_supprime');
});
