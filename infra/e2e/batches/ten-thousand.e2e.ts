import { expect, test } from 'vitest';
import { ask } from '../graph.ts';
import { startSystem } from '../system.ts';
import { expectEveryResultOnce, followBatch, type Progress, submitBatch } from './batch.ts';

test('a batch of 10,000 shows its progress and ends with 10,000 stored results, none twice', { timeout: 120_000 }, async () => {
  await using system = await startSystem();
  const id = await submitBatch(system, 10_000);
  await using feed = followBatch(system, id);
  await feed.ended;
  const progress = (feed.events as Progress[]).map(({ batchProgress }) => batchProgress.completed);
  expect(progress.length).toBeGreaterThan(3);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect((feed.events.at(-1) as Progress).batchProgress).toEqual({ state: 'COMPLETED', completed: 10_000, total: 10_000 });
  await expectEveryResultOnce(system, id, 10_000);
  const { data } = await ask(system.url, '{ stats { sentTasks receivedResults pending operations { operation sent received } } }');
  expect(data.stats).toEqual({
    sentTasks: 10_000,
    receivedResults: 10_000,
    pending: 0,
    operations: ['ADD', 'SUB', 'MUL', 'DIV'].map((operation) => ({ operation, sent: 2_500, received: 2_500 })),
  });
});

test('a cancelled batch keeps what it has, and gets no more', { timeout: 60_000 }, async () => {
  await using system = await startSystem();
  const id = await submitBatch(system, 10_000);
  await using feed = followBatch(system, id);
  await expect.poll(() => feed.events.length, { timeout: 20_000 }).toBeGreaterThan(0);
  const cancel = 'mutation ($id: ID!) { cancelBatch(id: $id) { __typename ... on BatchCancelled { batch { state completed } } } }';
  const { data } = await ask(system.url, cancel, { id });
  expect(data.cancelBatch).toMatchObject({ __typename: 'BatchCancelled', batch: { state: 'CANCELLED' } });
  await feed.ended;
  const { completed } = data.cancelBatch.batch;
  expect((feed.events.at(-1) as Progress).batchProgress).toEqual({ state: 'CANCELLED', completed, total: 10_000 });
  expect((await ask(system.url, cancel, { id })).data.cancelBatch.__typename).toBe('BatchAlreadyEnded');
  const count = await ask(system.url, 'query ($id: ID!) { results(filter: { batchId: $id }, first: 1) { totalCount } }', { id });
  expect(count.data.results.totalCount).toBe(completed);
});
