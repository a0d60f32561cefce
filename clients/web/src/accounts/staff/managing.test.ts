import { expect, test } from 'vitest';
import { mayActIn, mayGrant, mayManage } from './managing.ts';

const manager = { roles: ['MANAGER'], stores: [{ id: '1' }, { id: '2' }] } as const;
const administrator = { roles: ['ADMIN'], stores: null } as const;

test('a manager gives no right beyond those of a store', () => {
  expect(mayGrant(manager, ['CLERK', 'WAREHOUSE'])).toBe(true);
  expect(mayGrant(manager, ['CLERK', 'ADMIN'])).toBe(false);
  expect(mayGrant(manager, ['INTEGRATION'])).toBe(false);
  expect(mayGrant(administrator, ['ADMIN', 'INTEGRATION'])).toBe(true);
  expect(mayGrant({ roles: ['CLERK'], stores: null }, ['CLERK'])).toBe(false);
});

test('a manager manages who works in the own stores only, and nobody who may act everywhere', () => {
  expect(mayManage(manager, { roles: ['CLERK'], stores: [{ id: '2' }] })).toBe(true);
  expect(mayManage(manager, { roles: ['CLERK'], stores: [{ id: '2' }, { id: '3' }] })).toBe(false);
  expect(mayManage(manager, { roles: ['CLERK'], stores: [] })).toBe(false);
  expect(mayManage({ ...manager, roles: ['MANAGER', 'ADMIN'] }, { roles: ['ADMIN'], stores: [] })).toBe(false);
  expect(mayManage(administrator, { roles: ['ADMIN'], stores: [] })).toBe(true);
});

test('where nobody signs in, everything is offered', () => {
  expect(mayManage(null, { roles: ['ADMIN'], stores: [] })).toBe(true);
  expect(mayActIn(null, '7')).toBe(true);
});
