import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { overWebSocket } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

/** A client that stops reading from its socket as soon as it is subscribed. */
async function stalled(query: string) {
  const socket = new WebSocket(shop.wsUrl(), 'graphql-transport-ws');
  // biome-ignore lint/suspicious/noExplicitAny: messages of the protocol.
  const messages: any[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ type: 'connection_init', payload: { apiKey: 'admin-key' } }));
  await eventually(() => expect(messages).toHaveLength(1));
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  return { messages, pause: () => socket.pause(), resume: () => socket.resume(), [Symbol.dispose]: () => socket.terminate() };
}

const padding = 'x'.repeat(100_000);
/** More than what the sockets' buffers and the queue hold together. */
const many = 400;

test('a client that does not read is let go with SLOW_CONSUMER, and one that reads beside it gets everything', async () => {
  using slow = await stalled('subscription { flood { value padding } }');
  using quick = overWebSocket(shop, 'subscription { flood { value padding } }', { key: 'other-admin-key' });
  await eventually(async () => expect(await shop.metric('subscription_operations_active')).toBe(2));
  await eventually(() => expect(shop.flood.listeners()).toBe(1));
  slow.pause();
  for (let value = 1; value <= many; value++) {
    shop.flood.emit({ value, padding });
    await eventually(() => expect(quick.results).toHaveLength(value));
  }
  expect(quick.results.map(({ data }) => data.flood.value)).toEqual(Array.from({ length: many }, (_, index) => index + 1));
  await eventually(async () => expect(await shop.metric('subscription_ended_total', { reason: 'slow_consumer' })).toBe(1));
  expect(await shop.metric('subscription_operations_active')).toBe(1);
  slow.resume();
  await eventually(() =>
    expect(slow.messages.at(-1)).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'SLOW_CONSUMER' } }] }),
  );
  const values = slow.messages.filter(({ type }) => type === 'next').map(({ payload }) => payload.data.flood.value);
  expect(values).toEqual(values.map((_, index) => index + 1));
});

test('of a snapshot a client that does not read gets fewer states, and the last one for certain', async () => {
  using slow = await stalled('subscription { level { value padding } }');
  using quick = overWebSocket(shop, 'subscription { level { value padding } }');
  await eventually(() => expect(quick.results).toHaveLength(1));
  await eventually(() => expect(slow.messages).toHaveLength(2));
  slow.pause();
  for (let value = 1; value <= many; value++) {
    shop.level.emit({ value, padding });
    await eventually(() => expect(quick.results.at(-1)?.data.level.value).toBe(value));
  }
  slow.resume();
  await eventually(() => expect(slow.messages.at(-1)?.payload.data.level.value).toBe(many));
  expect(slow.messages.length).toBeLessThan(many);
  expect(await shop.metric('subscription_coalesced_total')).toBeGreaterThan(0);
});
