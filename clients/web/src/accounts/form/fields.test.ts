import { expect, test } from 'vitest';
import { changedFields, changedOnly, rebase } from './fields.ts';

const base = { name: 'Camille', badge: '1003', stores: ['1', '2'], everywhere: false };

test('blanks around a text and the order of what was ticked are no change', () => {
  expect(changedFields(base, { ...base, name: ' Camille ', stores: ['2', '1'] })).toEqual([]);
  expect(changedFields(base, { ...base, badge: '', stores: ['2'], everywhere: true })).toEqual(['badge', 'stores', 'everywhere']);
});

test('only what was changed is sent', () => {
  expect(changedOnly({ name: 'C', badge: null, stores: ['1'] }, ['badge'])).toEqual({ badge: null });
});

test('what was typed is kept on what somebody else has saved', () => {
  const mine = { ...base, name: 'Camille B.' };
  const theirs = { ...base, name: 'Camille C.', badge: '7' };
  expect(rebase(base, mine, theirs)).toEqual({ ...base, name: 'Camille B.', badge: '7' });
});
