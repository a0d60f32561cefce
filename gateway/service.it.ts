import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { overSse, overWebSocket, post } from './testing/clients.ts';
import { eventually } from './testing/eventually.ts';
import { startTestShop, type TestShop } from './testing/shop.ts';
import { testSecret } from './testing/subgraph.ts';

let shop: TestShop;
let folder: string;
beforeAll(async () => {
  folder = ownFolder('gateway');
  shop = await startTestShop({ webRoot: join(folder, 'web'), demo: true });
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(shop.url() + path, { headers });
const asBrowser = { accept: 'text/html,application/xhtml+xml' };

test('alone, from a supergraph file, with authentication off, the gateway serves queries and subscriptions', {
  timeout: 120_000,
}, async () => {
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, shop.supergraphSdl);
  const port = await freePort();
  const env = { PATH: process.env.PATH, SUPERGRAPH: file, PORT: String(port), AUTH: 'off', GATEWAY_SECRET: testSecret, LOG_FORMAT: 'json' };
  const gateway = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: folder,
  });
  let output = '';
  gateway.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const alone = { ...shop, url: () => `http://127.0.0.1:${port}`, wsUrl: () => `ws://127.0.0.1:${port}/graphql` };
  try {
    await eventually(async () => expect((await fetch(`${alone.url()}/health/ready`)).status).toBe(200), 60_000);
    expect((await post(alone, { query: '{ me products { name } }' }, {})).body).toEqual({
      data: { me: 'anonymous', products: [{ name: 'Product A' }, { name: 'Product B' }] },
    });
    using websocket = overWebSocket(alone, 'subscription { sold { id seller { name } } }', { key: null });
    using sse = overSse(alone, 'subscription { sold { id seller { name } } }', { key: null });
    await eventually(() => expect(shop.sold.listeners()).toBe(1));
    await eventually(async () =>
      expect(await (await fetch(`${alone.url()}/metrics`)).text()).toContain('subscription_operations_active 2'),
    );
    shop.sold.emit({ id: 's1', quantity: 1, seller: 'u1' });
    await eventually(() =>
      expect([...websocket.results, ...sse.results]).toEqual(Array(2).fill({ data: { sold: { id: 's1', seller: { name: 'User u1' } } } })),
    );
    gateway.kill('SIGTERM');
    const [code] = await once(gateway, 'exit');
    expect(code).toBe(0);
  } finally {
    gateway.kill('SIGKILL');
  }
  expect(output).toContain('"event":"gateway_started"');
  await eventually(() => expect(shop.sold.listeners()).toBe(0));
});

test('with authentication on, a supergraph without keys is a clear fault', async () => {
  await expect(startTestShop({ supergraphSdl: shop.supergraphSdl.replaceAll('consumerByApiKey', 'somethingElse') })).rejects.toThrow(
    'AUTH=off',
  );
  await expect(startTestShop({ supergraphSdl: undefined, supergraphFile: join(folder, 'missing.graphql') })).rejects.toThrow(
    'missing.graphql cannot be read',
  );
  await expect(startTestShop({ supergraphSdl: '127.0.0.1 localhost' })).rejects.toThrow(
    'SUPERGRAPH: what is there is no supergraph schema',
  );
  await expect(startTestShop({ supergraphSdl: 'type Query { me: String }' })).rejects.toThrow('SUPERGRAPH: what is there is no');
});

test('a browser is shown the sandbox at /graphql and the offline explorer at /explorer, without a key', async () => {
  const sandbox = await get('/graphql', asBrowser);
  expect(sandbox.status).toBe(200);
  expect(sandbox.headers.get('content-type')).toContain('text/html');
  const explorer = await get('/explorer', asBrowser);
  const page = await explorer.text();
  expect(explorer.headers.get('content-encoding')).toBe('gzip');
  expect(page).toContain('admin-key-12345');
  expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  expect((await get('/graphql')).status).toBe(401);
});

