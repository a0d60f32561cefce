import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { ApolloServer } from '@apollo/server';
import fc from 'fast-check';
import { parse } from 'graphql';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type CachedShop, startCachedShop } from '../testing/cached-shop.ts';
import { startTestGateway } from '../testing/gateway.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
let cached: CachedShop;
let caching: { url(): string };
const byApollo = vi.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
beforeAll(async () => {
  shop = await startTestShop({ subgraphTimeoutMs: 1_000 });
  cached = await startCachedShop();
  caching = await cached.gateway();
});
beforeEach(() => cached.reset());
afterAll(async () => {
  byApollo.mockRestore();
  await shop?.[Symbol.asyncDispose]();
  await cached?.[Symbol.asyncDispose]();
});

type Headers = Record<string, string>;
/** Those that differ from request to request. */
const ownOfRequest = /^(date|x-request-id|x-response-time|traceparent|(x-)?ratelimit.*)$/;

async function ask(gateway: { url(): string }, body: unknown, headers: Headers = {}) {
  const before = byApollo.mock.calls.length;
  const response = await request(`${gateway.url()}/graphql`, {
    method: 'POST',
    headers: { 'x-api-key': 'admin-key', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = (await response.body.text()).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'a reference');
  const told = Object.entries(response.headers).filter(([name]) => !ownOfRequest.test(name));
  return { answer: { status: response.statusCode, headers: Object.fromEntries(told), text }, apollo: byApollo.mock.calls.length > before };
}

/** The same wish in words that only Apollo Server reads. */
function inOtherWords(accept = '*/*'): string {
  return accept.includes(';q=') ? `${accept}0` : `${accept};q=1`;
}

async function both(gateway: { url(): string }, body: unknown, headers: Headers = {}) {
  const usual = await ask(gateway, body, headers);
  const apollo = await ask(gateway, body, { ...headers, accept: inOtherWords(headers.accept) });
  return { usual, apollo };
}

const products = 'query Products($yes: Boolean = true) { products { sku name @include(if: $yes) madeBy { name email } } me }';

const usualOnes: Record<string, { body: object; headers?: Headers }> = {
  'a query of several subgraphs': { body: { query: products } },
  'its name': { body: { query: products, operationName: 'Products' } },
  variables: { body: { query: products, variables: { yes: false, other: 1 } } },
  'null for everything else': { body: { query: products, variables: null, operationName: null, extensions: null } },
  'a mutation': { body: { query: 'mutation ($sku: ID!) { rename(sku: $sku, name: "N") { name price } }', variables: { sku: 'A' } } },
  'an error of a subgraph': { body: { query: '{ secretive me }' } },
  'a subgraph that does not answer': { body: { query: '{ stall me }' } },
  'another charset': { body: { query: '{ me }' }, headers: { 'content-type': 'application/json; charset=utf-8' } },
  ...Object.fromEntries(
    [
      '*/*',
      'application/json',
      'application/json, */*',
      'application/json, text/plain, */*',
      'application/json, application/graphql-response+json',
      'application/graphql-response+json',
      'application/graphql-response+json, application/json',
      'application/graphql-response+json, application/json;q=0.9',
      'application/graphql-response+json,application/json;q=0.9',
    ].map((accept) => [`accepting ${accept}`, { body: { query: '{ me secretive }' }, headers: { accept } }]),
  ),
};

for (const [title, { body, headers }] of Object.entries(usualOnes)) {
  test(`without Apollo Server, and as it would be: ${title}`, async () => {
    const { usual, apollo } = await both(shop, body, headers);
    expect(usual.apollo).toBe(false);
    expect(apollo.apollo).toBe(true);
    expect(usual.answer).toEqual(apollo.answer);
    expect(usual.answer.status).toBe(200);
  });
}

const others: Record<string, { body: unknown; headers?: Headers }> = {
  'variables of a wrong kind': { body: { query: products, variables: { yes: 'no' } } },
  'variables that are no object': { body: { query: products, variables: [1] } },
  'variables as text': { body: { query: products, variables: '{}' } },
  'a variable that is missing': { body: { query: 'mutation ($sku: ID!) { rename(sku: $sku, name: "N") { name } }' } },
  'an unknown field': { body: { query: '{ nowhere }' } },
  'no GraphQL': { body: { query: '{ me' } },
  'no query': { body: { operationName: 'A' } },
  'a query that is no text': { body: { query: 7 } },
  'nothing in it': { body: {} },
  'another name': { body: { query: products, operationName: 'Others' } },
  'an empty name': { body: { query: products, operationName: '' } },
  'a name that is no text': { body: { query: products, operationName: 7 } },
  'several operations': { body: { query: 'query A { me } query B { events }' } },
  'one of several operations': { body: { query: 'query A { me } query B { events }', operationName: 'B' } },
  extensions: { body: { query: '{ me }', extensions: { of: 'a client' } } },
  'extensions that are no object': { body: { query: '{ me }', extensions: 'none' } },
  'a batch': { body: [{ query: '{ me }' }, { query: '{ events }' }] },
  introspection: { body: { query: '{ __schema { queryType { name } } }' } },
  'too deep variables': { body: { query: products, variables: { yes: true, deep: JSON.parse('['.repeat(50) + ']'.repeat(50)) } } },
  'a plan to be shown': { body: { query: '{ me }' }, headers: { 'apollo-query-plan-experimental': '1' } },
};

for (const [title, { body, headers }] of Object.entries(others)) {
  for (const accept of ['*/*', 'application/json', 'application/graphql-response+json']) {
    test(`left to Apollo Server, accepting ${accept}: ${title}`, async () => {
      const { usual, apollo } = await both(shop, body, { ...headers, accept });
      expect(usual.apollo).toBe(true);
      expect(usual.answer).toEqual(apollo.answer);
    });
  }
}

test('requests that are made up are answered by both ways alike', async () => {
  const fields = [
    'me',
    '__typename',
    'products { sku name }',
    'p: products { ... on Product { madeBy { name } } }',
    'secretive',
    'nowhere',
  ];
  const selection = fc.subarray([...fields, 'products { price @skip(if: $yes) }', 'events @include(if: $yes)'], { minLength: 1 });
  const query = fc.oneof(
    { weight: 6, arbitrary: selection.map((chosen) => `query Q($yes: Boolean! = true) { ${chosen.join(' ')} }`) },
    { weight: 3, arbitrary: selection.map((chosen) => `{ ${chosen.join(' ')} }`) },
    selection.map((chosen) => `query Q($yes: Boolean) { ${chosen.join(' ')} } query R { me }`),
    fc.constantFrom(
      'mutation Q($yes: ID = "A") { rename(sku: $yes, name: "N") { sku } changeName }',
      '',
      '{',
      'fragment F on Query { me }',
    ),
  );
  const variables = fc.constantFrom<unknown>({}, { yes: true }, { yes: false }, { yes: null }, { yes: 'x' }, { no: [1] }, null, [], 'x');
  const body = fc.record(
    { query, variables, operationName: fc.constantFrom('Q', 'Q', 'R', '', null, 7), extensions: fc.constantFrom(null, {}, { a: 1 }, 1) },
    { requiredKeys: ['query'] },
  );
  const accept = fc.constantFrom('*/*', 'application/json', 'application/graphql-response+json', 'application/*', 'text/html');
  await fc.assert(
    fc.asyncProperty(body, accept, async (body, accept) => {
      const { usual, apollo } = await both(shop, body, { accept });
      expect(apollo.apollo).toBe(accept !== 'text/html');
      expect(usual.answer).toEqual(apollo.answer);
    }),
    { numRuns: 150 },
  );
}, 60_000);

for (const [title, data] of Object.entries({
  'another shape than its schema has': { things: 'one' },
  'a value that its schema does not allow': { things: [{ size: 'large' }] },
  'nothing where there has to be something': { things: [null] },
  'no data at all': null,
})) {
  test(`a subgraph that answers ${title} is answered for by both ways alike`, async () => {
    const subgraph = createServer((asked, response) => {
      asked.resume().on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify({ data })));
    });
    await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}/graphql`;
    const typeDefs = parse('type Query { things: [Thing!] } type Thing { size: Int! }');
    const { supergraphSdl } = composeServices([{ name: 'odd', url, typeDefs }]);
    try {
      await using gateway = await startTestGateway({ supergraphSdl });
      for (const accept of ['*/*', 'application/json', 'application/graphql-response+json']) {
        const { usual, apollo } = await both(gateway, { query: '{ things { size } }' }, { accept });
        expect([usual.apollo, apollo.apollo]).toEqual([false, true]);
        expect(usual.answer).toEqual(apollo.answer);
      }
    } finally {
      subgraph.closeAllConnections();
      subgraph.close();
    }
  });
}

test('what is asked for without a credential is left to Apollo Server: nothing is kept of it', async () => {
  const { usual, apollo } = await both(shop, { query: 'mutation { logout }' }, { 'x-api-key': 'of-nobody' });
  expect([usual.apollo, apollo.apollo]).toEqual([true, true]);
  expect(usual.answer).toEqual(apollo.answer);
  expect(JSON.parse(usual.answer.text)).toEqual({ data: { logout: 'bye' } });
});

test('an operation is counted once, whichever way it goes', async () => {
  const counted = () => shop.metric('graphql_operations_total', { name: 'Counted' });
  const { usual, apollo } = await both(shop, { query: 'query Counted { me }' });
  expect([usual.apollo, apollo.apollo, await counted()]).toEqual([false, true, 2]);
});

const product = { query: 'query Product($id: ID!) { product(id: $id) { name available } }', variables: { id: '5' } };
const usualWay: Headers = { accept: 'application/json' };
const apolloWay: Headers = { accept: inOtherWords('application/json') };

for (const [title, first, second] of [
  ['Apollo Server', usualWay, apolloWay],
  ['what is usual', apolloWay, usualWay],
] as const) {
  test(`what is kept is given to ${title} too, as it was made`, async () => {
    const body = { ...product, query: `${product.query} # for ${title}` };
    const made = await ask(caching, body, first);
    const kept = await ask(caching, body, second);
    expect([made.apollo, kept.apollo]).toEqual([first === apolloWay, second === apolloWay]);
    expect([made.answer.headers['x-cache'], kept.answer.headers['x-cache']]).toEqual(['MISS', 'HIT']);
    expect([made.answer.headers.age, kept.answer.headers.age]).toEqual([undefined, '0']);
    expect(kept.answer.text).toBe(made.answer.text);
    expect(cached.reads()).toBe(1);
    const afresh = await ask(caching, body, { ...second, 'cache-control': 'no-cache' });
    expect([afresh.answer.headers['x-cache'], cached.reads()]).toEqual(['BYPASS', 2]);
    expect((await ask(caching, body, { ...second, 'cache-control': 'no-cache', 'x-api-key': 'clerk-key' })).answer.headers['x-cache']).toBe(
      'MISS',
    );
  });
}

