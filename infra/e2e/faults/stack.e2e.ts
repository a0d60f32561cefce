import { expect, test } from 'vitest';
import { findViolations } from './invariants.ts';
import { scriptOf } from './parts.ts';
import { startStack } from './stack.ts';

test('the stack of the fault tests: an order is completed, one for an unknown customer is undone, and nothing is violated', async () => {
  // Once from the sources as they are deployed; elsewhere from a bundle.
  await using stack = await startStack({ scriptOf });
  const good = await stack.startOrder();
  const unknown = await stack.startOrder({ customerId: '999999' });
  await stack.settle(30_000);
  expect(await stack.stateOf(good)).toBe('COMPLETED');
  expect(await stack.stateOf(unknown)).toBe('COMPENSATED');
  expect(await findViolations(stack)).toEqual([]);
});

test('a part that dies is started again, and what was acknowledged meanwhile is carried out', async () => {
  await using stack = await startStack();
  using _ = stack.keepAlive();
  await stack.kill('inventory');
  await stack.kill('sagas_1');
  const sagaId = await stack.startOrder({ part: 'sagas_2' });
  await stack.settle(30_000);
  expect(stack.restarts).toBe(2);
  expect(await stack.stateOf(sagaId)).toBe('COMPLETED');
  expect(await findViolations(stack)).toEqual([]);
});
