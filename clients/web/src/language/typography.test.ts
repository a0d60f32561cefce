import { expect, test } from 'vitest';
import { withSpacing } from './typography.ts';

test('signs that French sets apart stay on the line of their word, in every word of the tree', () => {
  const words = withSpacing({
    title: 'Annuler la saga ?',
    deep: { hint: ['Facultatif : casse ; perte'] },
    made: (id: string) => `Commande « ${id} », n° 7`,
  });
  expect(words.title).toBe('Annuler la saga\u202f?');
  expect(words.deep.hint).toEqual(['Facultatif\u00a0: casse\u202f; perte']);
  expect(words.made('A')).toBe('Commande «\u00a0A\u00a0», n°\u00a07');
});
