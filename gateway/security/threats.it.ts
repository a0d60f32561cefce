/** What else can be done to a gateway: requests that are too big, odd bytes, floods of sockets, guesses by alias. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { overWebSocket, post, subscribeOn, wsClient } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

const patienceMs = 30_000;
let shop: TestShop;
beforeAll(async () => {
  const fieldLimits = [{ field: 'Mutation.rename', by: { argument: 'sku' }, max: 5, windowMs: 600_000 }];
  shop = await startTestShop({ fieldLimits, corsOrigins: ['https://shop.example'] });
});
afterAll(() => shop[Symbol.asyncDispose]());

const renames = (times: number, sku: string) =>
  `mutation { ${Array.from({ length: times }, (_, alias) => `r${alias}: rename(sku: "${sku}", name: "n${alias}") { sku }`).join(' ')} }`;
const evaluated = (sku: string) =>
  shop.products.requests.flatMap(({ query, variables }) =>
    JSON.stringify([query, variables]).includes(sku) ? (query.match(/rename\(/g) ?? []) : [],
  ).length;

describe('guesses by alias', () => {
  test('of twenty at once five are evaluated, and the others told to wait', async () => {
    const { status, body } = await post(shop, { query: renames(20, 'twenty') });
    expect(status).toBe(200);
    expect(Object.keys(body.data)).toEqual(Array.from({ length: 20 }, (_, alias) => `r${alias}`));
    expect(Object.values(body.data).filter((answer) => answer !== null)).toEqual(Array(5).fill({ sku: 'twenty' }));
    expect(body.errors).toHaveLength(15);
    expect(body.errors[0]).toEqual({
      message: expect.stringMatching(/^Too many requests/),
      path: ['r5'],
      extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) },
    });
    expect(evaluated('twenty')).toBe(5);
  });

  test('once nothing is left the answer is 429, over HTTP and over a socket', async () => {
    await post(shop, { query: renames(5, 'spent') });
    const { status, headers, body } = await post(shop, { query: renames(2, 'SPENT') });
    expect([status, body.data]).toEqual([429, { r0: null, r1: null }]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    using client = wsClient(shop);
    using received = subscribeOn(client, renames(1, 'spent'));
    await received.ended;
    expect(received.results[0]?.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect(evaluated('spent') + evaluated('SPENT')).toBe(5);
  });

  test('hidden in fragments and behind variables they count as well', async () => {
    const query = `mutation ($sku: ID!, $not: Boolean!) { a: rename(sku: $sku, name: "a") { sku } ...More b: rename(sku: $sku, name: "b") @skip(if: $not) { sku } }
      fragment More on Mutation { ${Array.from({ length: 8 }, (_, alias) => `f${alias}: rename(sku: $sku, name: "f") { ...Sku }`).join(' ')} }
      fragment Sku on Product { sku }`;
    const { body } = await post(shop, { query, variables: { sku: 'hidden', not: true } });
    expect(Object.values(body.data).filter((answer) => answer !== null)).toHaveLength(5);
    expect(Object.keys(body.data)).toHaveLength(9);
    expect(evaluated('hidden')).toBe(5);
  });

  test('a hundred at once are refused before any is counted', async () => {
    const { body } = await post(shop, { query: renames(100, 'hundred') });
    expect(body.data).toBeUndefined();
    expect(evaluated('hundred')).toBe(0);
    expect((await post(shop, { query: renames(5, 'hundred') })).body.errors).toBeUndefined();
  });

  test('other fields are answered as always', async () => {
    expect((await post(shop, { query: '{ me products { sku } }' })).body.errors).toBeUndefined();
  });
});

describe('bodies', () => {
  const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${shop.url()}/graphql`, {
      method: 'POST',
      headers: { 'x-api-key': 'admin-key', 'content-type': 'application/json', ...headers },
      body: body as BodyInit,
    });

  test.each([
    ['more than a mebibyte', JSON.stringify({ query: `{ me } #${'x'.repeat(1024 * 1024)}` }), 413],
    ['no JSON', '{"query": ', 400],
    ['a list of nothing', '[]', 400],
    ['a number', '5', 400],
    ['nothing', '', 400],
    ['a prototype', '{"query":"{ me }","__proto__":{"polluted":true}}', 400],
    ['a prototype in the variables', '{"query":"{ me }","variables":{"__proto__":{"polluted":true}}}', 400],
    ['a constructor in the variables', '{"query":"{ me }","variables":{"constructor":{"prototype":{"polluted":true}}}}', 400],
    ['a hundred thousand lists in each other', `{"query":"{ me }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`, 400],
  ])('%s is refused', async (_, body, status) => {
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(await answer.json())).not.toMatch(/INTERNAL|Reference/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('what is compressed is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
    expect((await send(bomb, { 'content-encoding': 'gzip' })).status).toBeOneOf([400, 415]);
  });

  test('variables that are deeper than any input of ours are refused', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(13)}1${'}'.repeat(13)}`);
    const { body } = await post(shop, { query: '{ me }', variables: deep });
    expect(body.errors[0]).toEqual({
      message: 'The operation has depth of variables 13; the limit is 12',
      extensions: { code: 'OPERATION_LIMIT', variablesDepth: { value: 13, limit: 12 } },
    });
  });
});

describe('odd values', () => {
  const odd = [
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '9'.repeat(400),
    '1e999',
    '-0',
    '\u202e',
    "' OR 1=1 --",
    '../../etc/passwd',
    '\uffff',
    '',
  ];

  test.each(odd.map((value) => [JSON.stringify(value).slice(0, 40), value]))(
    '%s is no fault of ours, in variables and in the text',
    async (_, value) => {
      const answers = [
        await post(shop, { query: 'mutation ($sku: ID!) { rename(sku: $sku, name: "x") { sku } }', variables: { sku: value } }),
        await post(shop, { query: `mutation { rename(sku: ${JSON.stringify(value)}, name: "x") { sku } }` }),
        await post(shop, { query: `{ me } ${value}` }),
        await post(shop, { query: 'query A { me }', operationName: value }),
      ];
      for (const { status, body } of answers) {
        expect(status).toBeLessThan(500);
        expect(JSON.stringify(body)).not.toContain('INTERNAL');
      }
    },
  );

  test.each([
    '/graphql?query=%00',
    '/graphql?query=%ED%A0%80',
    '/graphql?query=%',
    '/graphql?query={me}&variables=[',
    '/graphql?query={me}&extensions=%7B',
    '/%00',
    '/%ff',
    '/..%2f..%2fetc/passwd',
    '/assets/..%2f..%2fpackage.json',
  ])('the address %s is no fault of ours', async (address) => {
    const answer = await fetch(shop.url() + address, { headers: { 'x-api-key': 'admin-key', 'apollo-require-preflight': '1' } });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test('numbers past what an Int holds are refused', async () => {
    for (const value of [2 ** 31, 1e308, -(2 ** 53)]) {
      const { status, body } = await post(shop, { query: 'query ($n: Int) { me }', variables: { n: value } });
      expect(status).toBe(400);
      expect(JSON.stringify(body)).not.toContain('INTERNAL');
    }
  });
});

describe('sockets', () => {
  const open = (headers: Record<string, string> = {}, url = shop.wsUrl()) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
    const closed = new Promise<number>((resolve) => {
      socket.on('error', () => undefined);
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('close', resolve);
    });
    return { socket, closed };
  };

  test('a thousand that say nothing are dropped', { timeout: 2 * patienceMs }, async () => {
    const codes = await Promise.all(Array.from({ length: 1_000 }, () => open().closed));
    expect(new Set(codes)).toEqual(new Set([4408]));
    await eventually(async () => expect(await shop.metric('websocket_connections_active')).toBe(0), patienceMs);
  });

  test('the fifty-first subscription of one is refused, the fifty go on', async () => {
    using client = wsClient(shop);
    const received = Array.from({ length: 51 }, () => subscribeOn(client, 'subscription { sold { id } }'));
    await eventually(() => expect(received.filter(({ state }) => state.over)).toHaveLength(1), patienceMs);
    await eventually(async () => expect(await shop.metric('subscription_operations_active')).toBe(50), patienceMs);
    for (const each of received) each.stop();
  });

  test('a message that is too long ends it', async () => {
    const { socket, closed } = open();
    socket.on('open', () => socket.send('x'.repeat(1024 * 1024 + 1)));
    expect(await closed).toBe(1009);
  });

  test('pages of other origins are not let in, our own and configured ones are', async () => {
    expect(await open({ origin: 'https://evil.example' }).closed).toBe(403);
    expect(await open({ origin: 'null' }).closed).toBe(403);
    for (const origin of [shop.url(), 'https://shop.example']) {
      const { socket, closed } = open({ origin });
      socket.on('open', () => socket.close(1000));
      expect(await closed).toBe(1000);
    }
  });

  test('an operation over one is a request, and counts as one', async () => {
    using client = wsClient(shop, { key: 'few-key' });
    const answers = [];
    for (let request = 0; request < 6; request++) {
      using received = subscribeOn(client, '{ me }');
      await received.ended;
      answers.push(received.results[0]?.data ?? received.state.error);
    }
    expect(answers.slice(0, 5)).toEqual(Array(5).fill({ me: 'c4' }));
    expect(answers[5]).toEqual([expect.objectContaining({ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } })]);
    expect(await shop.metric('rate_limit_refusals_total', { route: 'websocket' })).toBe(1);
  });

  test('guessing keys over them drains the bucket of the address', async () => {
    await using guessed = await startTestShop({ anonymousPerMinute: 2 });
    // The third is not even looked up: it may come again later.
    for (const [guess, code] of [4403, 4403, 1013].entries()) {
      using client = wsClient(guessed, { key: `guess-${guess}` });
      using received = subscribeOn(client, '{ me }');
      await received.ended;
      expect(received.state.error).toMatchObject({ code });
    }
    expect(await guessed.metric('rate_limit_refusals_total', { consumer: 'anonymous', route: 'websocket' })).toBe(1);
    expect((await fetch(`${guessed.url()}/docs`)).status).toBe(429);
  });

  test('an address has only so many', async () => {
    await using small = await startTestShop({ maxSocketsPerAddress: 2 });
    const first = open({}, small.wsUrl());
    const second = open({}, small.wsUrl());
    await eventually(() => expect([first, second].map(({ socket }) => socket.readyState)).toEqual([WebSocket.OPEN, WebSocket.OPEN]));
    expect(await open({}, small.wsUrl()).closed).toBe(429);
    first.socket.close();
    await first.closed;
    await eventually(async () => {
      const next = open({}, small.wsUrl());
      next.socket.on('open', () => next.socket.close(1000));
      expect(await next.closed).toBe(1000);
    });
    second.socket.close();
  });
});

describe('pages', () => {
  test.each([
    ['/', "script-src 'self'; style-src 'self' 'unsafe-inline'"],
    ['/explorer', "script-src 'self' 'unsafe-inline' blob:"],
    ['/docs', "script-src 'self'"],
  ])('%s may load what it needs, from here only', async (path, policy) => {
    const { headers } = await fetch(shop.url() + path, { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain(policy);
    expect(headers.get('content-security-policy')).not.toMatch(/https?:/);
  });

  test('the sandbox, which says itself what it loads, is shown in no frame', async () => {
    const { headers } = await fetch(`${shop.url()}/graphql`, { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toBe("base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  });
});

test('introspection in circles is refused in development as well', async () => {
  const query = `{ __schema { types { ${'fields { type { '.repeat(4)} name ${'} } '.repeat(4)} } } }`;
  const { status, body } = await post(shop, { query });
  expect([status, body.errors[0].message]).toEqual([400, 'Maximum introspection depth exceeded']);
});

test('who sends the beginning of a request and no more is let go', async () => {
  const { hostname, port } = new URL(shop.url());
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write('POST /graphql HTTP/1.1\r\nHost: gateway\r\nContent-Type: applica');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

describe('headers', () => {
  test.each(['/', '/graphql', '/api/nothing', '/health', '/nothing', '/docs'])('%s carries those that browsers heed', async (path) => {
    const { headers } = await fetch(shop.url() + path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('behind TLS, which a trusted proxy tells of, browsers are held to it', async () => {
    await using behind = await startTestShop({ trustedProxies: ['127.0.0.1'], anonymousPerMinute: 1 });
    const from = (address: string) => fetch(`${behind.url()}/`, { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': address } });
    expect((await from('192.0.2.1')).headers.get('strict-transport-security')).toContain('max-age=31536000');
    // Each client of the proxy has limits of its own, and a refusal carries the headers too.
    const refused = await from('192.0.2.1');
    expect([refused.status, refused.headers.get('x-content-type-options')]).toEqual([429, 'nosniff']);
    expect((await from('192.0.2.2')).status).toBe(200);
  });

  test('pages of configured origins may read answers, others not', async () => {
    const preflight = (origin: string) =>
      fetch(`${shop.url()}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key,content-type' },
      });
    const allowed = await preflight('https://shop.example');
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('x-api-key');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    expect([allowed.status, allowed.headers.get('ratelimit-remaining')]).toEqual([204, expect.stringMatching(/^\d+$/)]);
    const answer = await fetch(`${shop.url()}/graphql`, { headers: { origin: 'https://shop.example' } });
    expect(answer.headers.get('access-control-expose-headers')).toContain('RateLimit-Remaining');
  });
});

test('a subscription past the requests of its consumer is refused', async () => {
  await using other = await startTestShop();
  for (let request = 0; request < 5; request++) await post(other, { query: '{ me }' }, { 'x-api-key': 'few-key' });
  using received = overWebSocket(other, 'subscription { sold { id } }', { key: 'few-key' });
  await received.ended;
  expect(received.state.error).toEqual([expect.objectContaining({ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } })]);
});
