import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overSse, overWebSocket, post } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { keys, startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop({ subgraphTimeoutMs: 1_000 });
});
afterAll(() => shop[Symbol.asyncDispose]());

for (const headers of [{ 'x-api-key': 'admin-key' }, { 'x-api-token': 'admin-key' }, { authorization: 'Bearer admin-key' }]) {
  test(`a query with ${Object.keys(headers)} is answered from several subgraphs`, async () => {
    const { status, body } = await post(shop, { query: '{ me products { sku name madeBy { name } } }' }, headers as never);
    expect(status).toBe(200);
    expect(body.data.products[1]).toEqual({ sku: 'B', name: 'Product B', madeBy: { name: 'User u9' } });
    expect(body.data.me).toBe('c1');
  });
}

for (const headers of [{}, { 'x-api-key': 'guess' }, { authorization: 'Basic YWRtaW46YWRtaW4=' }]) {
  test(`a query with ${JSON.stringify(headers)} answers 401`, async () => {
    const { status, body, headers: answered } = await post(shop, { query: '{ me }' }, headers as never);
    expect(status).toBe(401);
    expect(body).toEqual({ errors: [{ message: expect.any(String), extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(answered.get('www-authenticate')).toContain('Bearer');
  });
}

test('the key is looked up once for many requests, in the name of the gateway', async () => {
  await post(shop, { query: '{ me }' });
  const lookUps = () => shop.users.requests.filter(({ query }) => query.includes('consumerByApiKey'));
  const before = lookUps().length;
  await Promise.all(Array.from({ length: 20 }, () => post(shop, { query: '{ me }' })));
  expect(lookUps()).toHaveLength(before);
  await Promise.all(Array.from({ length: 5 }, () => post(shop, { query: '{ me }' }, { 'x-api-key': 'unknown-5' })));
  expect(lookUps()).toHaveLength(before + 1);
  expect(lookUps()[0]?.principal).toEqual({ consumerId: 'gateway', name: 'gateway', roles: ['ADMIN'], stores: null });
});

test('clients cannot see the field that looks keys up', async () => {
  const { body } = await post(shop, { query: '{ consumerByApiKey(key: "x") { id } }' });
  expect(body.errors[0].message).toContain('Cannot query field "consumerByApiKey"');
});

test('subgraphs get the signed caller and the trace, never the key', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await post(shop, { query: '{ products { price } }' }, { authorization: 'Bearer clerk-key', traceparent });
  const { principal, headers } = shop.products.requests.at(-1)!;
  expect(principal).toEqual({ consumerId: 'c3', name: 'clerk', roles: ['CLERK'], stores: null });
  expect(headers.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-/);
  expect(JSON.stringify(headers)).not.toContain('clerk-key');
});

test('what a subgraph says of itself does not get out', async () => {
  const { body } = await post(shop, { query: '{ secretive }' });
  expect(body).toEqual({
    data: { secretive: null },
    errors: [
      {
        message: expect.stringContaining('Reference'),
        path: ['secretive'],
        extensions: { code: 'INTERNAL', reference: expect.any(String) },
      },
    ],
  });
});

test('a subgraph that does not answer in time is named, and the rest of the answer is there', async () => {
  const { status, body } = await post(shop, { query: '{ stall me }' });
  expect(status).toBe(200);
  expect(body.data).toEqual({ stall: null, me: 'c1' });
  expect(body.errors).toEqual([
    {
      message: 'The service "products" is not available at the moment',
      path: ['stall'],
      extensions: { code: 'SERVICE_UNAVAILABLE', service: 'products', retryable: true, retryAfterSeconds: 1 },
    },
  ]);
  expect(await shop.metric('subgraph_fetches_total', { service: 'products', outcome: 'timeout' })).toBe(1);
});

test('equal queries of one caller at once cause one fetch, those of another caller a fetch of their own', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  shop.usersGate = promise;
  const entities = () => shop.users.requests.filter(({ query }) => query.includes('_entities')).length;
  const before = entities();
  const requests = ['admin-key', 'admin-key', 'admin-key', 'other-admin-key'].map((key) =>
    post(shop, { query: '{ products { madeBy { email } } }' }, { 'x-api-key': key }),
  );
  await eventually(() => expect(entities()).toBe(before + 2));
  shop.usersGate = undefined;
  resolve();
  const answers = await Promise.all(requests);
  for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
  expect(entities()).toBe(before + 2);
});

test('while the keys cannot be checked, 503 and not 401', async () => {
  await shop.users.kill();
  const { status, body, headers } = await post(shop, { query: '{ products { sku } }' }, { 'x-api-key': 'never-seen' });
  expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  expect(headers.get('retry-after')).toBe('1');
  const known = await post(shop, { query: '{ products { sku } }' });
  expect(known.status).toBe(200);
  await shop.users.restart();
});

test('a gateway is ready while a subgraph is down, and says which', async () => {
  await shop.users.kill();
  await eventually(async () => {
    const ready = await fetch(`${shop.url()}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      status: 'degraded',
      dependencies: { 'subgraph:users': { state: 'down' }, 'subgraph:events': { state: 'up' } },
    });
  });
  await shop.users.restart();
});

for (const [what, body, code] of [
  ['not JSON', '{"query":', 'BAD_REQUEST'],
  ['a syntax error', { query: '{' }, 'BAD_REQUEST'],
  ['an unknown field', { query: '{ nothing }' }, 'BAD_USER_INPUT'],
  ['a missing variable', { query: 'query($sku: ID!) { products { sku } me @include(if: $sku) }' }, 'BAD_USER_INPUT'],
] as const) {
  test(`${what} answers 400 ${code}`, async () => {
    const answer = await post(shop, body);
    expect({ status: answer.status, code: answer.body.errors[0].extensions.code }).toEqual({ status: 400, code });
  });
}

for (const [limit, query] of Object.entries({
  depth: `{ products { ${'madeBy { name } '.repeat(1)} ${'... on Product { '.repeat(3)} sku ${'} '.repeat(3)} } __schema { types ${'{ fields { type '.repeat(8)} { name } ${'} }'.repeat(8)} } }`,
  aliases: `{ products { ${Array.from({ length: 51 }, (_, index) => `a${index}: sku`).join(' ')} } }`,
  'aliases in fragments': `{ a: products { ...F } b: products { ...F } } fragment F on Product { ${Array.from({ length: 25 }, (_, index) => `__schema${index}: sku`).join(' ')} }`,
  'root fields': `{ ${'me '.repeat(21)} }`,
  tokens: `{ ${'me '.repeat(10_001)} }`,
})) {
  test(`an operation past the limit of ${limit} answers OPERATION_LIMIT`, async () => {
    const { status, body } = await post(shop, { query });
    expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 400, code: 'OPERATION_LIMIT' });
  });
}

test('a body of more than a megabyte answers 413, one of half of that is read', async () => {
  const padded = (length: number) => ({
    query: 'query($sku: ID) { me products { sku @skip(if: false) } }',
    variables: { sku: 'x'.repeat(length) },
  });
  expect((await post(shop, padded(500_000))).body.errors?.[0].extensions.code).not.toBe('PAYLOAD_TOO_LARGE');
  const { status, body } = await post(shop, padded(1024 * 1024));
  expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
});

test('a subscription by plain POST is told where to go', async () => {
  const { status, body } = await post(shop, { query: 'subscription { sold { id } }' });
  expect(status).toBe(400);
  expect(body.errors[0].message).toMatch(/WebSocket.*text\/event-stream/);
});

test('a query by GET is answered, a mutation by GET is not', async () => {
  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${shop.url()}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'x-api-key': 'admin-key', 'apollo-require-preflight': '1', ...headers },
    });
  expect(await (await get('{ me }')).json()).toEqual({ data: { me: 'c1' } });
  expect((await get('mutation { rename(sku: "A", name: "Z") { sku } }')).status).toBe(405);
  const stream = await get('mutation { rename(sku: "A", name: "Z") { sku } }', { accept: 'text/event-stream' });
  expect([stream.status, stream.headers.get('allow')]).toEqual([405, 'POST']);
});

test('a method that is not known answers 405 with those that are, whatever its body, and OPTIONS tells them', async () => {
  for (const [path, allow] of [
    ['/graphql', 'GET, HEAD, OPTIONS, POST'],
    ['/graphql/', 'GET, HEAD, OPTIONS, POST'],
    ['/graphql/stream', 'DELETE, GET, HEAD, OPTIONS, POST, PUT'],
  ]) {
    const ask = (method: string, body: string | null = null) =>
      fetch(shop.url() + path, { method, body, headers: { 'x-api-key': 'admin-key', 'content-type': 'application/json' } });
    for (const answer of [await ask('PATCH'), await ask('PATCH', '{'), await ask('PROPFIND')]) {
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
      expect(await answer.json()).toEqual({ errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }] });
    }
    const options = await ask('OPTIONS');
    expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
  }
});

test('a client that accepts JSON and event streams gets JSON for a query and a stream for a subscription', async () => {
  const accept = 'application/graphql-response+json, application/json, text/event-stream';
  expect((await post(shop, { query: '{ me }' }, { 'x-api-key': 'admin-key', accept })).body).toEqual({ data: { me: 'c1' } });
  const abort = new AbortController();
  const stream = await fetch(`${shop.url()}/graphql`, {
    method: 'POST',
    headers: { 'x-api-key': 'admin-key', 'content-type': 'application/json', accept },
    body: '{"query":"subscription { sold { id } }"}',
    signal: abort.signal,
  });
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  abort.abort();
});

test('queries, faults and refusals arrive as server-sent events too', async () => {
  using query = overSse(shop, '{ me }');
  expect(await query.ended).toBe('complete');
  expect(query.results).toEqual([{ data: { me: 'c1' } }]);
  using faulty = overSse(shop, 'subscription { nothing }');
  expect(await faulty.ended).toBe('complete');
  expect(faulty.results[0]?.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  using unknown = overSse(shop, '{ nothing }');
  expect(await unknown.ended).toBe('complete');
  // It was not run: then there is no "data", not even null.
  expect(unknown.results).toEqual([
    { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) })] },
  ]);
  using stranger = overSse(shop, 'subscription { sold { id } }', { key: null });
  expect(await stranger.ended).toMatchObject({ response: { status: 401 } });
});

test('another consumer cannot use the token of a stream', async () => {
  const url = `${shop.url()}/graphql/stream`;
  const token = await (await fetch(url, { method: 'PUT', headers: { 'x-api-key': 'admin-key' } })).text();
  const open = (key: string) => fetch(`${url}?token=${token}`, { headers: { 'x-api-key': key, accept: 'text/event-stream' } });
  expect((await open('other-admin-key')).status).toBe(404);
  const mine = await open('admin-key');
  expect(mine.status).toBe(200);
  expect((await open('admin-key')).status).toBe(409);
  await mine.body?.cancel();
});

test('an event stream is kept alive and told when to come back', async () => {
  const stopping = await startTestShop();
  const response = await fetch(`${stopping.url()}/graphql`, {
    method: 'POST',
    headers: { 'x-api-key': 'admin-key', 'content-type': 'application/json', accept: 'text/event-stream' },
    body: '{"query":"subscription { sold { id } }"}',
  });
  await eventually(() => expect(stopping.sold.listeners()).toBe(1));
  expect(Number(response.headers.get('x-response-time'))).toBeGreaterThan(0);
  await stopping[Symbol.asyncDispose]();
  expect(await response.text()).toMatch(/^:\n\nretry: \d+\n\n$/);
});

test('a request whose client leaves is given up at the subgraph', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  shop.usersGate = promise;
  const request = httpRequest(`${shop.url()}/graphql`, {
    method: 'POST',
    headers: { 'x-api-key': 'clerk-key', 'content-type': 'application/json' },
  });
  request.on('error', () => undefined);
  request.end('{"query":"{ products { madeBy { email } } }"}');
  const before = await shop.metric('subgraph_fetches_total', { service: 'users', outcome: 'aborted' });
  const asked = shop.users.requests.length;
  await eventually(() => expect(shop.users.requests.length).toBeGreaterThan(asked));
  request.destroy();
  await eventually(async () =>
    expect(await shop.metric('subgraph_fetches_total', { service: 'users', outcome: 'aborted' })).toBe(before + 1),
  );
  shop.usersGate = undefined;
  resolve();
});

test('an explorer that subscribes by GET gets its stream', async () => {
  const abort = new AbortController();
  const query = new URLSearchParams({
    query: 'subscription Sales($store: ID) { sold(store: $store) { id } }',
    variables: '{"store":"x"}',
    operationName: 'Sales',
  });
  const stream = await fetch(`${shop.url()}/graphql?${query}`, {
    headers: { 'x-api-key': 'admin-key', accept: 'text/event-stream' },
    signal: abort.signal,
  });
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  expect(shop.events.subscriptions.at(-1)?.variables).toEqual({ store: 'x' });
  abort.abort();
  expect(stream.status).toBe(200);
  await eventually(() => expect(shop.sold.listeners()).toBe(0));
});

test('a key that is revoked ends the connections that it opened', async () => {
  const strict = await startTestShop({ keyCheckMs: 50 });
  keys['revocable-key'] = { ...keys['clerk-key'], id: 'c9' };
  const query = 'subscription { sold { id } }';
  using websocket = overWebSocket(strict, query, { key: 'revocable-key' });
  using sse = overSse(strict, query, { key: 'revocable-key' });
  using single = overSse(strict, query, { key: 'revocable-key', single: true });
  using other = overWebSocket(strict, query);
  await eventually(async () => expect(await strict.metric('subscription_operations_active')).toBe(4));
  delete keys['revocable-key'];
  expect(await websocket.ended).toMatchObject({ code: 4403 });
  await Promise.all([sse.ended, single.ended]);
  expect(other.state.over).toBe(false);
  await strict[Symbol.asyncDispose]();
});
