import type { Data } from '@comptoir/platform/testing/ask.ts';
import { takeDeadLetters } from '@comptoir/platform/testing/dead-letters.ts';
import { expect, test } from 'vitest';
import { commandId } from './domain/command-id.ts';
import { newSagaId } from './domain/saga-id.ts';
import { checkSagas } from './testing/check.ts';
import { askData } from './testing/graph.ts';
import { createTestSystem, operate, patient, readSaga, startOrder, untilState } from './testing/sagas.ts';

const forward = ['CHECK_STOCK', 'RESERVE_STOCK', 'CREATE_ORDER', 'PROCESS_PAYMENT', 'CONFIRM_ORDER'];
const undoing: Readonly<Record<string, string[]>> = {
  RESERVE_STOCK: ['RELEASE_STOCK'],
  CREATE_ORDER: ['CANCEL_ORDER', 'RELEASE_STOCK'],
  PROCESS_PAYMENT: ['REFUND_PAYMENT', 'CANCEL_ORDER', 'RELEASE_STOCK'],
  CONFIRM_ORDER: ['REFUND_PAYMENT', 'CANCEL_ORDER', 'RELEASE_STOCK'],
};
/** Steps have their time, and a compensation is tried fifteen times within seconds. */
const fast = { timeScale: patient, compensationTimeScale: 0.005 };
const stepOf = (saga: Data, name: string) => [...saga.steps, ...saga.compensations].find(({ step }: Data) => step === name);

test.each(forward.slice(1))(
  '%s done and never answered: asked for again under the same id, then in doubt, and undone',
  async (silent) => {
    await using system = await createTestSystem();
    const { url } = await system.sagas({ timeScale: 0.06 });
    system.participants.behave(({ command }) => (command.step === silent ? 'done-silent' : 'usual'));
    const id = await startOrder(url());
    const saga = await untilState(url(), id, 'COMPENSATED', 60_000);
    const tries = silent === 'CONFIRM_ORDER' ? 9 : 5;
    const commands = system.participants.received.filter(({ command }) => command.step === silent);
    expect(commands).toHaveLength(tries);
    expect(new Set(commands.map(({ messageId }) => messageId)).size).toBe(1);
    expect(stepOf(saga, silent)).toMatchObject({ status: 'IN_DOUBT', attempts: tries });
    expect(saga.compensations.map(({ step }: Data) => step)).toEqual(undoing[silent]);
    await checkSagas(system);
  },
  90_000,
);

test('replies that come twice, and replies that come after the step was given up, change no outcome', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: 0.02 });
  let late = '';
  const givenUp = Promise.withResolvers<void>();
  const noted = Promise.withResolvers<void>();
  system.participants.behave(({ command: { step, saga_id: saga } }) => {
    if (saga === late && step === 'RESERVE_STOCK') return { after: givenUp.promise };
    return saga === late && step === 'RELEASE_STOCK' ? { after: noted.promise } : 'twice';
  });
  const twice = await startOrder(url());
  await untilState(url(), twice, 'COMPLETED');
  late = newSagaId();
  (await system.promiser())(late, 'order-processing', {
    customer_id: 1,
    lines: [{ product_id: 5, quantity: 1 }],
    shipping_address: 'x',
    payment_method: 'card',
  });
  await expect.poll(async () => (await readSaga(url(), late))?.state, { timeout: 15_000 }).toBe('COMPENSATING');
  givenUp.resolve();
  const kinds = async () => (await readSaga(url(), late)).events.map(({ kind }: Data) => kind);
  await expect.poll(kinds, { timeout: 5_000 }).toContain('LATE_REPLY');
  noted.resolve();
  const saga = await untilState(url(), late, 'COMPENSATED');
  expect(stepOf(saga, 'RESERVE_STOCK').status).toBe('IN_DOUBT');
  expect((await kinds()).filter((kind: string) => kind === 'LATE_REPLY')).toHaveLength(1);
  expect(system.participants.effectsOf(late)).toEqual(['CHECK_STOCK']);
  expect(await checkSagas(system)).toBe(2);
});

