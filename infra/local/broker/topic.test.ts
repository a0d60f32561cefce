import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topicMatcher } from './topic.ts';

test.each([
  ['a.b.c', 'a.b.c', true],
  ['a.*.c', 'a.b.c', true],
  ['a.*.c', 'a.c', false],
  ['a.*', 'a.b.c', false],
  ['*', '', false],
  ['#', '', true],
  ['#', 'a.b.c', true],
  ['a.#', 'a', true],
  ['a.#', 'b.a', false],
  ['#.a', 'a', true],
  ['#.a.#', 'x.a.y.z', true],
  ['a.#.b', 'a.b', true],
  ['a.#.b', 'a.x.b.y', false],
  ['#.#', '', true],
  ['#.*', 'a', true],
  ['*.#.*', 'a', false],
  ['', '', true],
  ['', 'a', false],
  ['produit.stock_low', 'produit.stock_low', true],
  ['produit.*', 'client.deleted', false],
])('the pattern %j against the key %j is %j', (pattern, key, expected) => {
  expect(topicMatcher(pattern)(key)).toBe(expected);
});

test('agrees with the definition, word by word, on any pattern and key', () => {
  const word = fc.constantFrom('a', 'b', '*', '#');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }), (pattern, key) => {
      expect(topicMatcher(pattern.join('.'))(key.join('.'))).toBe(matchesByDefinition(pattern, key));
    }),
    { numRuns: 2000 },
  );
});

test('a long pattern of # does not take long', () => {
  const pattern = Array.from({ length: 100 }, (_, index) => (index % 2 ? 'a' : '#')).join('.');
  const key = Array.from({ length: 120 }, () => 'a').join('.');
  expect(topicMatcher(`${pattern}.b`)(key)).toBe(false);
});

function matchesByDefinition([part, ...parts]: readonly string[], key: readonly string[]): boolean {
  if (part === undefined) return key.length === 0;
  if (part === '#') return matchesByDefinition(parts, key) || (key.length > 0 && matchesByDefinition([part, ...parts], key.slice(1)));
  return key.length > 0 && (part === '*' || part === key[0]) && matchesByDefinition(parts, key.slice(1));
}
