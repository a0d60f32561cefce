import { once } from 'node:events';
import { createLog } from '@comptoir/platform/log.ts';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../testing/eventually.ts';
import { keys, startTestShop, type TestShop } from '../testing/shop.ts';

/** The protocol graphql-transport-ws, clause by clause, on bare sockets. */
let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => eventually(() => expect(shop.events.active()).toBe(0)));

interface Wire extends Disposable {
  readonly socket: WebSocket;
  readonly messages: Record<string, unknown>[];
  readonly closed: Promise<{ code: number; reason: string }>;
  send(message: object | string): void;
}

async function open({
  url = shop.wsUrl(),
  protocol = 'graphql-transport-ws',
  path = '',
  headers = {},
}: {
  url?: string;
  protocol?: string;
  path?: string;
  headers?: object;
} = {}): Promise<Wire> {
  const socket = new WebSocket(url + path, protocol === '' ? [] : protocol, { headers: { ...headers } });
  const messages: Record<string, unknown>[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    socket,
    messages,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    [Symbol.dispose]: () => socket.terminate(),
  };
}

const init = { type: 'connection_init', payload: { apiKey: 'admin-key' } };
const subscribe = (id: string, query = 'subscription { sold { id } }') => ({ id, type: 'subscribe', payload: { query } });

async function acknowledged(): Promise<Wire> {
  const wire = await open();
  wire.send(init);
  await eventually(() => expect(wire.messages).toEqual([{ type: 'connection_ack' }]));
  wire.messages.length = 0;
  return wire;
}

for (const message of [
  'not JSON',
  '[]',
  '{}',
  '{"type":"unknown"}',
  '{"type":"subscribe"}',
  '{"type":"subscribe","id":"1","payload":{}}',
  '{"type":"subscribe","id":"","payload":{"query":"{a}"}}',
]) {
  test(`the message ${message} closes with 4400`, async () => {
    using wire = await acknowledged();
    wire.send(message);
    expect((await wire.closed).code).toBe(4400);
  });
}

test('subscribing before the acknowledgement closes with 4401', async () => {
  using wire = await open();
  wire.send(subscribe('1'));
  expect(await wire.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
});

for (const [who, payload] of Object.entries({
  'no key': {},
  'an unknown key': { apiKey: 'guess' },
  'a key that is not text': { apiKey: { $ne: '' } },
})) {
  test(`${who} closes with 4403`, async () => {
    using wire = await open();
    wire.send({ type: 'connection_init', payload });
    expect(await wire.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });
}

for (const payload of [
  { apiKey: 'admin-key' },
  { 'X-API-Key': 'admin-key' },
  { 'x-api-token': 'admin-key' },
  { Authorization: 'Bearer admin-key' },
  { headers: { authorization: 'bearer admin-key' } },
]) {
  test(`the connection parameters ${JSON.stringify(payload)} are accepted`, async () => {
    using wire = await open();
    wire.send({ type: 'connection_init', payload });
    await eventually(() => expect(wire.messages).toEqual([{ type: 'connection_ack' }]));
  });
}

test('a key in the headers of the handshake is accepted', async () => {
  using wire = await open({ headers: { 'x-api-key': 'admin-key' } });
  wire.send({ type: 'connection_init' });
  await eventually(() => expect(wire.messages).toEqual([{ type: 'connection_ack' }]));
});

for (const protocol of ['graphql-ws', '']) {
  test(`the subprotocol "${protocol}" is not taken`, async () => {
    const wire = open({ protocol });
    if (protocol === '') {
      using opened = await wire;
      expect((await opened.closed).code).toBe(4406);
    } else {
      // A WebSocket client refuses a server that takes none of the protocols it offered.
      await expect(wire).rejects.toThrow(/subprotocol/);
    }
  });
}

test('a connection that is not initialised within five seconds closes with 4408', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  using wire = await open();
  const next = once(wire.socket, 'message');
  await vi.advanceTimersByTimeAsync(4_999);
  // An answer to a ping comes after whatever was sent before.
  wire.send({ type: 'ping' });
  await next;
  expect([wire.messages, wire.socket.readyState]).toEqual([[{ type: 'pong' }], WebSocket.OPEN]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await wire.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
});

test('an id that is in use closes with 4409', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('same'));
  wire.send(subscribe('same'));
  expect(await wire.closed).toEqual({ code: 4409, reason: 'Subscriber for same already exists' });
});

