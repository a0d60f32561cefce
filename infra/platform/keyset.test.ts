import { describe, expect, it } from 'vitest';
import { ComptoirError } from './errors.ts';
import { encodeCursor, readPageRequest, toPage } from './keyset.ts';

const faultsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ComptoirError) return error.faults?.map(({ path }) => path[0]);
    throw error;
  }
  return [];
};

describe('a page request', () => {
  it('goes on from the place of its cursor', () => {
    const cursor = encodeCursor('NAME', ['café "à la"', '12']);
    expect(readPageRequest({ first: 5, after: cursor }, 'NAME', ['text', 'int'])).toEqual({
      first: 5,
      after: ['café "à la"', '12'],
      offset: 0,
    });
  });

  it('names every fault', () => {
    expect(faultsOf(() => readPageRequest({ first: 0, after: 'x', offset: -1 }, 'NAME', ['int']))).toEqual(['first', 'offset', 'after']);
  });

  it.each([
    ['of another order', encodeCursor('PRICE', ['1'])],
    ['with too many values', encodeCursor('NAME', ['1', '2'])],
    ['that is no number', encodeCursor('NAME', ['1; DROP'])],
    ['that is no JSON', Buffer.from('{').toString('base64url')],
    ['that is far too long', 'a'.repeat(3_000)],
  ])('refuses a cursor %s', (_, after) => {
    expect(faultsOf(() => readPageRequest({ first: 1, after }, 'NAME', ['int']))).toEqual(['after']);
  });
});

describe('a page', () => {
  const page = (rows: number[]) =>
    toPage(rows, { first: 2, order: 'ID', placeOf: (row) => [String(row)], toNode: (row) => row * 10, count: async () => 9 });

  it('shows one row less than there are when more follows', () => {
    expect(page([1, 2, 3])).toMatchObject({ nodes: [10, 20], pageInfo: { hasNextPage: true, endCursor: encodeCursor('ID', ['2']) } });
    expect(page([])).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
  });
});
