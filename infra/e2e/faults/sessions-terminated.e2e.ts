import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { logged } from './logged.ts';
import { startOrders } from './orders-to-be.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const { count, rounds } = size({ small: { count: 60, rounds: 40 }, large: { count: 1_000, rounds: 600 } });

test('every session on every database is terminated again and again while orders run: nothing is lost, done twice or violated, and no process ends (F6)', {
  timeout: 600_000,
}, async () => {
  await using stack = await startStack({ timeScale: 0.5 });
  await stack.startOrder();
  const random = createRandom();
  let terminated = 0;
  const chaos = (async () => {
    for (let round = 0; round < rounds; round++) {
      await delay(random.between(20, 400));
      terminated += (await stack.server?.terminateSessions()) ?? 0;
    }
  })();
  const [orders] = await Promise.all([startOrders(stack, count), chaos]);
  await stack.settle(120_000);
  expect(orders).toHaveLength(count);
  expect(terminated, stack.trail).toBeGreaterThan(rounds);
  expect(await findViolations(stack)).toEqual([]);
  for (const part of stack.parts) {
    expect(stack.isRunning(part), part).toBe(true);
    expect(logged(stack, part, 'uncaught'), part).toEqual([]);
  }
});