test('a second connection_init closes with 4429', async () => {
  using wire = await acknowledged();
  wire.send(init);
  expect(await wire.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
});

test('a message of more than a megabyte closes with 1009', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('1', `subscription { sold { id } } #${'x'.repeat(1024 * 1024)}`));
  expect((await wire.closed).code).toBe(1009);
});

test('a ping is answered with a pong and its payload', async () => {
  using wire = await acknowledged();
  wire.send({ type: 'ping', payload: { n: 1 } });
  await eventually(() => expect(wire.messages).toEqual([{ type: 'pong', payload: { n: 1 } }]));
});

test('an id may be used again after complete, and nothing comes for it in between', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('1'));
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  wire.send({ id: '1', type: 'complete' });
  await eventually(() => expect(shop.sold.listeners()).toBe(0));
  wire.send(subscribe('1'));
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.sold.emit({ id: 's1', quantity: 1 });
  await eventually(() => expect(wire.messages).toEqual([{ id: '1', type: 'next', payload: { data: { sold: { id: 's1' } } } }]));
});

test('complete while the subscription is being begun releases it', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('1'));
  wire.send({ id: '1', type: 'complete' });
  wire.send({ type: 'ping' });
  await eventually(() => expect(wire.messages).toEqual([{ type: 'pong' }]));
  await eventually(async () => expect(await shop.metric('subscription_upstreams_active')).toBe(0));
});

test('there is no complete after an error, and the error leaves the other operations alone', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('good'));
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  for (const [id, query] of Object.entries({
    syntax: 'subscription {',
    unknown: 'subscription { nothing }',
    two: 'subscription { sold { id } activity { __typename } }',
    introspection: 'subscription { __typename }',
    missing: 'subscription($id: ID!) { sold(store: $id) { id } }',
    undecidable: 'subscription($on: Boolean) { sold @include(if: $on) { id } }',
    refused: 'subscription { refused }',
  })) {
    wire.send(subscribe(id, query));
    await eventually(() => expect(wire.messages.at(-1)).toMatchObject({ id, type: 'error' }));
  }
  shop.sold.emit({ id: 's1', quantity: 1 });
  await eventually(() => expect(wire.messages.at(-1)).toMatchObject({ id: 'good', type: 'next' }));
  expect(wire.messages.filter(({ type }) => type === 'complete')).toEqual([]);
  expect(wire.messages).toHaveLength(8);
});

test('queries and mutations run over the socket too', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('q', '{ me products { sku } }'));
  await eventually(() => expect(wire.messages).toHaveLength(2));
  expect(wire.messages).toEqual([
    { id: 'q', type: 'next', payload: { data: { me: 'c1', products: [{ sku: 'A' }, { sku: 'B' }] } } },
    { id: 'q', type: 'complete' },
  ]);
  wire.send(subscribe('m', 'mutation { rename(sku: "A", name: "Z") { name } }'));
  await eventually(() => expect(wire.messages[2]).toEqual({ id: 'm', type: 'next', payload: { data: { rename: { name: 'Z' } } } }));
});

test('a query that is not run is answered by an error, as a subscription is, and one that fails on its way by a result', async () => {
  using wire = await acknowledged();
  for (const query of [
    '{ nothing }',
    '{',
    'query($sku: ID!) { products @include(if: $sku) { sku } }',
    'mutation { rename(sku: 1) { name } }',
  ]) {
    wire.messages.length = 0;
    wire.send(subscribe('e', query));
    await eventually(() => expect(wire.messages).toMatchObject([{ id: 'e', type: 'error', payload: [{ message: expect.any(String) }] }]));
  }
  wire.messages.length = 0;
  wire.send(subscribe('f', '{ me secretive }'));
  await eventually(() =>
    expect(wire.messages).toMatchObject([
      { id: 'f', type: 'next', payload: { data: { me: 'c1', secretive: null }, errors: [{ path: ['secretive'] }] } },
      { id: 'f', type: 'complete' },
    ]),
  );
});

