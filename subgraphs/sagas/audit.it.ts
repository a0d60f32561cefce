import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { expect, test } from 'vitest';
import { sagaMigrations } from './migrations/sagas.ts';
import { ask } from './testing/graph.ts';
import { createTestSystem, operate, orderInput, patient, startOrder, untilState } from './testing/sagas.ts';

const start = `mutation ($input: StartOrderProcessingInput!, $key: String) { startOrderProcessing(input: $input, idempotencyKey: $key) { __typename } }`;

test('the audit log is told once of a saga that is started and of each thing an operator does, in its transaction', async () => {
  await using system = await createTestSystem();
  system.participants.behave(() => 'silent');
  const sagas = await system.sagas({ timeScale: patient });
  const url = sagas.url();
  const audit = followAudit(await system.server.open({ service: 'sagas', migrations: [...platformMigrations, ...sagaMigrations] }));
  const nothing = await audit.during(() =>
    audit.whileImpossible(async () => {
      const { errors } = await ask(url, start, { input: orderInput, key: 'k' });
      expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
    }),
  );
  expect(nothing).toEqual([]);
  expect(await system.states()).toEqual({});

  let id = '';
  const begun = await audit.during(async () => {
    id = await startOrder(url, { input: { placeId: '6' }, key: 'k' });
    expect(await startOrder(url, { input: { placeId: '6' }, key: 'k' })).toBe(id);
  });
  expect(begun).toMatchObject([
    { action: 'saga.started', entity_type: 'saga', entity_id: id, actor_id: 'demo-manager', actor_name: 'Ada', store_ids: ['6'] },
  ]);

  await untilState(url, id, 'STOCK_CHECKING');
  for (const [action, told] of [
    ['pauseSaga', 'saga.paused'],
    ['resumeSaga', 'saga.resumed'],
    ['cancelSaga', 'saga.cancelled'],
  ] as const) {
    const undone = await audit.during(() => audit.whileImpossible(() => expect(operate(url, action, id)).rejects.toThrow()));
    expect(undone).toEqual([]);
    expect(await audit.during(() => operate(url, action, id))).toMatchObject([{ action: told, entity_id: id, actor_id: 'demo-manager' }]);
  }
  // A saga that has not failed is not retried.
  expect(await audit.during(() => operate(url, 'retrySaga', id))).toEqual([]);
});