test('in production there is no introspection, no explorer and no suggestion', async () => {
  const production = await startTestShop({ production: true });
  const headers = { 'x-api-key': 'admin-key' };
  expect((await fetch(`${production.url()}/explorer`)).status).toBe(404);
  expect((await fetch(`${production.url()}/graphql`, { headers: asBrowser })).status).toBe(401);
  const introspection = await post(production, { query: '{ __schema { queryType { name } } }' }, headers);
  expect(introspection.body.errors).toEqual([
    { message: 'Introspection is closed here.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  ]);
  const typo = await post(production, { query: '{ product }' }, headers);
  expect(JSON.stringify(typo.body)).not.toContain('products');
  const deep = await post(production, { query: `{ ${'me '.repeat(21)} }` }, headers);
  expect(deep.body.errors[0]).toEqual({
    message: 'The operation exceeds the limit of root fields',
    extensions: { code: 'OPERATION_LIMIT' },
  });
  using subscription = overWebSocket(production, 'subscription { sol { id } }');
  expect(JSON.stringify(await subscription.ended)).not.toContain('sold');
  await production[Symbol.asyncDispose]();
});

test('the web client is served once it is built, its page for every address of the application', async () => {
  expect(await (await get('/')).text()).toContain('has not been built yet');
  await mkdir(join(folder, 'web', 'assets'), { recursive: true });
  await writeFile(join(folder, 'web', 'index.html'), '<title>the client</title>');
  await writeFile(join(folder, 'web', 'favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'web', 'assets', 'main-abc123.js'), 'x');
  for (const path of ['/', '/app', '/app/calculations/5']) {
    const page = await get(path);
    expect(await page.text()).toBe('<title>the client</title>');
    expect(page.headers.get('cache-control')).toBe('no-cache');
  }
  const asset = await get('/assets/main-abc123.js');
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await get('/favicon.svg')).headers.get('content-type')).toContain('image/svg+xml');
  expect((await get('/missing.svg')).status).toBe(404);
  expect((await get('/assets/..%2f..%2fsupergraph.graphql')).status).toBeGreaterThanOrEqual(400);
  expect((await get('/graphql/', { ...asBrowser })).status).toBe(200);
});

test('the web client is told that one has to sign in, that it shows a demo, and with which key', async () => {
  expect(await (await get('/app-config.json')).json()).toEqual({
    auth: true,
    demo: true,
    demoKey: 'admin-key-12345',
    demoStaff: { login: 'admin', password: 'comptoir-demo-1' },
  });
});

test('metrics name the subscriptions and the sockets', async () => {
  const text = await (await get('/metrics')).text();
  for (const name of [
    'subscription_clients_active',
    'subscription_operations_active',
    'subscription_groups_active',
    'subscription_upstreams_active',
    'subscription_events_total',
    'subscription_resolutions_total',
    'subscription_deliveries_total',
    'subscription_ended_total',
    'subgraph_fetches_total',
    'subgraph_fetch_duration_seconds',
    'websocket_connections_active',
    'websocket_messages_sent_total',
    'websocket_messages_received_total',
    'websocket_errors_total',
    'graphql_operations_total',
  ]) {
    expect(text).toContain(`# TYPE ${name} `);
  }
});

test('the plan of a query is made once, and the metrics tell', async () => {
  const look = async () => [
    await shop.metric('query_plan_cache_total', { result: 'miss' }),
    await shop.metric('query_plan_cache_total', { result: 'hit' }),
  ];
  const [misses = 0, hits = 0] = await look();
  for (let time = 0; time < 3; time++) expect((await post(shop, { query: 'query Planned { products { name } }' })).status).toBe(200);
  expect(await look()).toEqual([misses + 1, hits + 2]);
});

test('who uses what is told: requests, time and bytes by consumer and route', async () => {
  const use = { consumer: 'clerk', route: '/graphql' };
  const { body } = await post(shop, { query: '{ products { name } }' }, { 'x-api-key': 'clerk-key' });
  await post(shop, '{', { 'x-api-key': 'clerk-key' });
  await eventually(async () => expect(await shop.metric('edge_requests_total', use)).toBe(2));
  expect(await shop.metric('edge_requests_total', { ...use, status: '2xx' })).toBe(1);
  expect(await shop.metric('edge_requests_total', { ...use, status: '4xx' })).toBe(1);
  expect(await shop.metric('edge_request_seconds_total', use)).toBeGreaterThan(0);
  expect(await shop.metric('edge_bytes_total', { ...use, direction: 'in' })).toBeGreaterThan(30);
  expect(await shop.metric('edge_bytes_total', { ...use, direction: 'out' })).toBeGreaterThan(JSON.stringify(body).length);
  await get('/health/live');
  expect(await shop.metric('edge_requests_total', { route: '/health/live' })).toBe(0);
});

test('metrics can be closed to who does not know their token, and nothing else with them', async () => {
  await using closed = await startTestShop({ metricsToken: 'the token of metrics' });
  const read = (path: string, headers: Record<string, string> = {}) => fetch(closed.url() + path, { headers });
  for (const path of ['/metrics', '/metrics/', '/metrics?x'])
    for (const headers of [{}, { authorization: 'Bearer another' }, { 'x-api-key': 'admin-key' }]) {
      const answer = await read(path, headers as never);
      expect([answer.status, answer.headers.get('www-authenticate'), await answer.json()]).toEqual([
        401,
        'Bearer realm="Comptoir"',
        { detail: 'Jeton des métriques absent ou invalide' },
      ]);
    }
  const answer = await read('/metrics', { authorization: 'Bearer the token of metrics' });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('http_requests_total{')]);
  expect((await read('/health/ready')).status).toBe(200);
  expect((await get('/metrics')).status).toBe(200);
});
