import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { operations, taskQueue } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { createTestSystem, mixedTasks, startMain, submit, submitBatch, type TestSystem } from './testing/compute.ts';
import { askData, listen } from './testing/graph.ts';

const stateOf = async (url: string, id: string) =>
  (await askData(url, 'query ($id: ID!) { batch(id: $id) { state completed } }', { id })).batch;

async function expectOneResultEach(system: TestSystem, batchId: string, count: number): Promise<void> {
  const [stored] = await system.sql(
    `SELECT count(*)::int AS results, count(DISTINCT (task_id, operation))::int AS calculations,
       (SELECT count(*)::int FROM task WHERE batch_id = $1 AND state = 'COMPLETED') AS completed FROM result WHERE batch_id = $1`,
    [batchId],
  );
  expect(stored).toEqual({ results: count, calculations: count, completed: count });
  const [ends] = await system.sql(
    `SELECT count(*)::int AS ends FROM outbox WHERE type = 'calcul.batch_progress' AND payload->>'state' = 'COMPLETED'`,
  );
  expect(ends).toEqual({ ends: 1 });
}

test('workers killed in the middle of a batch: another goes on, and every task ends with one result', { timeout: 150_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  const victim = await system.worker('add', { WORKER_ID: 'victim' });
  const tasks = Array.from({ length: 1_500 }, (_, index) => ({ n1: index, n2: 1, operation: 'ADD' }));
  const id = await submitBatch(url, tasks);
  await using feed = listen(url, 'subscription ($id: ID!) { batchProgress(id: $id) { state completed } }', { id });
  await feed.waitFor(({ batchProgress }) => batchProgress.completed > 0);
  await victim.kill();
  await system.worker('add', { WORKER_ID: 'heir' });
  await feed.ended;
  await expectOneResultEach(system, id, 1_500);
});

