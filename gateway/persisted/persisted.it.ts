import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overSse, post, subscribeOn, wsClient } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { redisTest, testKeyPrefix, testRedisUrl } from '../testing/redis.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const by = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha(text) } });
const getBy = (shop: TestShop, text: string, more: Record<string, string> = {}) => {
  const search = new URLSearchParams({ extensions: JSON.stringify(by(text)), ...more });
  return fetch(`${shop.url()}/graphql?${search}`, { headers: { 'x-api-key': 'admin-key', 'apollo-require-preflight': '1' } });
};

describe('automatic ones', () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await startTestShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());

  test('are asked for by text once, and by digest then, by POST and GET', async () => {
    const query = '{ me }';
    const unknown = await post(shop, { extensions: by(query) });
    expect([unknown.status, unknown.body]).toEqual([
      200,
      { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] },
    ]);
    for (const body of [{ query, extensions: by(query) }, { extensions: by(query) }, { query: '', extensions: by(query) }])
      expect((await post(shop, body)).body).toEqual({ data: { me: 'c1' } });
    expect(await (await getBy(shop, query)).json()).toEqual({ data: { me: 'c1' } });
  });

  test('take variables and names of operations as texts do, also by GET', async () => {
    const query = 'query A($with: Boolean!) { me products @include(if: $with) { sku } } query B { me }';
    const search = { query, variables: JSON.stringify({ with: false }), operationName: 'A' };
    expect(await (await getBy(shop, query, search)).json()).toEqual({ data: { me: 'c1' } });
    const { query: _, ...named } = search;
    expect(await (await getBy(shop, query, named)).json()).toEqual({ data: { me: 'c1' } });
  });

  test('are no way to make an address change something', async () => {
    const mutation = 'mutation { rename(sku: "A", name: "x") { sku } }';
    expect((await post(shop, { query: mutation, extensions: by(mutation) })).status).toBe(200);
    expect((await getBy(shop, mutation)).status).toBe(405);
  });

  test('are known over WebSocket and in streams as well', async () => {
    const query = 'subscription { sold { id } }';
    expect((await post(shop, { query: '{ me }', extensions: by('{ me }') })).status).toBe(200);
    using client = wsClient(shop);
    const subscribe = (text: string) => {
      const results: unknown[] = [];
      const ended = new Promise((resolve) =>
        client.subscribe(
          { query: text, extensions: by(query) },
          { next: (result) => results.push(result), error: resolve, complete: () => resolve('complete') },
        ),
      );
      return { results, ended };
    };
    expect(await subscribe('').ended).toEqual([expect.objectContaining({ message: 'PersistedQueryNotFound' })]);
    const first = subscribe(query);
    await eventually(() => expect(shop.sold.listeners()).toBe(1));
    const second = subscribe('');
    await eventually(async () => expect(await shop.metric('subscription_operations_active')).toBe(2));
    shop.sold.emit({ id: 's1', quantity: 1 });
    await eventually(() => expect([...first.results, ...second.results]).toHaveLength(2));
  });
});

redisTest('what one gateway was told the other knows', async () => {
  const redis = { url: testRedisUrl, keyPrefix: testKeyPrefix() };
  await using one = await startTestShop({ redis });
  await using other = await startTestShop({ redis });
  expect((await post(one, { query: '{ me }', extensions: by('{ me }') })).status).toBe(200);
  expect((await post(other, { extensions: by('{ me }') })).body).toEqual({ data: { me: 'c1' } });
});

describe('a list', () => {
  const listed = { query: '{ me }', subscription: 'subscription { sold { id } }' };
  let folder: string;
  let shop: TestShop;
  beforeAll(async () => {
    folder = ownFolder('manifest');
    const file = join(folder, 'manifest.json');
    const operations = Object.entries(listed).map(([type, body]) => ({ id: sha(body), body, name: type, type }));
    await writeFile(file, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
    shop = await startTestShop({ production: true, persistedOperations: 'only', persistedManifests: [file] });
  });
  afterAll(async () => {
    await shop[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  test('lets through what is on it, by text and digest, over HTTP', async () => {
    for (const body of [{ query: listed.query }, { extensions: by(listed.query) }])
      expect((await post(shop, body)).body).toEqual({ data: { me: 'c1' } });
    expect(await (await getBy(shop, listed.query)).json()).toEqual({ data: { me: 'c1' } });
  });

  test('refuses everything else with a code of its own, before it is read', async () => {
    for (const query of ['{ products { sku } }', '{ me } ', '{ __schema { types { name } } }', '{ nonsense', '{ __typename }']) {
      const { status, body } = await post(shop, { query });
      expect([status, body.errors[0].extensions]).toEqual([403, { code: 'OPERATION_NOT_LISTED' }]);
    }
    expect((await getBy(shop, '{ products { sku } }')).status).toBe(403);
  });

  test('holds for subscriptions, over WebSocket and in streams', async () => {
    using client = wsClient(shop);
    using listedOne = subscribeOn(client, listed.subscription);
    await eventually(() => expect(shop.sold.listeners()).toBe(1));
    using free = subscribeOn(client, 'subscription { maybeSold { id } }');
    await free.ended;
    expect(free.state.error).toEqual([expect.objectContaining({ extensions: { code: 'OPERATION_NOT_LISTED' } })]);
    using stream = overSse(shop, 'subscription { maybeSold { id } }');
    await stream.ended;
    expect(stream.results).toEqual([]);
    expect(listedOne.state.over).toBe(false);
  });

  test('binds programs of other companies not, which no list of ours can name', async () => {
    const { body } = await post(shop, { query: '{ products { sku } }' }, { 'x-api-key': 'integration-key' });
    expect(body.data.products).toHaveLength(2);
  });

  test('does not bind the REST facade and the gateway itself', async () => {
    expect((await fetch(`${shop.url()}/health/ready`)).status).toBe(200);
  });
});

test('a file that is no list is named at the start', async () => {
  await expect(startTestShop({ persistedManifests: ['/nowhere/manifest.json'] })).rejects.toThrow('/nowhere/manifest.json is no manifest');
});
