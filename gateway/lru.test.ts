import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLru } from './lru.ts';

test('holds what was used last, whatever is read, written and deleted', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const step = fc.tuple(fc.constantFrom('get', 'set', 'delete' as const), key);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const lru = createLru<string, { at: number }>(3);
      /** By last use, the latest last. */
      let expected: [string, { at: number }][] = [];
      for (const [at, [action, key]] of steps.entries()) {
        const known = expected.find(([name]) => name === key);
        const others = expected.filter(([name]) => name !== key);
        if (action === 'get') {
          expect(lru.get(key)).toBe(known?.[1]);
          if (known) expected = [...others, known];
        } else if (action === 'set') {
          const value = { at };
          lru.set(key, value);
          expected = [...others, [key, value] as [string, { at: number }]].slice(-3);
        } else {
          lru.delete(key);
          expected = others;
        }
        expect([...lru.values()]).toEqual(expected.map(([, value]) => value));
        expect(lru.size).toBe(expected.length);
      }
    }),
  );
});
