import { expect, test } from 'vitest';
import { changes as everythingTwice } from './changes/everything-twice.ts';
import { faultsSeed } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { logged } from './logged.ts';
import { otherEnds, startOrders } from './orders-to-be.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const count = size({ small: 20, large: 1_000 });

test('every command, reply and event comes two to five times: each takes effect once, and no saga is left behind (F7)', {
  timeout: 600_000,
}, async () => {
  await using stack = await startStack({
    changes: everythingTwice,
    everyEnv: { FAULTS_SEED: String(faultsSeed) },
    // Of itself nothing has to be sent again.
    timeScale: 5,
  });
  const orders = await startOrders(stack, count);
  await stack.settle(180_000);
  expect(await otherEnds(stack, orders)).toEqual([]);
  expect(await findViolations(stack)).toEqual([]);
  // Whichever instance of sagas leads: the other one sends nothing.
  for (const parts of [['customers'], ['inventory'], ['orders'], ['sagas_1', 'sagas_2']])
    expect(parts.flatMap((part) => logged(stack, part, 'interposed'))).not.toEqual([]);
  // Not one of them was too much for its consumer.
  for (const part of stack.parts) expect(logged(stack, part, 'message_retried')).toEqual([]);
});
