import { expect, test } from 'vitest';
import { ask, askData } from './testing/graph.ts';
import { createTestSystem, orderInput, patient, startOrder, untilState } from './testing/sagas.ts';

const forward = ['CHECK_STOCK', 'RESERVE_STOCK', 'CREATE_ORDER', 'PROCESS_PAYMENT', 'CONFIRM_ORDER'];

test('an order that goes well passes the states of the contract in order, each participant asked once', async () => {
  await using system = await createTestSystem();
  const { url, metrics } = await system.sagas({ timeScale: patient });
  const id = await startOrder(url());
  expect(id).toMatch(/^saga_[0-9a-hjkmnp-tv-z]{26}$/);
  const saga = await untilState(url(), id, 'COMPLETED');
  expect(saga).toMatchObject({
    definition: 'order-processing',
    definitionVersion: 1,
    error: null,
    order: { id: '7' },
    customer: { id: '1' },
    version: 6,
    actions: [],
    nextTimerAt: null,
    compensations: [],
    needsAttention: false,
  });
  expect(saga.steps.map((step: { step: string; status: string; attempts: number }) => [step.step, step.status, step.attempts])).toEqual(
    forward.map((step) => [step, 'SUCCESS', 1]),
  );
  expect(saga.steps[3]).toMatchObject({
    participant: 'payments',
    duration: expect.any(Number),
    startedAt: expect.any(String),
    endedAt: expect.any(String),
  });
  const states = saga.events.map(({ state }: { state: string }) => state);
  expect(states.filter((state: string, index: number) => state !== states[index - 1])).toEqual([
    'PENDING',
    'STOCK_CHECKING',
    'STOCK_RESERVED',
    'ORDER_CREATED',
    'PAYMENT_PROCESSING',
    'PAYMENT_COMPLETED',
    'COMPLETED',
  ]);
  expect(saga.events.map(({ number }: { number: number }) => number)).toEqual(saga.events.map((_: unknown, index: number) => index + 1));

  const { received } = system.participants;
  expect(received.map(({ command, queue, type }) => [command.step, queue, type])).toEqual([
    ['CHECK_STOCK', 'inventory.commands', 'stock.check'],
    ['RESERVE_STOCK', 'inventory.commands', 'stock.reserve'],
    ['CREATE_ORDER', 'orders.commands', 'order.create'],
    ['PROCESS_PAYMENT', 'payments.commands', 'payment.process'],
    ['CONFIRM_ORDER', 'orders.commands', 'order.confirm'],
  ]);
  for (const { command, messageId, correlationId } of received) expect([messageId, correlationId]).toEqual([command.command_id, id]);
  // Lines of one product are put together, in the order of the products.
  expect(received[0]?.command.data).toEqual({
    place_id: null,
    lines: [
      { product_id: 1, quantity: 2 },
      { product_id: 5, quantity: 2 },
    ],
  });
  expect(received[3]?.command.data).toEqual({ order_id: 7, amount_minor: '2500', currency: 'EUR', method: 'card' });

  // One event a version, without a gap, in the outbox and so on the exchange.
  const events = await system.sql(`SELECT type, aggregate_version, payload FROM outbox WHERE aggregate_type = 'saga' ORDER BY id`);
  expect(events.map(({ type }) => type)).toEqual(['saga.started', 'saga.step', 'saga.step', 'saga.step', 'saga.step', 'saga.completed']);
  expect(events.map(({ payload }) => payload.version)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(events[5]?.payload).toMatchObject({
    saga_id: id,
    state: 'COMPLETED',
    step: 'CONFIRM_ORDER',
    status: 'SUCCESS',
    duration: expect.any(Number),
  });

  const text = await metrics.registry.metrics();
  expect(text).toContain('saga_orchestrator_sagas_total{status="completed"} 1');
  expect(text).toContain('saga_orchestrator_saga_steps_total{step="PROCESS_PAYMENT",status="success"} 1');
  expect(text).toContain('saga_orchestrator_service_calls_total{service="orders",status="success"} 2');
  expect(text).toContain('saga_orchestrator_saga_duration_seconds_count 1');
});

test.each([
  ['CHECK_STOCK', []],
  ['RESERVE_STOCK', []],
  ['CREATE_ORDER', ['RELEASE_STOCK']],
  ['PROCESS_PAYMENT', ['CANCEL_ORDER', 'RELEASE_STOCK']],
  ['CONFIRM_ORDER', ['REFUND_PAYMENT', 'CANCEL_ORDER', 'RELEASE_STOCK']],
])('%s refused: what was done is undone in reverse', async (refused, compensations) => {
  await using system = await createTestSystem();
  const { url, metrics } = await system.sagas();
  system.participants.behave(({ command }) => (command.step === refused ? { refuse: 'not today' } : 'usual'));
  const id = await startOrder(url());
  const saga = await untilState(url(), id, 'COMPENSATED');
  const done = forward.slice(0, forward.indexOf(refused) + 1);
  expect(system.participants.stepsOf(id)).toEqual([...done, ...compensations]);
  expect(saga.compensations.map(({ step, status }: { step: string; status: string }) => [step, status])).toEqual(
    compensations.map((step) => [step, 'SUCCESS']),
  );
  expect(saga.error).toBe(`${refused}: not today`);
  expect(saga.steps.map(({ status }: { status: string }) => status)).toEqual(
    forward.map((step) => (step === refused ? 'FAILURE' : done.includes(step) ? 'SUCCESS' : 'SKIPPED')),
  );
  expect(system.participants.effectsOf(id).filter((step) => step !== 'CHECK_STOCK')).toEqual([]);
  const text = await metrics.registry.metrics();
  expect(text).toContain('saga_orchestrator_sagas_total{status="compensated"} 1');
  for (const compensation of compensations)
    expect(text).toContain(`saga_orchestrator_compensations_total{compensation_type="${compensation}"} 1`);
  expect(text).toContain(`saga_orchestrator_saga_steps_total{step="${refused}",status="failure"} 1`);
});

test('everything that is wrong with an order is named, and nothing is stored', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas();
  const start =
    'mutation ($input: StartOrderProcessingInput!, $key: String) { startOrderProcessing(input: $input, idempotencyKey: $key) { __typename } }';
  const answer = await ask(url(), start, {
    input: {
      customerId: 'somebody',
      lines: [
        { productId: '0', quantity: 0 },
        { productId: '2', quantity: 10_001 },
      ],
      shippingAddress: '  ',
      billingAddress: 'a\0b',
      paymentMethod: '',
      placeId: '-1',
    },
    key: '',
  });
  expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  expect(answer.errors?.[0]?.extensions.faults?.map(({ path }) => path.join('.'))).toEqual([
    'input.customerId',
    'input.lines.0.productId',
    'input.lines.0.quantity',
    'input.lines.1.quantity',
    'input.shippingAddress',
    'input.billingAddress',
    'input.paymentMethod',
    'input.placeId',
    'idempotencyKey',
  ]);
  const none = await ask(url(), start, { input: { ...orderInput, lines: [] } });
  expect(none.errors?.[0]?.extensions.faults).toMatchObject([{ path: ['input', 'lines'] }]);
  const together = await ask(url(), start, {
    input: { ...orderInput, lines: Array.from({ length: 2 }, () => ({ productId: '5', quantity: 6_000 })) },
  });
  expect(together.errors?.[0]?.extensions.faults).toMatchObject([{ path: ['input', 'lines'] }]);
  expect((await askData(url(), '{ sagas { totalCount } }')).sagas.totalCount).toBe(0);
});

test('the same idempotency key a hundred times at once is one saga; with another order it is refused', async () => {
  await using system = await createTestSystem();
  const [first, second] = [await system.sagas({ timeScale: patient }), await system.sagas({ timeScale: patient })];
  const ids = await Promise.all(Array.from({ length: 100 }, (_, index) => startOrder((index % 2 ? first : second).url(), { key: 'k1' })));
  expect(new Set(ids).size).toBe(1);
  expect(await system.sql('SELECT id FROM saga')).toEqual([{ id: ids[0] }]);
  const other = await askData(
    first.url(),
    'mutation ($input: StartOrderProcessingInput!) { startOrderProcessing(input: $input, idempotencyKey: "k1") { __typename ... on IdempotencyConflict { key message } } }',
    { input: { ...orderInput, customerId: '2' } },
  );
  expect(other.startOrderProcessing).toMatchObject({ __typename: 'IdempotencyConflict', key: 'k1' });
  await untilState(first.url(), ids[0] as string, 'COMPLETED');
  expect(system.participants.received).toHaveLength(5);
});
