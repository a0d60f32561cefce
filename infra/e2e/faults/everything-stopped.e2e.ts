import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { otherEnds, startOrders } from './orders-to-be.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const stops = size({ small: 3, large: 15 });
const ordersBetween = 12;
/** About the life of a saga whose parts have just started. */
const momentsMs = [0, 1_000] as const;
const settledWithinMs = 200_000;

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'orders under way survive a stop of the whole system by %s at any moment, and finish after its start',
  { timeout: 600_000 },
  async (signal) => {
    await using stack = await startStack({ timeScale: 2 });
    const random = createRandom(undefined, signal === 'SIGKILL' ? 2 : 3);
    const orders: { id: string; ends: string }[] = [];
    const underWay: number[] = [];
    for (let stop = 0; stop < stops; stop++) {
      orders.push(...(await startOrders(stack, ordersBetween)));
      await delay(random.between(...momentsMs));
      expect(await Promise.all(stack.parts.map((part) => stack.kill(part, signal)))).not.toContain(false);
      const [open] = await stack.sql<{ count: number }>('sagas', 'SELECT count(*)::int AS count FROM saga WHERE ended_at IS NULL');
      underWay.push(open?.count ?? 0);
      await Promise.all(stack.parts.map((part) => stack.start(part)));
    }
    await stack.settle(settledWithinMs);
    expect(Math.max(...underWay), `no stop met an order under way: ${stack.trail}`).toBeGreaterThan(0);
    expect(await otherEnds(stack, orders)).toEqual([]);
    expect(await findViolations(stack)).toEqual([]);
    console.log(`${signal}: ${orders.length} orders, under way at the stops: ${underWay.join(', ')}. ${stack.trail}`);
  },
);
