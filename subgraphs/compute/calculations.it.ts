import { expect, test } from 'vitest';
import { createTestSystem, submit } from './testing/compute.ts';
import { ask, askData, listen } from './testing/graph.ts';

const completed =
  'subscription { calculationCompleted { id operation n1 n2 result text source workerId processingTime completedAt task { id state submittedBy { id } } } }';

test('the documented run gives its eight right results, computed by worker processes and told live', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const compute = await system.compute();
  const url = compute.url();
  await system.workers();
  await using feed = listen(url, completed);
  await askData(url, '{ stats { sentTasks } }');

  const ids = {
    sum: await submit(url, 10, 'ADD', 5),
    difference: await submit(url, 20, 'SUB', 3),
    product: await submit(url, 7, 'MUL', 4),
    quotient: await submit(url, 15, 'DIV', 3),
    all: await submit(url, 100, 'ALL', 10),
  };
  await expect.poll(() => feed.events.length, { timeout: 40_000 }).toBe(8);
  const told = feed.events.map(({ calculationCompleted: result }) => [result.task.id, result.operation, result.result, result.text]);
  const expected = [
    [ids.sum, 'ADD', 15, '15'],
    [ids.difference, 'SUB', 17, '17'],
    [ids.product, 'MUL', 28, '28'],
    [ids.quotient, 'DIV', 5, '5'],
    [ids.all, 'ADD', 110, '110'],
    [ids.all, 'SUB', 90, '90'],
    [ids.all, 'MUL', 1000, '1000'],
    [ids.all, 'DIV', 10, '10'],
  ];
  expect(told.toSorted()).toEqual(expected.toSorted());
  for (const { calculationCompleted: result } of feed.events) {
    expect(result).toMatchObject({ source: 'WEB', workerId: expect.stringMatching(/^worker_(add|sub|mul|div)_\d$/) });
    expect(result.task.submittedBy).toEqual({ id: 'demo-admin' });
  }

  const data = await askData(
    url,
    `query ($id: ID!) {
      task(id: $id) { state operation foreign completedAt results { operation result } }
      results(first: 100) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
      stats { sentTasks receivedResults pending operations { operation sent received meanProcessingTime } sources { source sent received } }
    }`,
    { id: ids.all },
  );
  expect(data.task).toMatchObject({ state: 'COMPLETED', operation: 'ALL', foreign: false, completedAt: expect.any(String) });
  expect(data.task.results).toHaveLength(4);
  expect(data.results).toMatchObject({ totalCount: 8, pageInfo: { hasNextPage: false } });
  expect(data.stats).toMatchObject({ sentTasks: 5, receivedResults: 8, pending: 0 });
  expect(data.stats.operations).toEqual(
    ['ADD', 'SUB', 'MUL', 'DIV'].map((operation) => ({ operation, sent: 2, received: 2, meanProcessingTime: expect.any(Number) })),
  );
  expect(data.stats.sources).toEqual([
    { source: 'WEB', sent: 8, received: 8 },
    { source: 'AUTO', sent: 0, received: 0 },
  ]);
});

test('division by zero is a result: null as a number, named by its text', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  await system.worker('div');
  await using feed = listen(url, 'subscription { calculationCompleted(source: AUTO) { n1 result text } }');
  await askData(url, '{ stats { sentTasks } }');
  for (const n1 of [1, -1, 0, -0]) await submit(url, n1, 'DIV', 0, 'AUTO');
  await submit(url, 8, 'DIV', 2, 'WEB');
  await submit(url, 6, 'DIV', 2, 'AUTO');
  await feed.waitFor(({ calculationCompleted }) => calculationCompleted.n1 === 6);
  expect(feed.events.map(({ calculationCompleted }) => calculationCompleted)).toEqual([
    { n1: 1, result: null, text: 'Infinity' },
    { n1: -1, result: null, text: '-Infinity' },
    { n1: 0, result: null, text: 'NaN' },
    { n1: 0, result: null, text: 'NaN' },
    { n1: 6, result: 3, text: '3' },
  ]);
});

