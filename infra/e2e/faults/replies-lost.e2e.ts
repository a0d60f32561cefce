import { expect, test } from 'vitest';
import { changes as lostReplies } from './changes/lost-replies.ts';
import { faultsSeed } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { logged } from './logged.ts';
import { otherEnds, startOrders } from './orders-to-be.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const count = size({ small: 40, large: 1_000 });

test('every fifth reply is lost: commands that are sent again are answered again, and every saga ends (F9)', {
  timeout: 600_000,
}, async () => {
  await using stack = await startStack({
    changes: lostReplies,
    everyEnv: { FAULTS_SEED: String(faultsSeed) },
    timeScale: 0.2,
  });
  const orders = await startOrders(stack, count);
  await stack.settle(180_000);
  expect(await findViolations(stack)).toEqual([]);
  // Five in a row are lost of one step in three thousand.
  expect((await otherEnds(stack, orders)).length, stack.trail).toBeLessThanOrEqual(count / 20);
  const lost = ['sagas_1', 'sagas_2'].flatMap((part) => logged(stack, part, 'interposed'));
  expect(lost.length, stack.trail).toBeGreaterThan(count / 5);
});