test('what is asked for at once is made once for both ways', async () => {
  const gate = Promise.withResolvers<void>();
  cached.gate = gate.promise;
  const body = { ...product, query: `${product.query} # at once` };
  const asking = [usualWay, apolloWay, usualWay].map((headers) => ask(caching, body, headers));
  await vi.waitFor(() => expect(cached.reads()).toBe(1));
  gate.resolve();
  const answers = await Promise.all(asking);
  expect(answers.map(({ answer }) => answer.headers['x-cache'])).toEqual(['MISS', 'MISS', 'MISS']);
  expect(answers.map(({ answer }) => answer.headers.age)).toEqual([undefined, '0', '0']);
  expect(new Set(answers.map(({ answer }) => answer.text)).size).toBe(1);
  expect(cached.reads()).toBe(1);
});

test('a mutation removes what it changes before it is answered', async () => {
  await ask(caching, product, usualWay);
  const query = 'mutation ($input: UpdateProductInput!) { updateProduct(id: "5", input: $input) { __typename } }';
  const mutation = await ask(caching, { query, variables: { input: { name: 'Thé' } } }, usualWay);
  expect([mutation.apollo, mutation.answer.status]).toEqual([false, 200]);
  const { answer } = await ask(caching, product, usualWay);
  expect([answer.headers['x-cache'], JSON.parse(answer.text).data.product.name]).toEqual(['MISS', 'Thé']);
});

test('an answer with errors is kept for nobody', async () => {
  const body = { ...product, query: `${product.query} # of a subgraph that fails` };
  cached.gate = Promise.reject(new Error('away'));
  // Heard by whoever asks; until then it is not to be an unhandled rejection.
  cached.gate.catch(() => undefined);
  const { usual, apollo } = await both(caching, body, usualWay);
  expect(usual.answer).toEqual(apollo.answer);
  expect([usual.apollo, usual.answer.headers['x-cache'], cached.reads()]).toEqual([false, undefined, 2]);
  expect(JSON.parse(usual.answer.text).errors).toHaveLength(1);
});
