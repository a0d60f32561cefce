import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeCursor, readPageRequest } from './pages.ts';

test('a cursor comes back as the place it was made of', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (place) => {
      expect(readPageRequest({ first: 1, after: encodeCursor(String(place)) })).toEqual({ first: 1, after: String(place) });
    }),
  );
});

test('any other text is refused, as is a page size outside of 1 to 100, both at once', () => {
  const faultsOf = (first: number, after: string) => {
    try {
      readPageRequest({ first, after });
      return [];
    } catch (error) {
      return (error as { faults: { path: unknown[] }[] }).faults.map(({ path }) => path.join());
    }
  };
  for (const after of ['', 'x', 'MQ==', encodeCursor('-1'), encodeCursor('01'), encodeCursor('1.5'), encodeCursor('9223372036854775808')]) {
    expect(faultsOf(101, after), after).toEqual(['first', 'after']);
  }
  for (const first of [0, -1, 101, 1.5, Number.NaN]) expect(faultsOf(first, encodeCursor('1'))).toEqual(['first']);
});