test('what is wrong with an input is named, all of it, and nothing is stored', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  const single = await ask(
    url,
    'mutation { submitCalculation(input: { n1: 1e999, n2: -1e999, operation: ADD }, idempotencyKey: "") { __typename } }',
  );
  expect(single.errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    faults: [{ path: ['input', 'n1'] }, { path: ['input', 'n2'] }, { path: ['idempotencyKey'] }],
  });

  const submitBatch = 'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { __typename } }';
  const empty = await ask(url, submitBatch, { input: { tasks: [] } });
  expect(empty.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', faults: [{ path: ['input', 'tasks'] }] });
  const tooMany = await ask(url, submitBatch, {
    input: { tasks: Array.from({ length: 10_001 }, () => ({ n1: 1, n2: 1, operation: 'ADD' })) },
  });
  expect(tooMany.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  const good = { n1: 1, n2: 1, operation: 'ADD' };
  const mixed = await ask(url, submitBatch, {
    input: { tasks: [good, { n1: '1', n2: 1, operation: 'POW' }, { n1: null, n2: 1, operation: 'ADD', n3: 4 }] },
  });
  expect(mixed.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  const literal = await ask(
    url,
    `mutation { submitBatch(input: { tasks: [${Array.from({ length: 120 }, () => '{ n1: 1e999, n2: 1, operation: ADD }').join()}] }) { __typename } }`,
  );
  const faults = literal.errors?.[0]?.extensions.faults;
  expect(faults).toHaveLength(101);
  expect(faults?.[17]).toEqual({ path: ['input', 'tasks', 17, 'n1'], message: 'must be a finite number, is Infinity' });
  expect(faults?.at(-1)).toEqual({ path: ['input', 'tasks'], message: '20 more faults' });

  for (const page of ['results(first: 0)', 'tasks(first: 101)', 'batches(after: "x")', 'deadLetters(first: -1)']) {
    expect((await ask(url, `{ ${page} { totalCount } }`)).errors?.[0]?.extensions.code, page).toBe('BAD_USER_INPUT');
  }
  expect(await askData(url, '{ tasks { totalCount } batches { totalCount } stats { sentTasks } }')).toEqual({
    tasks: { totalCount: 0 },
    batches: { totalCount: 0 },
    stats: { sentTasks: 0 },
  });
});

test('the same idempotency key and input give the same task; another input, or another caller, does not', {
  timeout: 120_000,
}, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  const mutation = `mutation ($n1: Float!, $key: String) { submitCalculation(input: { n1: $n1, n2: 1, operation: ADD }, idempotencyKey: $key) {
    __typename ... on CalculationSubmitted { task { id } } ... on IdempotencyConflict { key message } } }`;
  const answers = await Promise.all(Array.from({ length: 20 }, () => askData(url, mutation, { n1: 1, key: 'k' })));
  const ids = new Set(answers.map(({ submitCalculation }) => submitCalculation.task.id));
  expect(ids.size).toBe(1);
  expect((await askData(url, mutation, { n1: 2, key: 'k' })).submitCalculation).toEqual({
    __typename: 'IdempotencyConflict',
    key: 'k',
    message: expect.any(String),
  });
  const other = await askData(url, mutation, { n1: 2, key: 'k' }, { consumerId: 'other', name: 'other', roles: ['CLERK'], stores: null });
  expect(other.submitCalculation.__typename).toBe('CalculationSubmitted');
  expect((await askData(url, '{ stats { sentTasks pending } }')).stats).toEqual({ sentTasks: 2, pending: 2 });
});

test('rights are those of the SDL', { timeout: 120_000 }, async () => {
  await using system = await createTestSystem();
  const url = (await system.compute()).url();
  const device = { consumerId: 'd', name: 'd', roles: ['DEVICE'] as const, stores: null };
  const clerk = { consumerId: 'c', name: 'c', roles: ['CLERK'] as const, stores: null };
  const refused = [
    [device, 'mutation { submitCalculation(input: { n1: 1, n2: 1, operation: ADD }) { __typename } }'],
    [clerk, 'mutation { clearStats { stats { pending } } }'],
    [clerk, 'mutation { purgeDeadLetters { purged } }'],
    [clerk, 'mutation { replayDeadLetter(id: "1") { __typename } }'],
  ] as const;
  for (const [principal, document] of refused) {
    expect((await ask(url, document, {}, principal)).errors?.[0]?.extensions.code, document).toBe('FORBIDDEN');
  }
});
