import { expect } from 'vitest';
import { ask, type LiveFeed, listen } from '../graph.ts';
import type { System } from '../system.ts';

export const operations = ['ADD', 'SUB', 'MUL', 'DIV'] as const;

/** So many tasks, every operation as often as the others, no division by zero. */
export const tasksOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ n1: i, n2: (i % 97) + 1, operation: operations[i % operations.length] }));

/** Submits a batch. @returns its id. */
export async function submitBatch(system: System, count: number): Promise<string> {
  const { data, errors } = await ask(
    system.url,
    'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { ... on BatchSubmitted { batch { id total } } } }',
    { input: { tasks: tasksOf(count) } },
  );
  expect(errors).toEqual([]);
  expect(data.submitBatch.batch.total).toBe(count);
  return data.submitBatch.batch.id;
}

export interface Progress {
  readonly batchProgress: { readonly state: string; readonly completed: number; readonly total: number };
}

export const followBatch = (system: System, id: string): LiveFeed =>
  listen(system.url, { query: 'subscription ($id: ID!) { batchProgress(id: $id) { state completed total } }', variables: { id } });

/** Waits until some of the batch is done, and not all of it. */
export async function underWay(feed: LiveFeed, count: number): Promise<void> {
  await expect
    .poll(() => (feed.events.at(-1) as Progress | undefined)?.batchProgress.completed ?? 0, { timeout: 30_000, interval: 5 })
    .toBeGreaterThan(0);
  expect((feed.events.at(-1) as Progress).batchProgress.completed).toBeLessThan(count);
}

/** Reads every stored result of the batch and checks that each task has exactly one, and the right one. */
export async function expectEveryResultOnce(system: System, id: string, count: number): Promise<void> {
  const seen = new Map<string, number>();
  let after: string | null = null;
  do {
    const { data } = await ask(
      system.url,
      `query ($id: ID!, $after: String) { results(filter: { batchId: $id }, first: 100, after: $after) {
        nodes { n1 n2 operation result task { id } } pageInfo { hasNextPage endCursor } } }`,
      { id, after },
    );
    for (const { n1, n2, operation, result, task } of data.results.nodes) {
      seen.set(task.id, (seen.get(task.id) ?? 0) + 1);
      expect(result).toBe({ ADD: n1 + n2, SUB: n1 - n2, MUL: n1 * n2, DIV: n1 / n2 }[operation as string]);
    }
    after = data.results.pageInfo.hasNextPage ? data.results.pageInfo.endCursor : null;
  } while (after);
  expect(seen.size).toBe(count);
  expect([...seen.values()].every((times) => times === 1)).toBe(true);
}
