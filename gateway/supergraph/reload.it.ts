import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post, type Received, subscribeOn, wsClient } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestGateway } from '../testing/gateway.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';
import { versionOf } from './generation.ts';

let shop: TestShop;
let folder: string;
/** The shop's supergraph, and the next version of it, in which nobody sees the price any more. */
let first: string;
let next: string;
beforeAll(async () => {
  folder = ownFolder('supergraph');
  shop = await startTestShop();
  first = shop.supergraphSdl;
  next = first.replace(/(\bprice: Int\b.*)$/m, '$1 @inaccessible');
  expect(next).not.toBe(first);
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const noKey = {};
const checkMs = 20;
const patienceMs = 30_000;
const eventsOf = (lines: readonly Record<string, unknown>[], event: string) => lines.filter((line) => line.event === event);

async function gatewayOn(name: string, overrides: Parameters<typeof startTestGateway>[0] = {}) {
  const file = join(folder, name);
  await writeFile(file, first);
  return { file, gateway: await startTestGateway({ supergraphFile: file, supergraphCheckMs: checkMs, ...overrides }) };
}

test('a changed file is taken over under load without one failed request; the plans are there before the switch', async () => {
  const { file, gateway: reloading } = await gatewayOn('load.graphql');
  await using gateway = reloading;
  const query = 'query Busy { products { name madeBy { name } } me }';
  expect((await post(gateway, { query }, noKey)).body.errors).toBeUndefined();
  let going = true;
  const failures: unknown[] = [];
  let answered = 0;
  const load = Array.from({ length: 8 }, async () => {
    while (going) {
      const { status, body } = await post(gateway, { query }, noKey);
      if (status !== 200 || body.errors) failures.push(body);
      answered++;
    }
  });
  for (const sdl of [next, first, next]) {
    await writeFile(file, sdl);
    await eventually(async () => expect(await gateway.metric('supergraph_info', { version: versionOf(sdl) })).toBe(1), patienceMs);
    const before = answered;
    await eventually(() => expect(answered).toBeGreaterThan(before + 20), patienceMs);
  }
  going = false;
  await Promise.all(load);
  expect(failures).toEqual([]);
  // Each version was handed the plan of the operation that clients send.
  expect(await gateway.metric('query_plan_cache_total', { result: 'miss' })).toBe(1);
  expect(await gateway.metric('supergraph_warmed_plans')).toBe(1);
  expect(await gateway.metric('supergraph_reloads_total', { outcome: 'loaded' })).toBe(3);
  await eventually(() => expect(eventsOf(gateway.lines, 'supergraph_retired')).toHaveLength(3), patienceMs);
  const gone = await post(gateway, { query: '{ products { price } }' }, noKey);
  expect(gone.body.errors[0].message).toContain('price');
}, 120_000);

test('of a thousand living subscriptions those that are still valid go on without a gap, the others end and say why', async () => {
  const { file, gateway: reloading } = await gatewayOn('subscriptions.graphql');
  await using gateway = reloading;
  const clients = Array.from({ length: 20 }, () => wsClient(gateway, { key: null }));
  try {
    const valid: Received[] = [];
    const invalid: Received[] = [];
    for (const client of clients) {
      for (let index = 0; index < 50; index++) {
        const [into, selection] = index % 5 === 0 ? [invalid, 'id product { price }'] : [valid, 'id product { name } seller { name }'];
        into.push(
          subscribeOn(client, `subscription ($store: ID) { sold(store: $store) { ${selection} } }`, {
            variables: { store: String(index % 10) },
          }),
        );
      }
    }
    await eventually(async () => expect(await gateway.metric('subscription_operations_active')).toBe(1_000), patienceMs);
    // One for each shop: two are asked for prices, eight are not.
    await eventually(() => expect(shop.sold.listeners()).toBe(10), patienceMs);

    let sold = 0;
    const sell = () => shop.sold.emit({ id: `s${sold++}`, quantity: 1, sku: 'A', seller: 'u1' });
    for (let index = 0; index < 20; index++) sell();
    await writeFile(file, next);
    await eventually(() => {
      sell();
      expect(eventsOf(gateway.lines, 'supergraph_loaded')).toHaveLength(1);
    }, patienceMs);
    for (let index = 0; index < 20; index++) sell();

    for (const { ended, results } of invalid) {
      expect(await ended).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: 'SCHEMA_CHANGED' }) })]);
      expect(results[0]).toEqual({ data: { sold: { id: 's0', product: { price: 100 } } } });
    }
    const all = Array.from({ length: sold }, (_, index) => ({
      data: { sold: { id: `s${index}`, product: { name: 'Product A' }, seller: { name: 'User u1' } } },
    }));
    for (const { results } of valid) {
      await eventually(() => expect(results.length).toBeGreaterThanOrEqual(sold), patienceMs);
      expect(results).toEqual(all);
    }
    expect(valid.some(({ state }) => state.over)).toBe(false);
  } finally {
    for (const client of clients) client[Symbol.dispose]();
  }
}, 120_000);

