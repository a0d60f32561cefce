import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRowFeed } from './row-feed.ts';

interface Row {
  readonly id: string;
  readonly version: number;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const rows = (...numbers: readonly number[]): Row[] => numbers.map((number) => ({ id: String(number), version: 0 }));

/** A list of one row a page, newest first, and what changes in it. */
async function shown(stored: Row[]) {
  const graph = { stored };
  let take: (row: Row) => void = () => undefined;
  const feed = createRowFeed<Row>({
    page: async (after) => {
      const at = after === null ? 0 : Number(after);
      return { nodes: graph.stored.slice(at, at + 1), hasNextPage: at + 1 < graph.stored.length, endCursor: String(at + 1) };
    },
    changes: (taker) => {
      take = taker;
      return () => undefined;
    },
    belongs: ({ version }) => version < 9,
  });
  const pass = () => vi.advanceTimersByTimeAsync(300);
  await pass();
  return { feed, graph, pass, take: (row: Row) => take(row), ids: () => feed.get().list.rows.map(({ id }) => id) };
}

test('what was missed during an interruption is taken in, and nothing doubles', async () => {
  const { feed, graph, pass, ids } = await shown(rows(1));
  graph.stored = rows(3, 2, 1);
  feed.catchUp();
  await pass();
  expect(ids()).toEqual(['3', '2', '1']);
});

test('where more was missed than is asked for the list begins anew: a gap in it would not be seen', async () => {
  const { feed, graph, pass, ids } = await shown(rows(1));
  graph.stored = rows(6, 5, 4, 3, 2, 1);
  feed.catchUp();
  await pass();
  expect(ids()).toEqual(['6', '5', '4']);
  feed.loadOlder();
  await pass();
  expect(ids()).toEqual(['6', '5', '4', '3']);
});

test('a row that does not belong any more leaves when nobody reads', async () => {
  const { feed, pass, take, ids } = await shown(rows(1));
  feed.hold('pointer', true);
  take({ id: '1', version: 9 });
  await pass();
  expect(ids()).toEqual(['1']);
  feed.hold('pointer', false);
  expect(ids()).toEqual([]);
});
