import { expect, test } from 'vitest';
import { createRandom, killAtRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { size } from './size.ts';
import { type Stack, startStack } from './stack.ts';

const units = 37;
const { buyers, rounds, kills } = size({
  small: { buyers: 120, rounds: 1, kills: 4 },
  large: { buyers: 500, rounds: 20, kills: 10 },
});
const settledWithinMs = 180_000;

test(`${buyers} buyers at once of the last ${units} while processes are killed: as many orders as there were units are completed, nothing is oversold (F17)`, {
  timeout: 60_000 + rounds * 2 * settledWithinMs,
}, async () => {
  // At their own pace: a unit that a step gives up on after a while would be free again when the others have gone home.
  await using stack = await startStack({ timeScale: 1 });
  const customers = await stack.addCustomers(10);
  using _ = stack.keepAlive();
  for (let round = 1; round <= rounds; round++) await sellOut(stack, customers, round);
});

async function sellOut(stack: Stack, customers: readonly string[], round: number): Promise<void> {
  const productId = await stack.addProduct({ stock: units });
  const random = createRandom(undefined, round);
  const startedAt = performance.now();
  const parts = stack.parts.filter((part) => part !== 'customers'); // who has no part in it once they are known
  await using chaos = killAtRandom(stack, { parts, count: kills, random });
  const sagaIds = await Promise.all(
    Array.from({ length: buyers }, () => stack.startOrder({ customerId: random.pick(customers), lines: [{ productId, quantity: 1 }] })),
  );
  await chaos.done;
  await stack.settle(settledWithinMs);
  const tookMs = performance.now() - startedAt;

  const outcomes = await stack.sql<{ state: string; count: number }>(
    'sagas',
    'SELECT state, count(*)::int AS count FROM saga WHERE id = ANY($1) GROUP BY state ORDER BY state',
    [sagaIds],
  );
  expect(outcomes, `round ${round}. ${stack.trail}`).toEqual([
    { state: 'COMPENSATED', count: buyers - units },
    { state: 'COMPLETED', count: units },
  ]);
  const levels = await stack.sql(
    'inventory',
    'SELECT on_hand - allocated AS available, allocated AS reserved FROM stock_level WHERE product_id = $1',
    [productId],
  );
  expect(levels, `round ${round}. ${stack.trail}`).toEqual([{ available: 0, reserved: 0 }]);
  expect(await findViolations(stack)).toEqual([]);
  console.log(`round ${round}: ${units} of ${buyers} bought, ${kills} kills (${chaos.killed.join(', ')}), ${Math.round(tookMs / 1000)} s`);
}
