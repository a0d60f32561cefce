import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { cards } from './cards.ts';
import { findViolations } from './invariants.ts';
import { type Stack, startStack } from './stack.ts';

const failures = 10;
const options = {
  parts: ['payment-provider', 'customers', 'inventory', 'orders', 'sagas_1'],
  timeScale: 2,
  env: {
    orders: { FAILPOINT: 'orders.payment.captured' },
    // What has to succeed is asked for fifteen times, here within a quarter of a minute.
    sagas_1: { SAGAS_COMPENSATION_TIME_SCALE: '0.02' },
  },
};
const timeout = 300_000;

/** An order whose money is taken, and which is cancelled before anybody but the payment provider knows: the money has to go back. */
async function paidAndCancelled(stack: Stack, paymentMethod: string): Promise<string> {
  const id = await stack.startOrder({ paymentMethod });
  await stack.exited('orders');
  const { data } = await stack.graph('sagas_1', 'mutation ($id: ID!) { cancelSaga(id: $id) { __typename } }', { id });
  expect(data.cancelSaga.__typename).toBe('SagaActionAccepted');
  expect(await stack.sql('payments', 'SELECT status FROM capture')).toEqual([{ status: 'captured' }]);
  return id;
}

const goOn = (stack: Stack) => stack.start('orders', { FAILPOINT: undefined });

const becomes = (stack: Stack, id: string, state: string) =>
  until(
    async () => (await stack.stateOf(id)) === state,
    90_000,
    () => `${id} did not become ${state}. ${stack.trail}`,
  );

const requests = async (stack: Stack) =>
  (await stack.sql<{ times: number }>('payments', `SELECT times FROM request WHERE key LIKE 'refund %'`))[0]?.times ?? 0;

test('a refund that fails ten times and then succeeds: the saga ends compensated, and nobody had to look (F21)', { timeout }, async () => {
  await using stack = await startStack(options);
  const id = await paidAndCancelled(stack, cards.refundsFail);
  await stack.sql('payments', 'UPDATE capture SET refund_errors = $1', [failures]);
  await goOn(stack);
  await becomes(stack, id, 'COMPENSATED');
  await stack.settle(30_000);
  expect(await requests(stack)).toBeGreaterThan(failures);
  expect(await stack.sql('sagas', `SELECT FROM saga_event WHERE kind = 'FAILED'`)).toEqual([]);
  expect(await findViolations(stack)).toEqual([]);
});

test('a refund that never succeeds: the saga fails in the sight of an operator, and goes on at his word once there is a way (F21)', {
  timeout,
}, async () => {
  await using stack = await startStack(options);
  const id = await paidAndCancelled(stack, cards.refundsDeclined);
  await goOn(stack);
  await becomes(stack, id, 'FAILED');
  const list = '{ sagas(needsAttention: true) { nodes { id state error actions } } }';
  const { data } = await stack.graph('sagas', list);
  expect(data.sagas.nodes).toEqual([
    { id, state: 'FAILED', error: expect.stringContaining('REFUND_PAYMENT by payments keeps failing'), actions: ['RETRY'] },
  ]);
  // Later compensations wait behind it: the order stands and its goods are held.
  expect(await stack.sql('orders', 'SELECT status FROM customer_order')).toEqual([{ status: 'PENDING' }]);

  await stack.sql('payments', 'UPDATE capture SET refundable = true');
  const retried = await stack.graph('sagas', 'mutation ($id: ID!) { retrySaga(id: $id) { __typename } }', { id });
  expect(retried.data.retrySaga.__typename).toBe('SagaActionAccepted');
  await becomes(stack, id, 'COMPENSATED');
  await stack.settle(30_000);
  expect((await stack.graph('sagas', list)).data.sagas.nodes).toEqual([]);
  expect(await findViolations(stack)).toEqual([]);
});
