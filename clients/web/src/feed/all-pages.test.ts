import { expect, test } from 'vitest';
import { allPages } from './all-pages.ts';

/** Pages of three rows, of which the last stands at the head of the next page, too. */
const pageAfter = async (after: string | null) => {
  const first = Number(after ?? 0);
  const nodes = [first, first + 1, first + 2].map((id) => ({ id: String(id) }));
  return { nodes, hasNextPage: first < 4, endCursor: String(first + 2) };
};

test('a list is read to its end, and a row that stands on two pages is given once', async () => {
  const { nodes, complete } = await allPages(pageAfter, 10);
  expect([nodes.map(({ id }) => id).join(''), complete]).toEqual(['0123456', true]);
});

test('a longer list is read so far only, and is said not to be whole', async () => {
  const { nodes, complete } = await allPages(pageAfter, 2);
  expect([nodes.map(({ id }) => id).join(''), complete]).toEqual(['01234', false]);
});

test('a list of which a page cannot be had is not given in part', async () => {
  const failing = (after: string | null) => (after === null ? pageAfter(after) : Promise.reject(new Error('away')));
  await expect(allPages(failing, 10)).rejects.toThrow('away');
});
