import type { Data } from '@comptoir/platform/testing/ask.ts';
import { takeDeadLetters } from '@comptoir/platform/testing/dead-letters.ts';
import { executedStatements } from '@comptoir/platform/testing/executed-statements.ts';
import { expect, test } from 'vitest';
import { newSagaId } from './domain/saga-id.ts';
import { checkSagas } from './testing/check.ts';
import { ask, askData, listen } from './testing/graph.ts';
import { createTestSystem, operate, patient, readSaga, sagaFields, startOrder, untilState } from './testing/sagas.ts';

test('lists go newest first by pages, filtered by state, definition, time and need of a person', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: patient });
  system.participants.behave(({ command: { data } }) =>
    (data as { customer_id?: number }).customer_id === 99_999 ? { refuse: 'unknown' } : 'usual',
  );
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.unshift(await startOrder(url(), { input: n === 2 ? { customerId: '99999' } : {} }));
  for (const [index, id] of ids.entries()) await untilState(url(), id, index === 2 ? 'COMPENSATED' : 'COMPLETED');

  const page = async (args: string) =>
    (await askData(url(), `{ sagas(${args}) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }`)).sagas;
  const first = await page('first: 3');
  expect(first).toMatchObject({ nodes: ids.slice(0, 3).map((id) => ({ id })), pageInfo: { hasNextPage: true }, totalCount: 5 });
  const rest = await page(`first: 3, after: "${first.pageInfo.endCursor}"`);
  expect(rest).toMatchObject({ nodes: ids.slice(3).map((id) => ({ id })), pageInfo: { hasNextPage: false }, totalCount: 5 });
  expect((await page('first: 2, offset: 2')).nodes).toEqual(ids.slice(2, 4).map((id) => ({ id })));
  expect((await page('states: [COMPENSATED, FAILED]')).nodes).toEqual([{ id: ids[2] }]);
  expect((await page('states: []')).totalCount).toBe(0);
  expect((await page('definition: "order-cancellation"')).totalCount).toBe(0);
  expect((await page('since: "2999-01-01T00:00:00.000Z"')).totalCount).toBe(0);
  expect((await page('needsAttention: true')).totalCount).toBe(0);
  const wrong = await ask(url(), '{ sagas(first: 101, after: "x") { totalCount } }');
  expect(wrong.errors?.[0]?.extensions.faults?.map(({ path }) => path)).toEqual([['first'], ['after']]);

  const { sagaStatistics: statistics } = await askData(
    url(),
    '{ sagaStatistics { states { state count } successRate meanDuration steps { step direction successes failures meanDuration } } }',
  );
  expect(statistics).toMatchObject({ successRate: 0.8, meanDuration: expect.any(Number) });
  expect(statistics.states).toEqual([
    { state: 'COMPLETED', count: 4 },
    { state: 'COMPENSATED', count: 1 },
  ]);
  expect(statistics.steps.map(({ step, successes, failures }: Data) => [step, successes, failures])).toEqual([
    ['CHECK_STOCK', 5, 0],
    ['RESERVE_STOCK', 5, 0],
    ['CREATE_ORDER', 4, 1],
    ['PROCESS_PAYMENT', 4, 0],
    ['CONFIRM_ORDER', 4, 0],
    ['RELEASE_STOCK', 1, 0],
  ]);
  expect(
    (
      await askData(
        url(),
        '{ sagaStatistics(since: "2999-01-01T00:00:00.000Z") { states { count } successRate meanDuration steps { step } } }',
      )
    ).sagaStatistics,
  ).toEqual({
    states: [],
    successRate: null,
    meanDuration: null,
    steps: [],
  });
});

