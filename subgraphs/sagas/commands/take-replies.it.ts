import type { Database } from '@comptoir/platform/database.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { formatTraceparent, startTrace } from '@comptoir/platform/trace.ts';
import { expect, test } from 'vitest';
import { createDefinitions } from '../definitions/definitions.ts';
import { commandId } from '../domain/command-id.ts';
import { newSagaId } from '../domain/saga-id.ts';
import { sagaMigrations } from '../migrations/sagas.ts';
import { createApplier } from './applier.ts';
import { createSagaMetrics } from './saga-metrics.ts';
import { startPromisedSaga } from './start-promised-saga.ts';
import { type IncomingReply, takeReplies } from './take-replies.ts';

const order = {
  customer_id: 1,
  lines: [{ product_id: 1, quantity: 1 }],
  shipping_address: 'Lyon',
  billing_address: 'Lyon',
  payment_method: 'card',
};
const answer = { place_id: 1, lines: [{ product_id: 1, quantity: 1, unit_price_minor: '100', name: 'Café' }] };

async function openSagas(count: number) {
  const server = await createTestDatabase();
  const database = await server.open({ service: 'sagas', migrations: [...platformMigrations, ...sagaMigrations] });
  const definitions = createDefinitions({ timeScale: 1, compensationTimeScale: 1 });
  const applier = createApplier({
    database,
    definitions,
    metrics: createSagaMetrics(createMetrics({ service: 'sagas', instanceId: 'test' })),
  });
  const ids = Array.from({ length: count }, newSagaId);
  for (const id of ids) await startPromisedSaga({ database, applier }, { id, definition: 'order-processing', input: order });
  return { server, database, applier, ids };
}

const reply = (sagaId: string, step: string, data: object = {}): IncomingReply => ({
  traceparent: formatTraceparent(startTrace()),
  body: {
    saga_id: sagaId,
    command_id: commandId(sagaId, step, 'FORWARD'),
    step,
    direction: 'FORWARD',
    outcome: 'SUCCESS',
    data: { ...data },
  },
});

const states = (database: Database) =>
  database.query<{ id: string; state: string; version: number }>('SELECT id, state, version FROM saga ORDER BY seq');

test('replies to many sagas are taken in together, each in its own trace, and each saga goes on', async () => {
  const { server, database, applier, ids } = await openSagas(20);
  await using _ = server;
  const replies = ids.map((id) => reply(id, 'CHECK_STOCK', answer)).reverse();
  expect(new Set(await takeReplies(applier, replies))).toEqual(new Set(['applied']));
  expect(new Set((await states(database)).map(({ version }) => version))).toEqual(new Set([2]));
  const asked = await database.query<{ saga: string; traceparent: string }>(
    `SELECT correlation_id AS saga, headers ->> 'traceparent' AS traceparent FROM outbox WHERE type = 'stock.reserve'`,
  );
  expect(Object.fromEntries(asked.map(({ saga, traceparent }) => [saga, traceparent]))).toEqual(
    Object.fromEntries(replies.map(({ body, traceparent }) => [body.saga_id, traceparent])),
  );
  const steps = await database.query('SELECT step, status, count(*)::int AS sagas FROM saga_step GROUP BY step, status ORDER BY step');
  expect(steps).toEqual([
    { step: 'CHECK_STOCK', status: 'SUCCESS', sagas: 20 },
    { step: 'RESERVE_STOCK', status: 'RUNNING', sagas: 20 },
  ]);
  expect(await database.query('SELECT step, count(*)::int AS timers FROM saga_timer GROUP BY step')).toEqual([
    { step: 'RESERVE_STOCK', timers: 20 },
  ]);
});

test('of several replies to one saga that come together each is decided on what the one before has made of it', async () => {
  const { server, database, applier, ids } = await openSagas(2);
  await using _ = server;
  const [first = '', second = ''] = ids;
  const outcomes = await takeReplies(applier, [
    reply(first, 'CHECK_STOCK', answer),
    reply(second, 'CHECK_STOCK', answer),
    reply(first, 'CHECK_STOCK', answer),
    reply(first, 'RESERVE_STOCK', { place_id: 1 }),
  ]);
  expect(outcomes).toEqual(['applied', 'applied', 'ignored', 'applied']);
  expect(await states(database)).toMatchObject([
    { id: first, version: 3 },
    { id: second, version: 2 },
  ]);
  const numbers = await database.query('SELECT number, version FROM saga_event WHERE saga_id = $1 ORDER BY number', [first]);
  expect(numbers).toEqual(numbers.map((line, index) => ({ ...line, number: index + 1 })));
});

test('a reply that is no good fails alone', async () => {
  const { server, database, applier, ids } = await openSagas(1);
  await using _ = server;
  const [id = ''] = ids;
  const stranger = newSagaId();
  const forged = reply(id, 'CHECK_STOCK', answer);
  const outcomes = await takeReplies(applier, [
    { ...forged, body: { ...forged.body, command_id: commandId(stranger, 'CHECK_STOCK', 'FORWARD') } },
    reply(stranger, 'CHECK_STOCK', answer),
    reply(id, 'CHECK_STOCK', answer),
  ]);
  expect(outcomes).toMatchObject([{ code: 'MESSAGE_INVALID' }, { code: 'MESSAGE_CONFLICT' }, 'applied']);
  expect(await states(database)).toMatchObject([{ version: 2 }]);
});

test('the same replies taken in by two orchestrators at once are applied once', async () => {
  const { server, database, applier, ids } = await openSagas(10);
  await using _ = server;
  const replies = ids.map((id) => reply(id, 'CHECK_STOCK', answer));
  const [one, other] = await Promise.all([takeReplies(applier, replies), takeReplies(applier, replies.toReversed())]);
  expect([...one, ...other].sort()).toEqual([...ids.map(() => 'applied'), ...ids.map(() => 'ignored')]);
  expect(new Set((await states(database)).map(({ version }) => version))).toEqual(new Set([2]));
});

test('a saga that goes on has no index written: none has anything that changes with every reply', async () => {
  const { server, database } = await openSagas(1);
  await using _ = server;
  const indexes = await database.query<{ indexdef: string }>(`SELECT indexdef FROM pg_indexes WHERE tablename = 'saga'`);
  expect(indexes.length).toBeGreaterThan(4);
  expect(indexes.filter(({ indexdef }) => /\b(state|data|version|updated_at)\b/.test(indexdef))).toEqual([]);
});
