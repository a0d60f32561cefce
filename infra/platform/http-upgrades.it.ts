import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createHealth } from './health.ts';
import { createHttpServer, type HttpServer } from './http.ts';
import { createMetrics } from './metrics.ts';
import { testLog } from './testing/log.ts';
import { attachWebSocket } from './websocket.ts';

let server: HttpServer;
let refused: number | null = null;
beforeAll(async () => {
  const log = testLog();
  const metrics = createMetrics({ service: 'test', instanceId: 'instance-1', processMetrics: false });
  server = createHttpServer({ name: 'test', host: '127.0.0.1', port: 0, log, metrics, health: createHealth() });
  server.app.post('/echo', async (request) => ({ body: request.body }));
  attachWebSocket({ http: server, path: '/graphql', protocol: {}, log, metrics, refuse: () => refused });
  await server.start();
});
afterAll(() => server.stop());

const forHttp2 = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA' };
const forWebSocket = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

async function answerOf(request: ClientRequest, body?: string) {
  request.end(body);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const { statusCode: status, headers } = answer;
  return { status, headers, body: JSON.parse(await text(answer)) };
}
const ask = (path: string, headers: Record<string, string>, { method = 'GET', body = undefined as string | undefined } = {}) =>
  answerOf(httpRequest(server.address().url + path, { method, headers }), body);

test('a wish for HTTP/2, as clients have at their first request, is passed over, and the request answered', async () => {
  const body = JSON.stringify({ text: 'x'.repeat(200_000) });
  const posted = await ask('/echo', { ...forHttp2, 'content-type': 'application/json' }, { method: 'POST', body });
  expect(posted).toMatchObject({ status: 200, body: { body: JSON.parse(body) } });
  expect(await ask('/health/live', forHttp2)).toMatchObject({ status: 200, body: { status: 'live' } });
});

test('who asks for a WebSocket where there is none gets the answer of the address', async () => {
  expect(await ask('/health/live', forWebSocket)).toMatchObject({ status: 200, body: { status: 'live' } });
  const { status, headers, body } = await ask('/nowhere', { ...forWebSocket, 'x-request-id': 'mine' });
  expect([status, body, headers['x-request-id']]).toEqual([404, { detail: expect.any(String) }, 'mine']);
});

test.each(['/graphql', '/graphql/', '/graphql?x=1'])('a WebSocket is opened at %s', async (path) => {
  const socket = new WebSocket(`${server.address().url.replace('http', 'ws')}${path}`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.close();
  await once(socket, 'close');
});

test.each([
  {
    why: 'of a version that nobody speaks',
    headers: { 'sec-websocket-version': '7' },
    status: 400,
    more: { 'sec-websocket-version': '13, 8' },
  },
  { why: 'that is forbidden', refuse: 403, status: 403, more: {} },
  { why: 'that is one too many', refuse: 429, status: 429, more: { 'retry-after': '1' } },
])('a WebSocket $why is refused as everything else is', async ({ headers = {}, refuse = null, status, more }) => {
  refused = refuse;
  const answer = await ask('/graphql', { ...forWebSocket, ...headers, 'x-request-id': 'mine' });
  refused = null;
  expect(answer).toMatchObject({
    status,
    body: { detail: expect.any(String) },
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'mine',
      'x-instance-id': 'instance-1',
      'x-response-time': expect.stringMatching(/^\d+\.\d+$/),
      connection: 'close',
      ...more,
    },
  });
});