test('a list of a hundred takes as many statements as a list of ten, and so do references', async () => {
  await using system = await createTestSystem();
  const { url, metrics } = await system.sagas({ timeScale: patient, timerPollMs: 60_000 });
  system.participants.behave(() => 'silent');
  const ids = await Promise.all(Array.from({ length: 100 }, () => startOrder(url())));
  await expect.poll(() => system.participants.received.length, { timeout: 15_000 }).toBe(100);
  const statements = () => executedStatements(metrics);
  /** The feed and the relay ask too, at their own times: the least of some tries is what the operation takes. */
  const cost = async (work: () => Promise<unknown>) => {
    const tries: number[] = [];
    for (let n = 0; n < 8; n++) {
      const before = await statements();
      await work();
      tries.push((await statements()) - before);
    }
    return Math.min(...tries);
  };
  const list = (first: number) =>
    cost(() => askData(url(), `query ($first: Int!) { sagas(first: $first) { totalCount nodes { ${sagaFields} } } }`, { first }));
  expect(await list(10)).toBe(2);
  expect(await list(100)).toBe(2);
  const references = (count: number) =>
    cost(() =>
      askData(
        url(),
        `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Saga { ${sagaFields} } } }`,
        {
          representations: ids.slice(0, count).map((id) => ({ __typename: 'Saga', id })),
        },
      ),
    );
  expect(await references(10)).toBe(2);
  expect(await references(100)).toBe(2);
});

test('the definitions are shown as they are', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: 1 });
  const { sagaDefinitions: definitions } = await askData(
    url(),
    '{ sagaDefinitions { name version description steps { step participant compensation runningState doneState timeouts pivot } } }',
  );
  expect(definitions.map(({ name, version }: Data) => [name, version])).toEqual([
    ['order-processing', 1],
    ['order-cancellation', 1],
    ['order-refund', 1],
  ]);
  expect(definitions[0].steps[3]).toEqual({
    step: 'PROCESS_PAYMENT',
    participant: 'payments',
    compensation: 'REFUND_PAYMENT',
    runningState: 'PAYMENT_PROCESSING',
    doneState: 'PAYMENT_COMPLETED',
    timeouts: [2, 4, 8, 16, 30],
    pivot: true,
  });
  expect(definitions[0].steps.map(({ compensation }: Data) => compensation)).toEqual([
    null,
    'RELEASE_STOCK',
    'CANCEL_ORDER',
    'REFUND_PAYMENT',
    null,
  ]);
});

test('one saga is followed from where it stands to its end, and all of them as they change', async () => {
  await using system = await createTestSystem();
  const { url, metrics } = await system.sagas({ timeScale: patient });
  const reserved = Promise.withResolvers<void>();
  const watched = Promise.withResolvers<void>();
  system.participants.behave(({ command: { step } }) => {
    if (step !== 'RESERVE_STOCK') return 'usual';
    reserved.resolve();
    return { after: watched.promise };
  });
  await using activity = listen(url(), 'subscription { sagaActivity(definition: "order-processing") { id state version } }');
  await using others = listen(url(), 'subscription { sagaActivity(definition: "order-cancellation") { id } }');
  await expect
    .poll(async () => (await metrics.registry.getSingleMetric('graphql_subscriptions_active')?.get())?.values[0]?.value, { timeout: 5_000 })
    .toBe(2);
  const id = await startOrder(url());
  await reserved.promise;
  await using updates = listen(url(), `subscription ($id: ID!) { sagaUpdated(id: $id) { ${sagaFields} } }`, { id });
  await expect.poll(() => updates.events.length, { timeout: 5_000 }).toBeGreaterThan(0);
  watched.resolve();
  await updates.ended;
  const shown = updates.events.map(({ sagaUpdated }) => sagaUpdated);
  expect(shown[0]).toMatchObject({ id, state: 'STOCK_CHECKING' });
  expect(shown.at(-1)).toMatchObject({ state: 'COMPLETED', version: 6, order: { id: '7' } });
  const versions = shown.map(({ version }: Data) => version);
  expect(versions).toEqual([...new Set(versions)].toSorted((a: number, b: number) => a - b));

  // An event for each version, in order; it shows the saga as it stands when it is told of, which may be newer than what it tells of.
  await expect.poll(() => activity.events.length, { timeout: 5_000 }).toBe(6);
  const told = activity.events.map(({ sagaActivity }): number => sagaActivity.version);
  expect(told).toEqual(told.toSorted((one, other) => one - other));
  expect(told.filter((version, index) => version <= index)).toEqual([]);
  expect(activity.events.at(-1)).toEqual({ sagaActivity: { id, state: 'COMPLETED', version: 6 } });
  expect(others.events).toEqual([]);

  await using after = listen(url(), 'subscription ($id: ID!) { sagaUpdated(id: $id) { state } }', { id });
  await after.ended;
  expect(after.events).toEqual([{ sagaUpdated: { state: 'COMPLETED' } }]);
  await using none = listen(url(), 'subscription { sagaUpdated(id: "saga_0") { state } }');
  await expect(none.ended).rejects.toThrow('There is no saga saga_0');
});

