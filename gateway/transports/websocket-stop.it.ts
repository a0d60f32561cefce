import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { subscribeOn, wsClient } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestShop } from '../testing/shop.ts';

test('a gateway that stops closes its sockets with 1012', async () => {
  const stopping = await startTestShop();
  using client = wsClient(stopping);
  const codes: unknown[] = [];
  const reasons: string[] = [];
  client.on('closed', (event) => {
    codes.push((event as CloseEvent).code);
    reasons.push((event as CloseEvent).reason);
  });
  using received = subscribeOn(client, 'subscription { sold { id } }');
  await eventually(() => expect(stopping.sold.listeners()).toBe(1));
  await stopping[Symbol.asyncDispose]();
  await eventually(() => expect(codes).toEqual([1012]));
  expect(reasons[0]).toMatch(/^Service restart, retry in \d+ ms$/);
  expect(await stopping.metric('subscription_ended_total', { reason: 'shutdown' })).toBe(1);
  await received.ended;
});

test('a gateway that stops sends all of many sockets away, each with a wait of its own', async () => {
  const stopping = await startTestShop();
  const closed: Promise<{ code: number; reason: string }>[] = [];
  for (let index = 0; index < 45; index++) {
    const socket = new WebSocket(stopping.wsUrl(), 'graphql-transport-ws');
    closed.push(new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  }
  await stopping[Symbol.asyncDispose]();
  const ends = await Promise.all(closed);
  expect(new Set(ends.map(({ code }) => code))).toEqual(new Set([1012]));
  expect(new Set(ends.map(({ reason }) => reason)).size).toBeGreaterThan(10);
});
