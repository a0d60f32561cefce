import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followEventStream } from './event-stream.ts';

let server: Server;
let address: string;
let asked: { request: IncomingMessage; response: ServerResponse }[];
let stop: (() => void) | undefined;

beforeEach(async () => {
  vi.stubGlobal('window', new EventTarget());
  asked = [];
  server = createServer((request, response) => void asked.push({ request, response }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  stop?.();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  vi.unstubAllGlobals();
});

function follow() {
  const told: string[] = [];
  let turn = 0;
  stop = followEventStream(address, () => ({ 'X-API-Key': `key-${++turn}` }), {
    event: ({ data }) => told.push(data),
    phase: (phase) => told.push(phase),
    refused: () => told.push('refused'),
  });
  return told;
}
const answer = (index: number, text: string) => {
  const { response } = asked[index]!;
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(text);
};

test('a stream that ends is asked for again, with the credential of by then', async () => {
  const told = follow();
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]!.request.headers).toMatchObject({ accept: 'text/event-stream', 'x-api-key': 'key-1' });
  answer(0, ':\n\nevent: next\ndata: one\n\n');
  await expect.poll(() => told).toEqual(['live', 'one']);
  asked[0]!.response.end('retry: 1\n\n');
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]!.request.headers['x-api-key']).toBe('key-2');
  answer(1, 'data: two\n\n');
  await expect.poll(() => told).toEqual(['live', 'one', 'away', 'live', 'two']);
});

test('one that breaks, or is answered with a fault, is asked for again', async () => {
  const told = follow();
  await expect.poll(() => asked.length).toBe(1);
  answer(0, ':\n\n');
  await expect.poll(() => told).toEqual(['live']);
  asked[0]!.response.destroy();
  await expect.poll(() => asked.length, { timeout: 3_000 }).toBe(2);
  asked[1]!.response.writeHead(503).end();
  await expect.poll(() => told).toEqual(['live', 'away', 'away']);
  window.dispatchEvent(new Event('online')); // No wait where the network has come back.
  await expect.poll(() => asked.length, { timeout: 3_000 }).toBe(3);
});

test('who may not have it is told so, and it is not asked for again', async () => {
  const told = follow();
  await expect.poll(() => asked.length).toBe(1);
  asked[0]!.response.writeHead(403).end();
  await expect.poll(() => told).toEqual(['refused']);
  window.dispatchEvent(new Event('online'));
  expect(asked.length).toBe(1);
});

test('who stops listening leaves at once', async () => {
  const told = follow();
  await expect.poll(() => asked.length).toBe(1);
  answer(0, ':\n\n');
  await expect.poll(() => told).toEqual(['live']);
  const closed = once(asked[0]!.response, 'close');
  stop?.();
  await closed;
  expect(told).toEqual(['live']);
});
