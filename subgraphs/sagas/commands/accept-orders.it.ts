import { createMetrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { runInTrace, startTrace } from '@comptoir/platform/trace.ts';
import { expect, test } from 'vitest';
import { createDefinitions } from '../definitions/definitions.ts';
import { sagaMigrations } from '../migrations/sagas.ts';
import { createAcceptance, type OrderToProcess } from './accept-orders.ts';
import { createApplier } from './applier.ts';
import { createSagaMetrics } from './saga-metrics.ts';

const input: OrderToProcess = {
  customerId: '1',
  lines: [{ productId: '1', quantity: 1 }],
  shippingAddress: 'Lyon',
  paymentMethod: 'card',
};
const caller = { consumerId: 'till', name: 'Till' };

async function openAcceptance() {
  const server = await createTestDatabase();
  const database = await server.open({ service: 'sagas', migrations: [...platformMigrations, ...sagaMigrations] });
  const metrics = createSagaMetrics(createMetrics({ service: 'sagas', instanceId: 'test' }));
  const applier = createApplier({ database, definitions: createDefinitions({ timeScale: 1, compensationTimeScale: 1 }), metrics });
  return { server, database, acceptance: createAcceptance({ database, applier }) };
}

test('orders that come at the same time are accepted by one transaction, each in its own trace, with its command, its event and its audit', async () => {
  const { server, database, acceptance } = await openAcceptance();
  await using _ = server;
  const traces = Array.from({ length: 20 }, startTrace);
  const ids = await Promise.all(traces.map((trace) => runInTrace(trace, () => acceptance.startOrderProcessing({ input, caller }))));
  expect(new Set(ids).size).toBe(20);
  const sagas = await database.query<{ id: string }>('SELECT id FROM saga WHERE version = 1 ORDER BY seq');
  expect(sagas.map(({ id }) => id)).toEqual(ids);
  expect(await database.query('SELECT count(DISTINCT xmin::text)::int AS transactions FROM saga')).toEqual([{ transactions: 1 }]);
  expect(await database.query('SELECT count(*)::int AS steps FROM saga_step')).toEqual([{ steps: 20 }]);
  const told = await database.query<{ type: string; saga: string; trace: string }>(
    `SELECT type, coalesce(payload ->> 'saga_id', payload ->> 'entity_id') AS saga, split_part(headers ->> 'traceparent', '-', 2) AS trace FROM outbox`,
  );
  const expected = ids.flatMap((saga, n) =>
    ['audit.recorded', 'saga.started', 'stock.check'].map((type) => ({ type, saga, trace: traces[n]?.traceId })),
  );
  const sorted = (rows: readonly { saga: string; type: string }[]) =>
    rows.toSorted((a, b) => (`${a.saga} ${a.type}` < `${b.saga} ${b.type}` ? -1 : 1));
  expect(sorted(told)).toEqual(sorted(expected));
});

test('each has an outcome of its own: repeated, in conflict, wrong or accepted', async () => {
  const { server, database, acceptance } = await openAcceptance();
  await using _ = server;
  const start = (changes: Partial<OrderToProcess>, idempotencyKey?: string) =>
    acceptance.startOrderProcessing({ input: { ...input, ...changes }, idempotencyKey, caller });
  const before = await start({}, 'before');
  const [repeated, conflict, first, again, other, wrong, plain] = await Promise.allSettled([
    start({}, 'before'),
    start({ shippingAddress: 'Lille' }, 'before'),
    start({}, 'new'),
    start({}, 'new'),
    start({ shippingAddress: 'Lille' }, 'new'),
    start({ lines: [] }),
    start({}),
  ]);
  expect(repeated).toEqual({ status: 'fulfilled', value: before });
  expect(conflict).toMatchObject({ reason: { code: 'IDEMPOTENCY_CONFLICT' } });
  expect(first).toMatchObject({ status: 'fulfilled' });
  expect(again).toEqual(first);
  expect(other).toMatchObject({ reason: { code: 'IDEMPOTENCY_CONFLICT' } });
  expect(wrong).toMatchObject({ reason: { code: 'BAD_USER_INPUT' } });
  expect(plain).toMatchObject({ status: 'fulfilled' });
  expect(await database.query('SELECT count(*)::int AS sagas FROM saga')).toEqual([{ sagas: 3 }]);
});

test('one that cannot be stored takes no other with it', async () => {
  const { server, database, acceptance } = await openAcceptance();
  await using _ = server;
  const callers = [caller, { ...caller, consumerId: 'no\0body' }, caller];
  const started = await Promise.allSettled(callers.map((each) => acceptance.startOrderProcessing({ input, caller: each })));
  expect(started.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await database.query('SELECT count(*)::int AS sagas FROM saga')).toEqual([{ sagas: 2 }]);
});