test('a reply to a saga that there is not, or under a wrong command id, is a dead letter with its reason', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: patient });
  const id = await startOrder(url());
  await untilState(url(), id, 'COMPLETED');
  const channel = await system.broker.channel();
  const letters = await takeDeadLetters(system.broker);
  const send = (body: object, messageId: string) =>
    channel.sendToQueue('sagas.replies', Buffer.from(JSON.stringify(body)), { messageId, type: 'saga.reply' });
  const reply = {
    saga_id: id,
    command_id: commandId(id, 'CHECK_STOCK', 'FORWARD'),
    step: 'CHECK_STOCK',
    direction: 'FORWARD',
    outcome: 'SUCCESS',
  };
  send(reply, 'repeated');
  send({ ...reply, step: 'RESERVE_STOCK' }, 'other-step');
  send({ ...reply, outcome: 'PERHAPS' }, 'no-outcome');
  send({ ...reply, saga_id: 'saga_0', command_id: commandId('saga_0', 'CHECK_STOCK', 'FORWARD') }, 'no-saga');
  await expect
    .poll(() => letters.map(({ service, messageId, code }) => [service, messageId, code]).toSorted(), { timeout: 10_000 })
    .toEqual([
      ['sagas', 'no-outcome', 'MESSAGE_INVALID'],
      ['sagas', 'no-saga', 'MESSAGE_CONFLICT'],
      ['sagas', 'other-step', 'MESSAGE_INVALID'],
    ]);
  expect((await readSaga(url(), id)).version).toBe(6);
});

test('a compensation that fails ten times and then heals ends compensated, without anybody having to look', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas(fast);
  system.participants.behave(({ command: { step }, count }) => {
    if (step === 'PROCESS_PAYMENT') return { refuse: 'declined' };
    return step === 'CANCEL_ORDER' && count <= 10 ? (count % 2 ? 'busy' : 'silent') : 'usual';
  });
  const id = await startOrder(url());
  const saga = await untilState(url(), id, 'COMPENSATED', 25_000);
  expect(stepOf(saga, 'CANCEL_ORDER')).toMatchObject({ status: 'SUCCESS', attempts: 11, error: null });
  expect(saga.error).toBe('PROCESS_PAYMENT: declined');
  await checkSagas(system);
}, 40_000);

test('a compensation that never succeeds leaves the saga failed and in need of a person, whose retry lets it go on', async () => {
  await using system = await createTestSystem();
  const { url, metrics } = await system.sagas(fast);
  let healed = false;
  system.participants.behave(({ command: { step } }) => {
    if (step === 'CREATE_ORDER') return { refuse: 'There is no customer 1.' };
    return step === 'RELEASE_STOCK' && !healed ? 'busy' : 'usual';
  });
  const id = await startOrder(url());
  const failed = await untilState(url(), id, 'FAILED', 25_000);
  expect(failed).toMatchObject({ needsAttention: true, actions: ['RETRY'], endedAt: null, nextTimerAt: null });
  expect(failed.error).toMatch(/^CREATE_ORDER: There is no customer 1\.; RELEASE_STOCK by inventory keeps failing: BUSY: try \d+$/);
  expect(stepOf(failed, 'RELEASE_STOCK')).toMatchObject({ status: 'FAILURE', attempts: 15 });
  const list = await askData(url(), '{ sagas(needsAttention: true) { nodes { id } totalCount } }');
  expect(list.sagas).toEqual({ nodes: [{ id }], totalCount: 1 });
  const text = await metrics.registry.metrics();
  expect(text).toContain('saga_orchestrator_sagas_total{status="failed"} 1');
  expect(text).toContain('saga_orchestrator_sagas_needing_attention 1');
  expect(text).toContain('saga_orchestrator_open_sagas 1');
  expect(await system.sql(`SELECT type FROM outbox WHERE type = 'saga.failed'`)).toHaveLength(1);

  healed = true;
  expect(await operate(url(), 'retrySaga', id)).toMatchObject({
    __typename: 'SagaActionAccepted',
    saga: { state: 'COMPENSATING', needsAttention: false },
  });
  const saga = await untilState(url(), id, 'COMPENSATED');
  expect(saga).toMatchObject({ needsAttention: false, error: 'CREATE_ORDER: There is no customer 1.' });
  const released = stepOf(saga, 'RELEASE_STOCK');
  expect(released.status).toBe('SUCCESS');
  expect(released.attempts).toBeGreaterThan(15);
  await checkSagas(system);
}, 40_000);

