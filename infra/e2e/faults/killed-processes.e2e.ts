import { expect, test } from 'vitest';
import { expectEveryResultOnce, followBatch, type Progress, submitBatch, underWay } from '../batches/batch.ts';
import { startSystem } from '../system.ts';

const count = 4_000;

test.each(['worker_add_1', 'compute', 'gateway'])(
  'kill -9 of %s during a batch: every task ends with exactly one result, and a client that listens goes on by itself',
  { timeout: 120_000 },
  async (victim) => {
    await using system = await startSystem({ split: true });
    const id = await submitBatch(system, count);
    await using feed = followBatch(system, id);
    await underWay(feed, count);
    await system.kill(victim);
    await feed.ended;
    expect((feed.events.at(-1) as Progress).batchProgress).toEqual({ state: 'COMPLETED', completed: count, total: count });
    await expectEveryResultOnce(system, id, count);
  },
);

test('every connection to the broker cut during a batch: it goes on by itself', { timeout: 120_000 }, async () => {
  await using system = await startSystem();
  const id = await submitBatch(system, count);
  await using feed = followBatch(system, id);
  await underWay(feed, count);
  expect(await system.broker.killConnections()).toBeGreaterThan(0);
  await feed.ended;
  await expectEveryResultOnce(system, id, count);
});