test('a request in flight is answered by the version that took it', async () => {
  const { file, gateway: reloading } = await gatewayOn('in-flight.graphql');
  await using gateway = reloading;
  const { promise, resolve } = Promise.withResolvers<void>();
  shop.usersGate = promise;
  const asked = shop.users.requests.length;
  const answer = post(gateway, { query: '{ products { price madeBy { name } } }' }, noKey);
  await eventually(() => expect(shop.users.requests.length).toBeGreaterThan(asked));
  await writeFile(file, next);
  await eventually(() => expect(eventsOf(gateway.lines, 'supergraph_loaded')).toHaveLength(1), patienceMs);
  expect(eventsOf(gateway.lines, 'supergraph_retired')).toHaveLength(0);
  resolve();
  shop.usersGate = undefined;
  expect((await answer).body).toEqual({ data: { products: Array(2).fill({ price: 100, madeBy: { name: 'User u9' } }) } });
  await eventually(() => expect(eventsOf(gateway.lines, 'supergraph_retired')).toHaveLength(1), patienceMs);
});

test.each([
  ['is not a supergraph', () => 'type Query { hello: String }'],
  ['is cut off', () => first.slice(0, 800)],
  ['has no keys although callers are asked for theirs', () => first.replaceAll('consumerByApiKey', 'somethingElse')],
])('a file that %s is refused, said so once, and the old version goes on', async (_what, broken) => {
  const { file, gateway: reloading } = await gatewayOn('broken.graphql', { auth: true });
  await using gateway = reloading;
  await writeFile(file, broken());
  await eventually(async () => expect(await gateway.metric('supergraph_reloads_total', { outcome: 'refused' })).toBe(1), patienceMs);
  const [refusal] = eventsOf(gateway.lines, 'supergraph_refused');
  expect(refusal).toMatchObject({ origin: file, refused: versionOf(broken()), serving: versionOf(first) });
  expect((await post(gateway, { query: '{ products { price } }' })).body.data.products[0]).toEqual({ price: 100 });
  await writeFile(file, next);
  await eventually(async () => expect(await gateway.metric('supergraph_info', { version: versionOf(next) })).toBe(1), patienceMs);
  expect(eventsOf(gateway.lines, 'supergraph_refused')).toHaveLength(1);
});

test('a file that is gone is told of, and taken when it is back', async () => {
  const { file, gateway: reloading } = await gatewayOn('gone.graphql');
  await using gateway = reloading;
  await rm(file);
  await eventually(async () => expect(await gateway.metric('supergraph_reloads_total', { outcome: 'unreadable' })).toBe(1), patienceMs);
  expect((await post(gateway, { query: '{ me }' }, noKey)).status).toBe(200);
  await writeFile(file, next);
  await eventually(async () => expect(await gateway.metric('supergraph_info', { version: versionOf(next) })).toBe(1), patienceMs);
});

test('a file is seen to change when another is renamed over it, and when a link on the way to it points elsewhere, as Kubernetes does it', async () => {
  const { file, gateway: reloading } = await gatewayOn('renamed.graphql');
  {
    await using gateway = reloading;
    await writeFile(`${file}.new`, next);
    await rename(`${file}.new`, file);
    await eventually(async () => expect(await gateway.metric('supergraph_info', { version: versionOf(next) })).toBe(1), patienceMs);
  }
  for (const [name, sdl] of [
    ['..one', first],
    ['..two', next],
  ] as const) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'supergraph.graphql'), sdl);
  }
  await symlink('..one', join(folder, '..data'));
  await symlink(join('..data', 'supergraph.graphql'), join(folder, 'mounted.graphql'));
  await using gateway = await startTestGateway({ supergraphFile: join(folder, 'mounted.graphql'), supergraphCheckMs: checkMs });
  await symlink('..two', join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  await eventually(async () => expect(await gateway.metric('supergraph_info', { version: versionOf(next) })).toBe(1), patienceMs);
});

test('the supergraph may come from an address, which is asked again', async () => {
  let serves = first;
  let unchanged = 0;
  const server = createServer((request, response) => {
    const etag = `"${versionOf(serves)}"`;
    if (request.headers['if-none-match'] === etag) {
      unchanged++;
      return void response.writeHead(304).end();
    }
    response.writeHead(200, { etag }).end(serves);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await using gateway = await startTestGateway({ supergraphFile: `http://127.0.0.1:${port}/s.graphql`, supergraphCheckMs: 2 });
    await eventually(() => expect(unchanged).toBeGreaterThan(2));
    serves = next;
    await eventually(async () => expect(await gateway.metric('supergraph_info', { version: versionOf(next) })).toBe(1), patienceMs);
  } finally {
    server.closeAllConnections();
    server.close();
    await nextTurn();
  }
});

test('without authentication everybody may do everything, and the log warns of it, in production too', async () => {
  await using gateway = await startTestGateway({ supergraphSdl: first, auth: false, production: true });
  expect((await post(gateway, { query: '{ me }' }, noKey)).body).toEqual({ data: { me: 'anonymous' } });
  expect(eventsOf(gateway.lines, 'authentication_off')).toEqual([expect.objectContaining({ level: 'warn', production: true })]);
});
