import type { ApolloClient } from '@apollo/client';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Operation, ResultPageDocument } from '../generated/operations.ts';
import { createResultFeed, type ResultRow } from './result-feed.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const row = (id: string, task = `task-${id}`, operation: Operation = 'ADD'): ResultRow => ({
  id,
  n1: 1,
  n2: 2,
  operation,
  result: 3,
  text: '3',
  source: 'WEB',
  workerId: 'worker_add_1',
  processingTime: 1,
  completedAt: '2026-11-21T10:00:00.000Z',
  task: { id: task, operation, foreign: false },
});

/** The edge of the graph: a page of stored results, and a stream to be fed by the test. */
async function shown(stored: ResultRow[]) {
  const live = new Subject<{ data: { calculationCompleted: ResultRow } }>();
  const graph = { stored };
  const client = {
    subscribe: () => live,
    query: async ({ query }: { query: unknown }) =>
      query === ResultPageDocument
        ? { data: { results: { nodes: graph.stored, pageInfo: { hasNextPage: false, endCursor: null } } } }
        : { data: { task: null } },
  } as unknown as ApolloClient;
  const feed = createResultFeed(client);
  feed.show(null);
  await vi.advanceTimersByTimeAsync(300);
  const arrive = async (...rows: ResultRow[]) => {
    for (const calculationCompleted of rows) live.next({ data: { calculationCompleted } });
    await vi.advanceTimersByTimeAsync(300);
  };
  return { feed, graph, arrive, ids: () => feed.get().list.rows.map(({ id }) => id) };
}

describe('the feed of results', () => {
  it('shows what is stored, then what arrives, newest first', async () => {
    const { arrive, ids } = await shown([row('b'), row('a')]);
    await arrive(row('c'), row('d'));
    expect(ids()).toEqual(['d', 'c', 'b', 'a']);
  });

  it('renders a burst at once rather than row by row', async () => {
    const { feed, arrive } = await shown([]);
    const rendered = vi.fn();
    feed.watch(rendered);
    await arrive(...Array.from({ length: 500 }, (_, index) => row(String(index))));
    expect(rendered.mock.calls.length).toBeLessThanOrEqual(2);
    expect(feed.get().list.rows).toHaveLength(500);
  });

  it('holds new rows back while paused or read, and shows them when both are over', async () => {
    const { feed, arrive, ids } = await shown([row('a')]);
    feed.pause(true);
    feed.hold('pointer', true);
    await arrive(row('b'));
    feed.pause(false);
    expect(ids()).toEqual(['a']);
    feed.hold('pointer', false);
    expect(ids()).toEqual(['b', 'a']);
  });

  it('fills a result in where it is awaited, then moves it into the list once', async () => {
    const { feed, arrive, ids } = await shown([row('a')]);
    feed.expect('draft', 1, 2, 'ADD');
    feed.accepted('draft', 'mine');
    await arrive(row('b', 'mine'));
    expect(feed.get().pending[0]?.result?.id).toBe('b');
    expect(ids()).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(feed.get().pending).toEqual([]);
    expect(ids()).toEqual(['b', 'a']);
  });

  it('does not await what arrived before the server named the task', async () => {
    const { feed, arrive, ids } = await shown([]);
    feed.expect('draft', 1, 2, 'ADD');
    await arrive(row('b', 'mine'));
    feed.accepted('draft', 'mine');
    expect(feed.get().pending).toEqual([]);
    expect(ids()).toEqual(['b']);
  });

  it('takes back what was awaited of a submission that failed', async () => {
    const { feed } = await shown([]);
    feed.expect('draft', 1, 2, 'ALL');
    feed.refused('draft');
    expect(feed.get().pending).toEqual([]);
  });

  it('catches up after an interruption without doubling', async () => {
    const { feed, graph, arrive, ids } = await shown([row('a')]);
    await arrive(row('b'));
    graph.stored = [row('d'), row('c'), row('b'), row('a')];
    feed.catchUp();
    await arrive(row('d'));
    expect(ids()).toEqual(['d', 'c', 'b', 'a']);
  });
});
