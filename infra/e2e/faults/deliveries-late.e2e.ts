import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { changes as lateDeliveries } from './changes/late-deliveries.ts';
import { faultsSeed } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { startOrders } from './orders-to-be.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const count = size({ small: 40, large: 1_000 });
/** One is left by every third saga or so. */
const tombstonesAtLeast = count / 8;

test('messages come up to 12 s late and out of order, where a step is given up after 6 s: sagas end as they have to, also those undone before they were done (F8)', {
  timeout: 600_000,
}, async () => {
  await using stack = await startStack({
    changes: lateDeliveries,
    everyEnv: { FAULTS_SEED: String(faultsSeed) },
    timeScale: 0.1,
  });
  await startOrders(stack, count);
  await stack.settle(180_000);

  const cancelledBefore = async (service: 'inventory' | 'orders') =>
    (await stack.sql(service, `SELECT FROM inbox WHERE outcome ->> 'code' = 'CANCELLED'`)).length;
  let tombstones = 0;
  // The last of them come when their sagas are over.
  await until(
    async () => {
      tombstones = (await cancelledBefore('inventory')) + (await cancelledBefore('orders'));
      return tombstones >= tombstonesAtLeast;
    },
    60_000,
    () => `only ${tombstones} steps came after they were undone. ${stack.trail}`,
  );
  const [late] = await stack.sql<{ count: number }>('sagas', `SELECT count(*)::int AS count FROM saga_event WHERE kind = 'LATE_REPLY'`);
  expect(late?.count, stack.trail).toBeGreaterThan(0);
  await stack.settle(60_000);
  expect(await findViolations(stack)).toEqual([]);
});