test('a compensation whose reply comes after it was given up ends the saga, under the very message id that it would have had', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: patient, compensationTimeScale: 0.001 });
  const failed = Promise.withResolvers<void>();
  system.participants.behave(({ command: { step }, count }) => {
    if (step === 'CREATE_ORDER') return { refuse: 'no' };
    return step === 'RELEASE_STOCK' ? (count === 1 ? { after: failed.promise } : 'silent') : 'usual';
  });
  const id = await startOrder(url());
  await untilState(url(), id, 'FAILED');
  failed.resolve();
  expect(await untilState(url(), id, 'COMPENSATED')).toMatchObject({ needsAttention: false });
  await checkSagas(system);
});

test('an operator holds a saga, which takes replies in and sends nothing, and lets it go on', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: patient });
  const asked = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  system.participants.behave(({ command: { step } }) => {
    if (step !== 'CREATE_ORDER') return 'usual';
    asked.resolve();
    return { after: held.promise };
  });
  const id = await startOrder(url());
  await asked.promise;
  expect(await operate(url(), 'pauseSaga', id)).toMatchObject({ saga: { paused: true, actions: ['RESUME', 'CANCEL'], nextTimerAt: null } });
  expect(await operate(url(), 'pauseSaga', id)).toMatchObject({
    __typename: 'SagaActionRefused',
    message: expect.stringContaining('cannot be paused now'),
  });
  // However long it takes: there is no timer to give the step up.
  expect(await system.sql('SELECT step FROM saga_timer')).toEqual([]);
  held.resolve();
  await expect.poll(async () => stepOf(await readSaga(url(), id), 'CREATE_ORDER').status, { timeout: 5_000 }).toBe('SUCCESS');
  expect(await readSaga(url(), id)).toMatchObject({ state: 'ORDER_CREATED', paused: true });
  expect(system.participants.stepsOf(id)).not.toContain('PROCESS_PAYMENT');
  expect(await operate(url(), 'resumeSaga', id)).toMatchObject({ saga: { paused: false, state: 'PAYMENT_PROCESSING' } });
  const saga = await untilState(url(), id, 'COMPLETED');
  expect(saga.events.find(({ kind }: Data) => kind === 'PAUSED')).toMatchObject({ detail: 'by Ada' });
  expect(await operate(url(), 'retrySaga', id)).toMatchObject({
    __typename: 'SagaActionRefused',
    message: `Saga ${id} cannot be retried now: it is COMPLETED.`,
  });
  expect(await operate(url(), 'pauseSaga', 'saga_0')).toMatchObject({ __typename: 'NotFound' });
  await checkSagas(system);
});

test.each(forward)('an operator cancels a saga while %s runs: it is waited for, and all of it is undone', async (running) => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: patient });
  const asked = Promise.withResolvers<void>();
  const cancelled = Promise.withResolvers<void>();
  system.participants.behave(({ command: { step } }) => {
    if (step !== running) return 'usual';
    asked.resolve();
    return { after: cancelled.promise };
  });
  const id = await startOrder(url());
  await asked.promise;
  expect(await operate(url(), 'cancelSaga', id)).toMatchObject({
    __typename: 'SagaActionAccepted',
    saga: { cancelRequested: true, actions: ['PAUSE'] },
  });
  expect(await operate(url(), 'cancelSaga', id)).toMatchObject({ __typename: 'SagaActionRefused' });
  cancelled.resolve();
  const saga = await untilState(url(), id, 'COMPENSATED');
  expect(saga.compensations.map(({ step }: Data) => step)).toEqual(undoing[running] ?? []);
  expect(saga.error).toBe('cancelled by Ada');
  await checkSagas(system);
});

test('the clock of a process moves no timer: due times are the database’s', async () => {
  await using system = await createTestSystem();
  const { url } = await system.sagas({ timeScale: 1 });
  system.participants.behave(() => 'silent');
  const id = await startOrder(url());
  const [timer] = await system.sql<{ seconds: number }>(
    'SELECT extract(epoch FROM due_at - updated_at)::float8 AS seconds FROM saga_timer JOIN saga ON saga.id = saga_id WHERE saga_id = $1',
    [id],
  );
  expect(timer?.seconds).toBeCloseTo(2, 1);
});
