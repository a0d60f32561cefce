import { expect, test } from 'vitest';
import { createRandom } from './chaos.ts';
import { type Cell, type Course, cells, drawCells, type Victim } from './crash-cells.ts';
import { type Crash, crashInTurn, createOrders, type Orders } from './crash-lane.ts';
import { crashTable } from './crash-table.ts';
import { findViolations } from './invariants.ts';
import { size } from './size.ts';
import { type Stack, startStack } from './stack.ts';

const smallCount = 120;
const settledWithinMs = 90_000;

/** Who dies at the same time as others do. The provider waits for orders: an answer that is lost would end the time in which an order is cancelled. */
const lanes: readonly (readonly Victim[])[] = [['sagas'], ['inventory'], ['orders', 'payment-provider']];

const ends: Readonly<Record<Course, string>> = {
  completed: 'COMPLETED',
  returned: 'COMPLETED',
  declined: 'COMPENSATED',
  'unknown customer': 'COMPENSATED',
  cancelled: 'COMPENSATED',
  'cancelled unpaid': 'COMPENSATED',
};

async function crashAll(stack: Stack, orders: Orders, chosen: readonly Cell[]): Promise<Crash[]> {
  const runs = lanes.map(async (victims) => {
    const crashes: Crash[] = [];
    for (const victim of victims) {
      const its = chosen.filter((cell) => cell.victim === victim);
      crashes.push(...(await crashInTurn(stack, orders, victim, its)));
    }
    return crashes;
  });
  return (await Promise.all(runs)).flat();
}

test('whoever dies at whichever point of whichever step: every order ends as it would have, and nothing is lost or done twice (F1)', {
  timeout: 600_000,
}, async () => {
  const parts = ['payment-provider', 'customers', 'inventory', 'orders', 'sagas'];
  await using stack = await startStack({
    parts,
    timeScale: 2,
    everyEnv: { PAYMENT_PROVIDER_SLOW_MS: '30000', PAYMENT_TIMEOUT_MS: '60000' },
  });
  const orders = await createOrders(stack);
  const startedAt = performance.now();
  const crashes = await crashAll(stack, orders, size({ small: drawCells(smallCount, createRandom()), large: cells }));
  const tookSeconds = Math.round((performance.now() - startedAt) / 1_000);
  await orders.done();
  await stack.settle(settledWithinMs);

  const states = new Map<string, string>();
  for (const { id, state } of await stack.sql<{ id: string; state: string }>('sagas', 'SELECT id, state FROM saga')) states.set(id, state);
  const faultOf = ({ cell, sagaId, ending }: Crash) => {
    if (ending !== 'SIGKILL') return ending === 'alive' ? 'never came by' : `ended with ${ending}`;
    const state = states.get(sagaId) ?? 'lost';
    return state === ends[cell.course] ? null : state;
  };
  const faults = crashes.flatMap((crash) => {
    const fault = faultOf(crash);
    const { victim, failpoint, step, course } = crash.cell;
    return fault === null ? [] : [`${victim} at ${failpoint} of ${step} (${course}, ${crash.sagaId}): ${fault}`];
  });
  console.log(
    `${crashTable(crashes, faultOf)}\n${crashes.length} of ${cells.length} cells, ${faults.length} faults, ${tookSeconds} s; ${stack.trail}`,
  );
  expect(faults, stack.trail).toEqual([]);
  expect(await findViolations(stack)).toEqual([]);
});
