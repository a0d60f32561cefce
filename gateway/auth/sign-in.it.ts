import { randomUUID } from 'node:crypto';
import { type AccessClaims, accessTokenLifetimeMs, createAccessTokens } from '@comptoir/platform/access-token.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { overSse, post } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { sessions, startTestShop, type TestShop } from '../testing/shop.ts';
import { testSecret } from '../testing/subgraph.ts';

const limits = { perMinute: 100_000, perHour: 1_000_000 };
const claims: Omit<AccessClaims, 'sessionId'> = { consumerId: 'staff:7', name: 'Ada', roles: ['CLERK'], stores: ['2'], limits };
const staff = { id: 'staff:7', name: 'Ada', roles: ['CLERK'], stores: [{ id: '2' }], limits };
const tokens = createAccessTokens(testSecret);
/** One that ends in about so many milliseconds, at a whole second. */
const tokenFor = (ms: number) => tokens.sign({ ...claims, sessionId }, Date.now() - accessTokenLifetimeMs + ms);
/** Of this test alone: that a session has ended is remembered for a while. */
let sessionId: string;

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ keyCheckMs: 200 });
});
afterAll(() => shop?.[Symbol.asyncDispose]());
beforeEach(() => {
  sessionId = randomUUID();
  sessions.set(sessionId, staff);
});

const nobody = {};
const login = 'mutation { login(name: "Ada") }';

test('who has no credential may sign in, in nobody’s name, and nothing else', async () => {
  expect(await post(shop, { query: login }, nobody)).toMatchObject({ status: 200, body: { data: { login: 'Ada as guest with 0 roles' } } });
  const refused: (object | object[])[] = [
    { query: '{ me }' },
    { query: 'mutation { changeName }' },
    { query: 'mutation { login(name: "Ada") changeName }' },
    { query: 'mutation { login: changeName }' },
    { query: 'mutation { a: login(name: "1") b: login(name: "2") c: login(name: "3") }' },
    { query: 'query { __schema { queryType { name } } }' },
    { query: 'subscription { sold { id } }' },
    { query: `${login} query Me { me }`.replace('mutation', 'mutation In'), operationName: 'Me' },
    { query: '' },
    {},
    [{ query: login }],
  ];
  for (const body of refused) {
    const { status, body: answer } = await post(shop, body, nobody);
    expect([body, status, answer.errors[0].extensions.code]).toEqual([body, 401, 'UNAUTHENTICATED']);
  }
});

test('signing in without a credential is for POST and plain answers only', async () => {
  const get = await fetch(`${shop.url()}/graphql?query=${encodeURIComponent(login)}`, { headers: { 'apollo-require-preflight': '1' } });
  expect(get.status).toBe(401);
  expect((await post(shop, { query: login }, { accept: 'text/event-stream' })).status).toBe(401);
  const put = await fetch(`${shop.url()}/graphql/stream`, { method: 'PUT' });
  expect(put.status).toBe(401);
  expect(await closeOf(connect(null))).toEqual({ code: 4403, reason: 'Forbidden' });
});

test('an expired token does not stand in the way of the next one', async () => {
  const { token } = await tokenFor(-1_000);
  const headers = { authorization: `Bearer ${token}` };
  expect((await post(shop, { query: '{ me }' }, headers)).status).toBe(401);
  expect((await post(shop, { query: login }, headers)).body.data).toEqual({ login: 'Ada as guest with 0 roles' });
});

test.each(['authorization', 'x-api-token', 'x-api-key'])('a token in %s is the caller, as long as its session lives', async (header) => {
  const { token } = await tokenFor(60_000);
  const headers = { [header]: header === 'authorization' ? `Bearer ${token}` : token };
  expect((await post(shop, { query: '{ me }' }, headers)).body).toEqual({ data: { me: 'staff:7' } });
  sessions.delete(sessionId);
  await eventually(async () => expect((await post(shop, { query: '{ me }' }, headers)).status).toBe(401));
});

test('a socket ends with its token', async () => {
  const { token, expiresAt } = await tokenFor(2_000);
  const socket = connect(token);
  await acknowledged(socket);
  expect(await closeOf(socket)).toEqual({ code: 4403, reason: 'token expired' });
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
});

test('a newer token in a ping lets a socket and its subscriptions go on', async () => {
  const [first, second] = [await tokenFor(2_500), await tokenFor(60_000)];
  const socket = connect(first.token);
  const messages = await acknowledged(socket);
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { sold { id } }' } }));
  const pong = async (payload: object) => {
    const before = messages.filter(({ type }) => type === 'pong').length;
    socket.send(JSON.stringify({ type: 'ping', payload }));
    return eventually(() => {
      const pongs = messages.filter(({ type }) => type === 'pong');
      expect(pongs).toHaveLength(before + 1);
      return pongs.at(-1)?.payload;
    });
  };
  expect(await pong({ accessToken: 'no token', client: 'till 3' })).toEqual({ client: 'till 3', refused: 'UNAUTHENTICATED' });
  expect(await pong({ accessToken: second.token })).toEqual({ expiresAt: second.expiresAt });
  await eventually(() => expect(Date.now()).toBeGreaterThan(first.expiresAt + 500));
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.sold.emit({ id: 's7', quantity: 1 });
  await eventually(() => expect(messages.find(({ type }) => type === 'next')?.payload).toMatchObject({ data: { sold: { id: 's7' } } }));
  expect(socket.readyState).toBe(socket.OPEN);
  sessions.delete(sessionId);
  expect(await closeOf(socket)).toEqual({ code: 4403, reason: 'Forbidden' });
});

test.each([
  ['roles', { ...staff, roles: ['MANAGER'] }],
  ['stores', { ...staff, stores: [{ id: '2' }, { id: '3' }] }],
])('a socket ends when the %s of its caller change', async (_, changed) => {
  const socket = connect((await tokenFor(60_000)).token);
  await acknowledged(socket);
  sessions.set(sessionId, changed);
  expect(await closeOf(socket)).toEqual({ code: 4403, reason: 'Forbidden' });
});

test.each([false, true])('an event stream ends with its token (single connection: %s)', async (single) => {
  const { token } = await tokenFor(2_000);
  using stream = overSse(shop, 'subscription { sold { id } }', { key: token, single });
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  await eventually(() => expect(shop.sold.listeners()).toBe(0));
  // The client has no credential to come back with.
  await eventually(() => expect(stream.state.over).toBe(true));
});

interface Message {
  readonly type: string;
  readonly payload?: object;
}

function connect(token: string | null): WebSocket {
  const socket = new WebSocket(shop.wsUrl(), 'graphql-transport-ws');
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: token === null ? {} : { apiKey: token } })));
  return socket;
}

/** All messages of the socket, from its acknowledgement on. */
async function acknowledged(socket: WebSocket): Promise<Message[]> {
  const messages: Message[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)));
    resolve();
  });
  socket.once('close', (code, reason) => reject(new Error(`closed with ${code} ${reason}`)));
  await promise;
  return messages;
}

function closeOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })));
}
