import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from './chaos.ts';
import { findViolations } from './invariants.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const requests = 100;
const rounds = size({ small: 3, large: 20 });
const orchestrators = ['sagas_1', 'sagas_2'] as const;

test(`one order asked for ${requests} times at once under one key, of both orchestrators, one of them killed meanwhile: one saga, one payment (F18)`, {
  timeout: 300_000,
}, async () => {
  await using stack = await startStack({ timeScale: 1 });
  using _ = stack.keepAlive();
  const [customerId] = await stack.addCustomers(1);
  const lines = [{ productId: await stack.addProduct({ stock: 1_000 }), quantity: 1 }];
  const random = createRandom();
  const first = new Set<string>();
  for (let round = 0; round < rounds; round++) {
    const idempotencyKey = randomUUID();
    const asked = Array.from({ length: requests }, (_, n) =>
      stack.startOrder({ customerId, lines, idempotencyKey, part: orchestrators[n % orchestrators.length] }),
    );
    // At any moment: before the first is answered, or among the answers.
    await delay(random.between(0, 150));
    expect(await stack.kill(random.pick(orchestrators))).toBe(true);
    const ids = new Set(await Promise.all(asked));
    expect(ids.size, stack.trail).toBe(1);
    for (const id of ids) first.add(id);
    await Promise.all(orchestrators.map((part) => stack.start(part)));
  }
  await stack.settle(60_000);
  expect(await stack.sql('sagas', 'SELECT state, count(*)::int AS count FROM saga GROUP BY state')).toEqual([
    { state: 'COMPLETED', count: rounds },
  ]);
  expect(await stack.sql('payments', 'SELECT status, count(*)::int AS count FROM capture GROUP BY status')).toEqual([
    { status: 'captured', count: rounds },
  ]);
  expect(first.size).toBe(rounds);
  expect(await findViolations(stack)).toEqual([]);
});
