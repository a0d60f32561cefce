import { expect, test } from 'vitest';
import { createTestSystem, mixedTasks, submit, submitBatch } from './testing/compute.ts';
import { ask, askData, integrator, listen } from './testing/graph.ts';

const progress = 'subscription ($id: ID!) { batchProgress(id: $id) { state completed total nonFinite taskCount throughput endedAt } }';

test('a batch of 10,000 ends with exactly 10,000 results and is told of as completed once', { timeout: 150_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  await system.workers();
  const id = await submitBatch(url, mixedTasks(10_000));
  await using feed = listen(url, progress, { id });
  await feed.ended;

  const states = feed.events.map(({ batchProgress }) => batchProgress);
  const last = states.at(-1);
  expect(last).toMatchObject({
    state: 'COMPLETED',
    completed: 10_000,
    total: 10_000,
    taskCount: 10_000,
    nonFinite: 0,
    endedAt: expect.any(String),
  });
  expect(states.filter(({ state }) => state === 'COMPLETED')).toHaveLength(1);
  const counts = states.map(({ completed }) => completed);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));

  const [stored] = await system.sql(
    'SELECT count(*)::int AS results, count(DISTINCT task_id)::int AS tasks FROM result WHERE batch_id = $1',
    [id],
  );
  expect(stored).toEqual({ results: 10_000, tasks: 10_000 });
  const [events] = await system.sql(
    `SELECT count(*)::int AS ends FROM outbox WHERE type = 'calcul.batch_progress' AND payload->>'state' = 'COMPLETED'`,
  );
  expect(events).toEqual({ ends: 1 });
  const wrong = await system.sql(
    `SELECT * FROM result WHERE value IS DISTINCT FROM CASE operation WHEN 'ADD' THEN n1 + n2 WHEN 'SUB' THEN n1 - n2 WHEN 'MUL' THEN n1 * n2 ELSE n1 / nullif(n2, 0) END`,
  );
  expect(wrong).toEqual([]);
  expect((await askData(url, '{ stats { sentTasks receivedResults pending } }')).stats).toEqual({
    sentTasks: 10_000,
    receivedResults: 10_000,
    pending: 0,
  });
});

test('tasks of a batch that ask for all operations count as four, and divisions by zero as not finite', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  await system.workers();
  const tasks = Array.from({ length: 50 }, (_, index) => ({ n1: index + 1, n2: 0, operation: index % 2 === 0 ? 'ALL' : 'DIV' }));
  const id = await submitBatch(url, tasks, 'AUTO');
  await using feed = listen(url, progress, { id });
  await feed.ended;
  expect(feed.events.at(-1).batchProgress).toMatchObject({ state: 'COMPLETED', taskCount: 50, total: 125, completed: 125, nonFinite: 50 });
  const page = await askData(
    url,
    `query ($id: ID!) { tasks(filter: { batchId: $id, operation: ALL, source: AUTO, state: COMPLETED, mine: true }, first: 3) {
      totalCount pageInfo { hasNextPage endCursor } nodes { n1 batch { id state } results { operation text } } } }`,
    { id },
  );
  expect(page.tasks).toMatchObject({ totalCount: 25, pageInfo: { hasNextPage: true } });
  expect(page.tasks.nodes.map(({ n1 }: { n1: number }) => n1)).toEqual([49, 47, 45]);
  expect(page.tasks.nodes[0].results).toHaveLength(4);
});

test('following a batch that has ended shows how it ended, and one that does not exist is an error', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  await system.worker('add');
  const id = await submitBatch(url, [{ n1: 1, n2: 2, operation: 'ADD' }]);
  await using first = listen(url, progress, { id });
  await first.ended;
  await using second = listen(url, progress, { id });
  await second.ended;
  expect(second.events).toMatchObject([{ batchProgress: { state: 'COMPLETED', completed: 1 } }]);
  await using none = listen(url, progress, { id: 'none' });
  await expect(none.ended).rejects.toThrow('NOT_FOUND');
});

