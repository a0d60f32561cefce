import { randomUUID } from 'node:crypto';
import { takeDeadLetters } from '@comptoir/platform/testing/dead-letters.ts';
import { commandQueue, policies, sagaReplyQueue, sagaStartQueue } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { changes as badMessages } from './changes/bad-messages.ts';
import { changes as shortRetries } from './changes/short-retries.ts';
import { findViolations } from './invariants.ts';
import { otherEnds, startOrders } from './orders-to-be.ts';
import { size } from './size.ts';
import { startStack } from './stack.ts';

const neighbours = size({ small: 20, large: 500 });
const deliveryLimit = 3;

const command = (step: string, data: object) => ({
  saga_id: `saga_${'0'.repeat(26)}`,
  command_id: randomUUID(),
  step,
  direction: 'FORWARD',
  data,
});
/** No table can hold it. */
const impossiblePlace = 3_000_000_000;
const reserve = (place: number) => command('RESERVE_STOCK', { lines: [{ product_id: 1, quantity: 1 }], place_id: place });

/** By message id. */
const poison: Readonly<Record<string, { queue: string; type: string; body: string; code: string }>> = {
  'no-json': { queue: commandQueue('inventory'), type: 'stock.reserve', body: 'this is not JSON', code: 'MESSAGE_INVALID' },
  'no-such-type': { queue: commandQueue('inventory'), type: 'stock.burn', body: '{}', code: 'MESSAGE_INVALID' },
  'no-such-schema': { queue: commandQueue('orders'), type: 'order.create', body: '{"saga_id": 1}', code: 'MESSAGE_INVALID' },
  'no-json-either': { queue: commandQueue('payments'), type: 'payment.process', body: '\u0000', code: 'MESSAGE_INVALID' },
  'no-reply': { queue: sagaReplyQueue, type: 'saga.reply', body: '{"outcome": "PERHAPS"}', code: 'MESSAGE_INVALID' },
  'to-be-mended': { queue: sagaStartQueue, type: 'saga.start', body: '{"saga_id": "?"}', code: 'MESSAGE_INVALID' },
  'no-such-place': {
    queue: commandQueue('inventory'),
    type: 'stock.reserve',
    body: JSON.stringify(reserve(impossiblePlace)),
    code: 'MESSAGE_INVALID',
  },
  throwing: { queue: commandQueue('inventory'), type: 'stock.reserve', body: JSON.stringify(reserve(1)), code: 'RETRIES_EXHAUSTED' },
  deadly: { queue: commandQueue('inventory'), type: 'stock.reserve', body: JSON.stringify(reserve(1)), code: 'RETRIES_EXHAUSTED' },
};

test('poison in the queues of sagas is dead-lettered within its limit and spoils nothing else; one that was mended and replayed takes effect once (F10)', {
  timeout: 600_000,
}, async () => {
  await using stack = await startStack({
    changes: [...shortRetries, ...badMessages],
    timeScale: 1,
  });
  using _ = stack.keepAlive();
  const broker = stack.broker as NonNullable<typeof stack.broker>;
  await stack.startOrder(); // by now every queue is there
  await broker.applyPolicies(policies);
  const letters = await takeDeadLetters(broker);
  const channel = await broker.channel();
  const send = async (messageId: string, body: string) => {
    const { queue, type } = poison[messageId] ?? { queue: '', type: '' };
    channel.sendToQueue(queue, Buffer.from(body), { messageId, type, persistent: true });
    await channel.waitForConfirms();
  };

  const { deadly, ...harmless } = poison;
  const lettersAre = (count: number) =>
    until(
      async () => letters.length >= count,
      90_000,
      () => `dead letters: ${letters.map(({ messageId }) => messageId).join(', ')}. ${stack.trail}`,
    );
  for (const [id, { body }] of Object.entries(harmless)) await send(id, body);
  await lettersAre(Object.keys(harmless).length);
  // By itself, for it takes what is handled beside it along, and back: nothing of that may come to its own limit.
  await send('deadly', deadly?.body ?? '');
  const orders = await startOrders(stack, neighbours);
  await lettersAre(Object.keys(poison).length);
  await stack.settle(180_000);
  const found = letters.map(({ messageId, queue, code }) => ({ messageId, queue, code }));
  expect(found.toSorted((a, b) => String(a.messageId).localeCompare(String(b.messageId)))).toEqual(
    Object.entries(poison)
      .map(([messageId, { queue, code }]) => ({ messageId, queue, code }))
      .toSorted((a, b) => a.messageId.localeCompare(b.messageId)),
  );
  const attempts = new Map(letters.map((letter) => [letter.messageId, letter.attempts]));
  expect(attempts.get('throwing')).toBe(4);
  expect(stack.restarts).toBe(deliveryLimit + 1);
  expect(await otherEnds(stack, orders)).toEqual([]);

  const id = `saga_${randomUUID().replaceAll('-', '').slice(0, 26)}`;
  const [first] = await stack.sql<{ customer_id: string; product_id: string }>(
    'sagas',
    `SELECT data ->> 'customer_id' AS customer_id, data #>> '{lines,0,product_id}' AS product_id FROM saga ORDER BY seq LIMIT 1`,
  );
  const lines = [{ product_id: Number(first?.product_id), quantity: 1 }];
  const data = { customer_id: Number(first?.customer_id), lines, shipping_address: 'Lyon', payment_method: 'card' };
  const mended = JSON.stringify({ saga_id: id, definition: 'order-processing', data });
  for (const _time of [1, 2, 3]) await send('to-be-mended', mended);
  await until(
    async () => (await stack.stateOf(id)) === 'COMPLETED',
    30_000,
    () => `the mended saga did not complete. ${stack.trail}`,
  );
  await stack.settle(30_000);
  expect(letters).toHaveLength(Object.keys(poison).length);
  expect(await findViolations(stack)).toEqual([]);
});