test('the log has a line for each operation: what it was, whose, how long it took and what became of it', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'gateway', format: 'json' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  await using logged = await startTestShop({}, log);
  const told = () => lines.filter(({ event }) => event === 'websocket_operation');
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  using wire = await open({ url: logged.wsUrl(), headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  wire.send(init);
  await eventually(() => expect(wire.messages).toEqual([{ type: 'connection_ack' }]));
  const line = { consumer: 'admin', consumerId: 'c1', traceId, durationMs: expect.any(Number) };
  for (const [query, tells] of [
    ['query Me { me }', { type: 'query', name: 'Me', status: 'ok' }],
    ['mutation { rename(sku: "A", name: "Z") { name } }', { type: 'mutation', name: null, status: 'ok' }],
    ['query Part { me secretive }', { type: 'query', name: 'Part', status: 'failed', code: 'INTERNAL' }],
    ['query Wrong { nothing }', { type: 'query', name: 'Wrong', status: 'refused', code: 'BAD_USER_INPUT' }],
    ['{', { type: null, name: null, status: 'refused', code: 'BAD_REQUEST' }],
    ['subscription Sold { sold { id } }', { type: 'subscription', name: 'Sold', status: 'started' }],
  ] as const) {
    lines.length = 0;
    wire.send(subscribe(query, query));
    await eventually(() => expect(told()).toMatchObject([{ ...line, ...tells }]));
  }
  lines.length = 0;
  const forged = { query: 'subscription Sold { sold { id } }', extensions: { cursor: 'made up' } };
  wire.send({ id: 'forged', type: 'subscribe', payload: { ...forged, operationName: 'Sold' } });
  await eventually(() => expect(told()).toMatchObject([{ ...line, name: 'Sold', status: 'refused', code: 'CURSOR_INVALID' }]));
});

test('a socket carries fifty operations, and the next one is refused without harm to them', async () => {
  using wire = await acknowledged();
  for (let id = 1; id <= 51; id++) wire.send(subscribe(String(id)));
  await eventually(() =>
    expect(wire.messages).toMatchObject([{ id: '51', type: 'error', payload: [{ extensions: { code: 'OPERATION_LIMIT' } }] }]),
  );
  await eventually(async () => expect(await shop.metric('subscription_operations_active')).toBe(50));
});

test('a socket that dies releases what it was subscribed to', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('1'));
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  wire.socket.terminate();
  await eventually(() => expect(shop.sold.listeners()).toBe(0));
});

test('pings are answered before the connection is initialised too, and a pong nobody asked for is no fault', async () => {
  using wire = await open();
  wire.send({ type: 'ping', payload: { n: 1 } });
  wire.send({ type: 'pong', payload: { n: 2 } });
  wire.send(init);
  await eventually(() => expect(wire.messages).toEqual([{ type: 'pong', payload: { n: 1 } }, { type: 'connection_ack' }]));
});

test('two operations on one socket are independent: one that ends leaves the other', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('a'));
  wire.send(subscribe('b', 'subscription { flood { value } }'));
  await eventually(() => expect([shop.sold.listeners(), shop.flood.listeners()]).toEqual([1, 1]));
  shop.flood.complete();
  await eventually(() => expect(wire.messages).toEqual([{ id: 'b', type: 'complete' }]));
  shop.sold.emit({ id: 's1', quantity: 1 });
  await eventually(() => expect(wire.messages.at(-1)).toEqual({ id: 'a', type: 'next', payload: { data: { sold: { id: 's1' } } } }));
  expect(wire.messages).toHaveLength(2);
});