test('sagas that another service has promised start once under the promised id; what cannot start is a dead letter', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: patient });
  const send = await system.promiser();
  const [checkout, cancellation, faulty] = [newSagaId(), newSagaId(), newSagaId()];
  const order = { customer_id: 3, lines: [{ product_id: 5, quantity: 1 }], shipping_address: 'Lyon', payment_method: 'card' };
  for (let n = 0; n < 3; n++) send(checkout, 'order-processing', order);
  send(cancellation, 'order-cancellation', { order_id: 12, customer_id: 3, paid_by_saga: checkout, sold_by_saga: checkout });
  send(faulty, 'order-processing', { ...order, lines: [] });
  send('saga-of-mine', 'order-processing', order);

  await expect
    .poll(async () => (await askData(url(), '{ sagas(states: [COMPLETED]) { totalCount } }')).sagas.totalCount, { timeout: 10_000 })
    .toBe(2);
  expect(await readSaga(url(), checkout)).toMatchObject({ state: 'COMPLETED', customer: { id: '3' } });
  const cancelled = await readSaga(url(), cancellation);
  expect(cancelled).toMatchObject({ order: { id: '12' }, customer: { id: '3' } });
  expect(cancelled.steps.map(({ step, participant }: Data) => [step, participant])).toEqual([
    ['REFUND_PAYMENT', 'payments'],
    ['RESTOCK', 'inventory'],
    ['CANCEL_ORDER', 'orders'],
  ]);
  const commands = system.participants.received.filter(({ command }) => command.saga_id === cancellation);
  expect(commands.map(({ command, type }) => [type, command.direction, command.data])).toEqual([
    ['payment.refund', 'FORWARD', { order_id: 12, paid_by_saga: checkout }],
    ['stock.restock', 'FORWARD', { order_id: 12, sold_by_saga: checkout }],
    ['order.cancel', 'FORWARD', { order_id: 12 }],
  ]);
  const letters = await takeDeadLetters(system.broker);
  await expect.poll(() => letters, { timeout: 10_000 }).toHaveLength(2);
  expect(letters.map(({ reason }) => reason).toSorted()).toEqual([
    'data.lines: must have at least one line',
    'saga_id is no id of a saga: saga-of-mine',
  ]);
  expect(await checkSagas(system)).toBe(2);
});

test('a cancellation that gets stuck after its refund fails, and an operator lets it go on', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ compensationTimeScale: 0.003 });
  let healed = false;
  system.participants.behave(({ command: { step } }) => (step === 'RESTOCK' && !healed ? 'silent' : 'usual'));
  const promise = await system.promiser();
  const id = newSagaId();
  promise(id, 'order-cancellation', { order_id: 12 });
  await expect.poll(async () => (await readSaga(url(), id))?.state, { timeout: 15_000 }).toBe('FAILED');
  expect(await readSaga(url(), id)).toMatchObject({
    error: 'RESTOCK by inventory keeps failing: no reply to 15 commands',
    compensations: [],
    actions: ['RETRY'],
  });
  healed = true;
  expect(await operate(url(), 'retrySaga', id)).toMatchObject({ saga: { state: 'REFUNDED' } });
  await untilState(url(), id, 'COMPLETED');
  await checkSagas(system);
});

test('a clerk starts orders and does not operate sagas', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: patient });
  const id = await startOrder(url());
  const clerk = { consumerId: 'clerk', name: 'clerk', roles: ['CLERK' as const], stores: null };
  const refused = await ask(url(), 'mutation ($id: ID!) { cancelSaga(id: $id) { __typename } }', { id }, clerk);
  expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await untilState(url(), id, 'COMPLETED');
});