test('a cancelled batch keeps what it has, drops what comes late, and is told of as cancelled once', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const compute = await system.compute();
  const url = compute.url();
  const channel = await system.broker.channel();
  const id = await submitBatch(url, mixedTasks(1_000));
  await using feed = listen(url, progress, { id });

  // A worker that takes ten tasks, answers five of them now and the others after the end of the batch.
  await channel.prefetch(10);
  const held: { n1: number; n2: number; request_id: string; batch_id: string }[] = [];
  await channel.consume('task_queue_add', (message) => message && held.push(JSON.parse(message.content.toString())));
  await expect.poll(() => held.length, { timeout: 40_000 }).toBe(10);
  const answer = (task: (typeof held)[number]) =>
    channel.sendToQueue(
      'result_queue',
      Buffer.from(JSON.stringify({ ...task, operation: 'add', result: task.n1 + task.n2, worker_id: 'slow' })),
    );
  for (const task of held.slice(0, 5)) answer(task);
  await feed.waitFor(({ batchProgress }) => batchProgress.completed === 5);

  const cancel = `mutation ($id: ID!) { cancelBatch(id: $id) { __typename
    ... on BatchCancelled { batch { state completed } } ... on BatchAlreadyEnded { batch { state } } ... on NotFound { id } } }`;
  const stranger = { ...integrator, consumerId: 'stranger' };
  expect((await ask(url, cancel, { id }, stranger)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect((await askData(url, cancel, { id })).cancelBatch).toEqual({
    __typename: 'BatchCancelled',
    batch: { state: 'CANCELLED', completed: 5 },
  });
  expect((await askData(url, cancel, { id })).cancelBatch).toEqual({ __typename: 'BatchAlreadyEnded', batch: { state: 'CANCELLED' } });
  expect((await askData(url, cancel, { id: 'none' })).cancelBatch).toEqual({ __typename: 'NotFound', id: 'none' });
  await feed.ended;
  expect(feed.events.filter(({ batchProgress }) => batchProgress.state === 'CANCELLED')).toHaveLength(1);

  for (const task of held.slice(5)) answer(task);
  // What is answered after them shows that they were taken.
  const next = await submit(url, 1, 'SUB', 1);
  await system.worker('sub');
  await expect
    .poll(async () => (await askData(url, 'query ($id: ID!) { task(id: $id) { state } }', { id: next })).task.state, { timeout: 40_000 })
    .toBe('COMPLETED');
  const counts = await askData(
    url,
    'query ($id: ID!) { batch(id: $id) { completed } stats { pending receivedResults } done: tasks(filter: { batchId: $id, state: COMPLETED }) { totalCount } off: tasks(filter: { batchId: $id, state: CANCELLED }) { totalCount } deadLetters { totalCount } }',
    { id },
  );
  expect(counts).toMatchObject({
    batch: { completed: 5 },
    stats: { pending: 0, receivedResults: 6 },
    done: { totalCount: 5 },
    off: { totalCount: 995 },
    deadLetters: { totalCount: 0 },
  });
});

test('clearing begins counters and recent lists from zero; the history and what is pending stay', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  await using stats = listen(url, 'subscription { computeStats { sentTasks receivedResults pending since } }');
  await stats.waitFor(({ computeStats }) => computeStats.sentTasks === 0);
  await submit(url, 1, 'MUL', 1);
  await stats.waitFor(({ computeStats }) => computeStats.pending === 1);
  await submit(url, 1, 'ADD', 1);
  await system.worker('add');
  await stats.waitFor(({ computeStats }) => computeStats.receivedResults === 1);
  const before = (await askData(url, '{ stats { since } }')).stats.since;

  const lists = 'recent: results(filter: { sinceClear: true }) { totalCount } history: results { totalCount } workers { results }';
  expect(await askData(url, `{ ${lists} }`)).toMatchObject({ recent: { totalCount: 1 }, history: { totalCount: 1 } });
  await askData(url, 'mutation { clearStats { stats { sentTasks } } }');
  await stats.waitFor(({ computeStats }) => computeStats.sentTasks === 0 && computeStats.pending === 1);
  const after = await askData(url, `{ ${lists} stats { sentTasks receivedResults pending since } }`);
  expect(after).toMatchObject({
    recent: { totalCount: 0 },
    history: { totalCount: 1 },
    workers: [{ results: 0 }],
    stats: { sentTasks: 0, receivedResults: 0, pending: 1 },
  });
  expect(Date.parse(after.stats.since)).toBeGreaterThan(Date.parse(before));
});