test('compute killed in the middle of a batch goes on after its restart where it was', { timeout: 150_000 }, async () => {
  await using system = await createTestSystem();
  await system.workers();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/graphql`;
  const env = { ...system.env, COMPUTE_PORT: String(port) };
  let id: string;
  {
    await using first = await startMain('main.ts', env);
    id = await submitBatch(url, mixedTasks(3_000));
    await expect.poll(async () => (await stateOf(url, id)).completed, { timeout: 40_000, interval: 10 }).toBeGreaterThan(0);
    await first.kill();
  }
  await using second = await startMain('main.ts', env);
  await expect.poll(() => stateOf(url, id), { timeout: 60_000, interval: 100 }).toEqual({ state: 'COMPLETED', completed: 3_000 });
  await expectOneResultEach(system, id, 3_000);
  expect(await second.stop()).toBe(0);
});

test('a broker that lost everything only delays: submitting answers meanwhile, and what was lost is sent again', {
  timeout: 240_000,
}, async () => {
  await using system = await createTestSystem();
  const compute = await system.compute({ lostTasks: { intervalMs: 100, graceMs: 30_000, reconnectGraceMs: 500 } });
  const url = compute.url();
  // Nobody computes yet: all of it is in the broker, and then gone.
  const before = await submitBatch(url, mixedTasks(2_000));
  const all = await submit(url, 100, 'ALL', 10);
  const unsent = async () => (await system.sql('SELECT count(*)::int AS count FROM outbox WHERE sent_at IS NULL'))[0].count;
  await expect.poll(unsent, { timeout: 80_000 }).toBe(0);
  await using queues = listen(
    url,
    'subscription { queueStatus { reachable broker managementUrl queues { name ready unacked consumers } } }',
  );
  await queues.waitFor(({ queueStatus }) => queueStatus.reachable && queueStatus.queues[0].ready > 0);

  const { management, vhost } = system.broker;
  await management.deleteVhost(vhost);
  await queues.waitFor(({ queueStatus }) => !queueStatus.reachable);
  expect(queues.events.at(-1).queueStatus.queues[0].ready).toBeGreaterThan(0);
  const during = await submit(url, 1, 'ADD', 2);
  await management.createVhost(vhost);
  await system.workers();

  for (const id of [all, during]) {
    await expect
      .poll(async () => (await askData(url, 'query ($id: ID!) { task(id: $id) { state } }', { id })).task.state, { timeout: 80_000 })
      .toBe('COMPLETED');
  }
  await expect.poll(async () => (await stateOf(url, before)).state, { timeout: 80_000 }).toBe('COMPLETED');
  await expectOneResultEach(system, before, 2_000);
  await queues.waitFor(({ queueStatus }) => queueStatus.reachable && queueStatus.queues[0].consumers === 2);
});

test('of a task for all operations each is sent again for itself, however long ago that was done for another', {
  timeout: 120_000,
}, async () => {
  await using system = await createTestSystem();
  const channel = await system.broker.channel();
  const queues = operations.map(taskQueue);
  for (const queue of queues) await channel.assertQueue(queue, { durable: true });
  const waiting = () => Promise.all(queues.map(async (queue) => (await channel.checkQueue(queue)).messageCount));
  const first = await system.compute();
  await submit(first.url(), 100, 'ALL', 10);
  await expect.poll(waiting, { timeout: 40_000 }).toEqual([1, 1, 1, 1]);
  await first.stop();
  for (const queue of queues.slice(0, 2)) await channel.purgeQueue(queue);
  // Missed is what was sent before it came; what it sends itself, it will not miss for ten minutes.
  await system.compute({ lostTasks: { intervalMs: 50, graceMs: 600_000, reconnectGraceMs: 100 } });
  await expect.poll(waiting, { timeout: 40_000 }).toEqual([1, 1, 1, 1]);
  for (const queue of queues.slice(2)) await channel.purgeQueue(queue);
  await expect.poll(waiting, { timeout: 40_000 }).toEqual([1, 1, 1, 1]);
});

test('compute starts and takes tasks while there is no broker', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const compute = await system.compute({ amqpUrl: 'amqp://guest:guest@127.0.0.1:1/', managementUrl: null });
  const id = await submit(compute.url(), 1, 'ADD', 1);
  const data = await askData(
    compute.url(),
    'query ($id: ID!) { task(id: $id) { state } queues { reachable broker managementUrl queues { name ready } } }',
    { id },
  );
  expect(data.task.state).toBe('PENDING');
  expect(data.queues).toMatchObject({ reachable: false, broker: null, managementUrl: null });
  expect(data.queues.queues).toHaveLength(5);
});

test('a worker that is told to stop says goodbye and gives its task back', { timeout: 150_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  const slow = await system.worker('add', { WORKER_ID: 'slow', WORKER_PROCESSING_TIME_MIN: '60', WORKER_PROCESSING_TIME_MAX: '60' });
  await using workers = listen(url, 'subscription { workersChanged { id state currentTaskId results } }');
  const id = await submit(url, 1, 'ADD', 1);
  await workers.waitFor(({ workersChanged }) =>
    workersChanged.some((worker: { state: string; currentTaskId: string }) => worker.state === 'BUSY' && worker.currentTaskId === id),
  );
  expect(await slow.stop()).toBe(0);
  await workers.waitFor(({ workersChanged }) =>
    workersChanged.some((worker: { id: string; state: string }) => worker.id === 'slow' && worker.state === 'GONE'),
  );
  const gone = workers.events.at(-1).workersChanged.find(({ id }: { id: string }) => id === 'slow');
  expect(gone).toMatchObject({ state: 'GONE', results: 0 });
  await system.worker('add', { WORKER_ID: 'quick' });
  await workers.waitFor(({ workersChanged }) =>
    workersChanged.some((worker: { id: string; results: number }) => worker.id === 'quick' && worker.results === 1),
  );
});

test('two instances share the work without a deadlock, a second result or a wrong count', { timeout: 150_000 }, async () => {
  await using system = await createTestSystem();
  const urls = [(await system.compute()).url(), (await system.compute()).url()] as const;
  await system.workers();
  const tasks = Array.from({ length: 500 }, (_, index) => ({ n1: index, n2: 3, operation: index % 3 === 0 ? 'ALL' : 'SUB' }));
  const ids = await Promise.all([0, 1, 2, 3].map((index) => submitBatch(urls[index % 2 === 0 ? 0 : 1], tasks)));
  await using feed = listen(urls[1], 'subscription { calculationCompleted { id } }');
  for (const [index, id] of ids.entries()) {
    await expect
      .poll(async () => (await stateOf(urls[index % 2 === 0 ? 1 : 0], id)).state, { timeout: 60_000, interval: 100 })
      .toBe('COMPLETED');
  }
  const total = 4 * (167 * 4 + 333);
  const [stored] = await system.sql(
    'SELECT count(*)::int AS results, count(DISTINCT (task_id, operation))::int AS calculations FROM result',
  );
  expect(stored).toEqual({ results: total, calculations: total });
  expect((await askData(urls[0], '{ stats { sentTasks receivedResults pending } }')).stats).toEqual({
    sentTasks: 2_000,
    receivedResults: total,
    pending: 0,
  });
  const [ends] = await system.sql(
    `SELECT count(*)::int AS ends FROM outbox WHERE type = 'calcul.batch_progress' AND payload->>'state' = 'COMPLETED'`,
  );
  expect(ends).toEqual({ ends: 4 });
  const told = feed.events.map(({ calculationCompleted }) => calculationCompleted.id);
  expect(new Set(told).size).toBe(told.length);
});