test('a source that fails ends its operation with an error, and neither the socket nor another operation on it', async () => {
  using wire = await acknowledged();
  wire.send(subscribe('a'));
  wire.send(subscribe('b', 'subscription { flood { value } }'));
  await eventually(() => expect([shop.sold.listeners(), shop.flood.listeners()]).toEqual([1, 1]));
  shop.flood.complete(new Error('the flood is over'));
  await eventually(() => expect(wire.messages).toMatchObject([{ id: 'b', type: 'error' }]));
  expect(JSON.stringify(wire.messages)).not.toContain('flood is over');
  shop.sold.emit({ id: 's1', quantity: 1 });
  await eventually(() => expect(wire.messages.at(-1)).toMatchObject({ id: 'a', type: 'next' }));
  wire.send({ type: 'ping' });
  await eventually(() => expect(wire.messages.at(-1)).toEqual({ type: 'pong' }));
  expect(wire.messages.filter(({ type }) => type === 'complete')).toEqual([]);
});

test('nothing comes for an operation after its client has completed it', async () => {
  using wire = await acknowledged();
  const { promise, resolve } = Promise.withResolvers<void>();
  wire.send(subscribe('1', 'subscription { sold { seller { name } } }'));
  wire.send(subscribe('2'));
  await eventually(() => expect(shop.sold.listeners()).toBe(2));
  shop.usersGate = promise;
  shop.sold.emit({ id: 's1', quantity: 1, seller: 'u1' });
  await eventually(() => expect(wire.messages).toHaveLength(1));
  wire.send({ id: '1', type: 'complete' });
  wire.send({ type: 'ping' });
  await eventually(() => expect(wire.messages.at(-1)).toEqual({ type: 'pong' }));
  shop.usersGate = undefined;
  resolve();
  shop.sold.emit({ id: 's2', quantity: 1, seller: 'u1' });
  await eventually(() => expect(wire.messages.filter(({ id }) => id === '2')).toHaveLength(2));
  expect(wire.messages.filter(({ id }) => id === '1')).toEqual([]);
});

for (const cursor of [5, {}, ['x'], true, 'made up']) {
  test(`the cursor ${JSON.stringify(cursor)} is refused, and its operation alone`, async () => {
    using wire = await acknowledged();
    wire.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { sold { id } }', extensions: { cursor } } });
    await eventually(() =>
      expect(wire.messages).toMatchObject([{ id: '1', type: 'error', payload: [{ extensions: { code: 'CURSOR_INVALID' } }] }]),
    );
    expect(wire.socket.readyState).toBe(WebSocket.OPEN);
  });
}

test('another path is no WebSocket', async () => {
  await expect(open({ path: 'x' })).rejects.toThrow('404');
});

test('while keys cannot be checked, clients are asked to come back and not refused', async () => {
  await shop.users.kill();
  using wire = await open();
  wire.send({ type: 'connection_init', payload: { apiKey: 'never-seen-before' } });
  expect((await wire.closed).code).toBe(1013);
  await shop.users.restart();
});

test('a socket that has gone before its key was looked up is not kept', async () => {
  const clients = () => shop.metric('subscription_clients_active', { transport: 'websocket' });
  await eventually(async () => expect(await clients()).toBe(0));
  const gate = Promise.withResolvers<void>();
  keys['slow-key'] = gate.promise.then(() => keys['clerk-key']);
  using wire = await open();
  using other = await open();
  try {
    wire.send({ type: 'connection_init', payload: { apiKey: 'slow-key' } });
    other.send({ type: 'connection_init', payload: { apiKey: 'slow-key' } });
    wire.socket.close();
    await wire.closed;
    await eventually(async () => expect(await shop.metric('websocket_connections_active')).toBe(1));
  } finally {
    gate.resolve();
  }
  await eventually(() => expect(other.messages).toEqual([{ type: 'connection_ack' }]));
  expect(await clients()).toBe(1);
});
