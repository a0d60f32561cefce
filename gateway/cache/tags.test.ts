import { expect, test } from 'vitest';
import { boundKeys, tagsOfEvent } from './events.ts';
import { filledIn, removedBy } from './tags.ts';

test('a change of one thing removes what is about it and what may hold it; of all things, what may hold any', () => {
  expect(removedBy(['product:5'])).toEqual(['product:5', 'product:*']);
  expect(removedBy(['product:5', 'product:6'])).toEqual(['product:5', 'product:*', 'product:6']);
  expect(removedBy(['product:*'])).toEqual(['product:*']);
  expect(removedBy(['inventory'])).toEqual(['inventory']);
});

test('a tag is filled in with ids in their plain form, and with nothing else', () => {
  const of = (value: unknown) => filledIn('product:{id}', (name) => (name === 'id' ? value : undefined));
  expect([of('5'), of(5), of('saga_1')]).toEqual(['product:5', 'product:5', 'product:saga_1']);
  for (const other of [undefined, null, '05', '5.0', ' 5', '5 ', '+5', '', '*', '1e3', -1, 1.5, ['5'], { id: 5 }, true])
    expect(of(other)).toBeNull();
  expect(filledIn('product:*', () => undefined)).toBe('product:*');
});

test('events name the product whose answers are old; what cannot be read makes everything old; what another gateway removed is removed', () => {
  const event = (key: string, body: unknown) => tagsOfEvent(key, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), 'me');
  expect(boundKeys).toEqual(['produit.*', 'stock.changed', 'cache.removed']);
  expect(event('stock.changed', { produit_id: 5, magasin_id: 1 })).toEqual(['product:5', 'product:*']);
  expect(event('produit.deleted', { produit_id: 5 })).toEqual(['product:5', 'product:*']);
  for (const body of ['', 'null', '{', [], { produit_id: '5' }, { produit_id: 1.5 }]) expect(event('produit.updated', body)).toEqual(['*']);
  expect(event('cache.removed', { instance_id: 'other', tags: ['inventory'] })).toEqual(['inventory']);
  expect(event('cache.removed', { instance_id: 'me', tags: ['inventory'] })).toEqual([]);
  expect(event('cache.removed', { tags: 5 })).toEqual(['*']);
  expect(event('saga.completed', { saga_id: 's' })).toEqual([]);
});
