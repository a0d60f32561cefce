import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom, killAtRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';
import type { OrderOptions } from './world.ts';

const { sagas, kills } = size({ small: { sagas: 40, kills: 8 }, large: { sagas: 300, kills: 42 } });
const everyMs = [500, 3_000] as const;
const settledWithinMs = 60_000;

/** Of ten orders: whether there is anything to undo, and in which way. */
const kinds: readonly { readonly ends: 'COMPLETED' | 'COMPENSATED'; readonly order: OrderOptions }[] = [
  ...Array.from({ length: 6 }, () => ({ ends: 'COMPLETED' as const, order: {} })),
  { ends: 'COMPLETED', order: { paymentMethod: '4000000000000119' } }, // fails once, then is paid
  { ends: 'COMPENSATED', order: { paymentMethod: '4000000000000002' } }, // declined
  { ends: 'COMPENSATED', order: { customerId: '999999' } }, // unknown
  { ends: 'COMPENSATED', order: { lines: [{ productId: '999999', quantity: 1 }] } }, // not sold
];

test('orchestrators, participants, relays and the payment provider killed at random while orders run: each ends as it should, and nothing is violated (F2)', {
  timeout: 1_200_000,
}, async () => {
  await using stack = await startStack({ timeScale: 0.5 });
  using _ = stack.keepAlive();
  await stack.startOrder(); // the product and the customer are there before the first kill
  await using chaos = killAtRandom(stack, { everyMs, count: kills });

  const pauseMs = (kills * (everyMs[0] + everyMs[1])) / 2 / sagas;
  const random = createRandom(undefined, 1);
  const asked: Promise<{ id: string; ends: string }>[] = [];
  for (let n = 0; n < sagas; n++) {
    const { ends, order } = random.pick(kinds);
    asked.push(stack.startOrder(order).then((id) => ({ id, ends })));
    await delay(random.between(0, 2 * pauseMs));
  }
  const orders = await Promise.all(asked);
  await chaos.done;
  expect(chaos.killed).toHaveLength(kills);
  const lastKill = performance.now();
  await stack.settle(settledWithinMs);
  const settledMs = performance.now() - lastKill;

  const states = new Map(
    (await stack.sql<{ id: string; state: string }>('sagas', 'SELECT id, state FROM saga')).map(({ id, state }) => [id, state]),
  );
  // Kills may fall so that a participant is away for longer than a step waits, the sooner the slower it starts: such a step is in doubt, and undone with all before it.
  const doubtful = new Set(
    (
      await stack.sql<{ saga_id: string }>('sagas', `SELECT saga_id FROM saga_step WHERE direction = 'FORWARD' AND status = 'IN_DOUBT'`)
    ).map(({ saga_id }) => saga_id),
  );
  const wrong = orders.filter(({ id, ends }) => states.get(id) !== (doubtful.has(id) ? 'COMPENSATED' : ends));
  expect(wrong.map(({ id, ends }) => `${id} is ${states.get(id)}, not ${ends}`)).toEqual([]);
  expect(await findViolations(stack)).toEqual([]);
  console.log(
    `${orders.length} sagas under ${kills} kills, ${doubtful.size} undone for a step in doubt; settled ${Math.round(settledMs)} ms after the last. ${stack.trail}`,
  );
});
