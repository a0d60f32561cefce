import { createRequire } from 'node:module';
import { queryOf, type WalkRequest, walkRequests } from '@comptoir/gateway/rest/collections/requests.ts';
import { allRoutes } from '@comptoir/gateway/rest/routes.ts';
import type { Json } from '@comptoir/gateway/testing/description.ts';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminKey, frontendKey } from '../graph.ts';
import { type System, startSystem } from '../system.ts';
import { type CheckingClient, checkingClient } from './answers.ts';
import type { Ids } from './arbitrary-values.ts';
import { type Operation, operationsOf, requestsFor } from './generated-requests.ts';
import { runHttpFile } from './http-file-runner.ts';
import { fill, walkThrough } from './walk-through.ts';

/** Generated requests for each operation: few here, `FUZZ_RUNS=2000 npm test -- every-route` for a thorough search. */
const runs = Number(process.env.FUZZ_RUNS ?? 15);
/** A request to every operation there is, on a machine that is busy with other things. */
const msForOneOfEach = 5_000;

const chapters = walkRequests(allRoutes);
const requests = chapters.flatMap(({ requests }) => requests);
const restRequests = requests.filter(({ open }) => !open);
const admin = { 'x-api-key': adminKey };

let system: System;
let client: CheckingClient;
beforeAll(async () => {
  system = await startSystem();
  client = await checkingClient(system.url);
  // Before the gateway knows them: it would keep their limits for a while.
  await limit({ 'admin-user': 10_000_000, payetonkawa: 10_000_000, 'frontend-app': 3 });
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

async function limit(perMinute: Readonly<Record<string, number>>): Promise<void> {
  const address = new URL(system.database.url);
  address.pathname = `/${system.database.prefix}accounts`;
  const database = new Client({ connectionString: address.href, query_timeout: 20_000 });
  await database.connect();
  try {
    for (const [name, count] of Object.entries(perMinute))
      await database.query('UPDATE consumer SET per_minute = $2, per_hour = greatest($2, per_hour) WHERE name = $1', [name, count]);
  } finally {
    await database.end();
  }
}

describe('every route, as the contract has it', () => {
  const credentials = {
    'X-API-Key': admin,
    'X-API-Token': { 'x-api-token': adminKey },
    'Authorization: Bearer': { authorization: `Bearer ${adminKey}` },
  };
  const ways = Object.entries(credentials).flatMap(([name, credential]) => [
    { name, credential, slash: '' as const, openToAll: name === 'X-API-Key' },
    { name, credential, slash: '/' as const, openToAll: false },
  ]);

  test.each(ways)(
    'answers $name with the documented status, headers and fields, paths ending with "$slash"',
    async ({ credential, slash }) => {
      const faults: unknown[] = [];
      await walkThrough(client, requests, {
        credential,
        slash,
        more: ({ name }) => ({ 'x-request-id': `walk-${name}` }),
        onAnswer: ({ name, status }, answer) => {
          if (answer.status !== status) faults.push([name, answer.status, answer.text.slice(0, 300)]);
          faults.push(...answer.faults);
          if (answer.headers['x-request-id'] !== `walk-${name}`) faults.push([name, 'x-request-id', answer.headers['x-request-id']]);
        },
      });
      expect(faults).toEqual([]);
    },
  );

  test('answers a POST again under its Idempotency-Key, and another body under it with 409', async () => {
    const faults: unknown[] = [];
    let posts = 0;
    await walkThrough(client, restRequests, {
      credential: admin,
      slash: '',
      more: ({ name, method }): Record<string, string> => (method === 'POST' ? { 'idempotency-key': `once-${name}` } : {}),
      onAnswer: async ({ name, method, route, status }, first, { url, body }) => {
        if (method !== 'POST' || status >= 400) return;
        posts++;
        const headers = {
          ...admin,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          'idempotency-key': `once-${name}`,
        };
        const ask = (sent: string | undefined) =>
          client.ask({ method, path: route.path, url, headers, ...(sent === undefined ? {} : { body: sent }) });
        const again = await ask(body);
        if (again.status !== first.status || again.text !== first.text)
          faults.push([name, first.status, first.text, again.status, again.text]);
        if (body === undefined) return;
        const other = await ask(JSON.stringify(changed(JSON.parse(body))));
        if (other.status !== 409) faults.push([name, body, other.status, other.text]);
        faults.push(...again.faults, ...other.faults);
      },
    });
    expect(faults).toEqual([]);
    expect(posts).toBeGreaterThan(8);
  });
});

/** The same with its first figure raised that is not an id, or else its first text made longer; null where there is neither. */
function changed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  for (const kind of ['object', 'number', 'string'])
    for (const [name, field] of Object.entries(value)) {
      if (typeof field !== kind || name.endsWith('id') || name === 'email') continue;
      const next = typeof field === 'number' ? field + 1 : typeof field === 'string' ? `${field}s` : changed(field);
      if (next !== null) return Array.isArray(value) ? [next, ...value.slice(1)] : { ...value, [name]: next };
    }
  return null;
}

describe('what no route takes', () => {
  const anyId = {
    customerId: 1,
    productId: 1,
    orderId: 1,
    categoryId: 1,
    productV1Id: 1,
    customerV1Id: 1,
    orderV1Id: 1,
    cartId: 1,
    sagaId: 'saga_x',
  };
  const sent = ({ method, route, path, query, body }: WalkRequest) => ({
    method,
    path: route.path,
    url: fill(path, anyId) + fill(queryOf({ query }), anyId),
    headers: (body === undefined ? {} : { 'content-type': 'application/json' }) as Record<string, string>,
    ...(body === undefined ? {} : { body: fill(body, anyId) }),
  });
  /** The first request of each route. */
  const first = [...new Map(restRequests.toReversed().map((request) => [request.route, request])).values()];
  const once = first.map(sent);

  test('no credential, or a wrong one, is 401', async () => {
    const credentials: Record<string, string>[] = [
      {},
      { 'x-api-key': 'nobody' },
      { 'x-api-token': 'nobody' },
      { authorization: 'Bearer nobody' },
      { authorization: 'Basic eDp5' },
    ];
    // One of them each, in turn: who is nobody is counted by address, and not for many requests.
    for (const [index, ask] of once.entries()) {
      const answer = await client.ask({ ...ask, headers: { ...ask.headers, ...credentials[index % credentials.length] } });
      expect([ask.method, ask.path, answer.status, answer.body, answer.faults]).toEqual([
        ask.method,
        ask.path,
        401,
        { detail: expect.any(String) },
        [],
      ]);
    }
  });

  test('another method is 405 with Allow', async () => {
    for (const { path, url, method } of once)
      for (const other of ['PURGE', 'PROPFIND', 'PATCH']) {
        const response = await fetch(new URL(url, system.url), { method: other, headers: admin });
        expect([path, other, response.status, await response.json()]).toEqual([path, other, 405, { detail: expect.any(String) }]);
        expect(response.headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining([method, 'OPTIONS']));
      }
  });

  test('an id that nothing can have is 404 or 422', async () => {
    const withIds = first.filter(({ route }) => route.path.includes('{'));
    expect(withIds.length).toBeGreaterThan(15);
    for (const request of withIds)
      for (const id of ['%00', 'abc', '0', '-1', '2147483648', "1'--"]) {
        const ask = sent({ ...request, path: request.route.path.replace(/\{\w+\}/, id) });
        const answer = await client.ask({ ...ask, headers: { ...admin, ...ask.headers } });
        expect([ask.method, ask.url, answer.faults]).toEqual([ask.method, ask.url, []]);
        expect([ask.method, ask.url, [404, 422].includes(answer.status)]).toEqual([ask.method, ask.url, true]);
      }
  });

  test('a body that is not JSON, not said to be, not UTF-8 or too large', async () => {
    const bodies = [
      { body: '{"a":', type: 'application/json', status: 422 },
      { body: '', type: 'application/json', status: 422 },
      { body: new Uint8Array([0x22, 0xff, 0x22]), type: 'application/json', status: 422 },
      { body: '{}', type: 'application/x-www-form-urlencoded', status: 415 },
      { body: JSON.stringify({ a: 'x'.repeat(200_000) }), type: 'application/json', status: 413 },
    ];
    for (const ask of once.filter(({ body }) => body !== undefined))
      for (const { body, type, status } of bodies) {
        const answer = await client.ask({ ...ask, headers: { ...admin, 'content-type': type }, body });
        // Clients of the calculations know 400 where the others know 422.
        const expected = status === 422 && ask.path === '/api/send_task' ? 400 : status;
        expect([ask.method, ask.path, answer.status, answer.faults]).toEqual([ask.method, ask.path, expected, []]);
      }
  });

  test('HEAD is GET without the body; a request id that cannot be one is replaced', async () => {
    for (const { path, url } of once.filter(({ method }) => method === 'GET')) {
      const answer = await client.ask({ method: 'HEAD', path, url, headers: { ...admin, 'x-request-id': 'not an id' } });
      expect([path, answer.text, answer.faults]).toEqual([path, '', []]);
      expect(answer.headers['x-request-id']).toMatch(/^[\w-]{36}$/);
    }
  });

  test('past the limit of a consumer is 429 with Retry-After', async () => {
    const ask = () => client.ask({ method: 'GET', path: '/products', url: '/products?limit=1', headers: { 'x-api-key': frontendKey } });
    for (let request = 0; request < 3; request++) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect([refused.status, refused.faults]).toEqual([429, []]);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '3', 'ratelimit-remaining': '0' });
  });
});

describe('the requests to send', () => {
  test('newman runs the Postman collection without a failure', async () => {
    const collection = (await (await fetch(new URL('/postman.json', system.url), { headers: admin })).json()) as object;
    const newman = createRequire(import.meta.url)('newman') as {
      run(
        options: object,
        done: (
          error: Error | null,
          summary: { run: { failures: { error: Error; source: { name: string } }[]; stats: { requests: { total: number } } } },
        ) => void,
      ): void;
    };
    const envVar = [
      { key: 'baseUrl', value: system.url.replace(/\/$/, '') },
      { key: 'apiKey', value: adminKey },
    ];
    const summary = await new Promise<Parameters<Parameters<typeof newman.run>[1]>[1]>((resolve, reject) =>
      newman.run({ collection, envVar, timeoutRequest: 20_000 }, (error, result) => (error ? reject(error) : resolve(result))),
    );
    expect(summary.run.failures.map(({ error, source }) => `${source.name}: ${error.message}`)).toEqual([]);
    expect(summary.run.stats.requests.total).toBe(requests.length);
  });

  test('the .http file runs as it says', async () => {
    const file = await (await fetch(new URL('/requests.http', system.url), { headers: admin })).text();
    const results = await runHttpFile(file, { baseUrl: system.url.replace(/\/$/, ''), apiKey: adminKey });
    expect(results.filter(({ expected, status }) => expected !== status)).toEqual([]);
    expect(results.map(({ name }) => name)).toEqual(requests.map(({ name }) => name));
  });
});

describe('generated requests', () => {
  const sent = { all: 0, taken: 0 };
  let ids: Ids;
  const create = async (path: string, body: object): Promise<number> => {
    const answer = await client.ask({
      method: 'POST',
      path,
      url: path,
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status, answer.text).toBe(201);
    return answer.body.id;
  };
  const fresh: Readonly<Record<string, () => Promise<number>>> = {
    customers: () => create('/customers', { nom: 'Neuf', prenom: 'Camille', email: `${crypto.randomUUID()}@example.org` }),
    products: () => create('/products', { nom: 'Neuf', prix: 1, stock: 10 }),
    orders: async () =>
      create('/orders', {
        client_id: await (fresh.customers as () => Promise<number>)(),
        lignes: [{ produit_id: 1, quantite: 1, prix_unitaire: 1 }],
      }),
  };

  beforeAll(async () => {
    const some = async (path: string) =>
      ((await client.ask({ method: 'GET', path, url: `${path}?limit=20`, headers: admin })).body as { id: number }[]).map(({ id }) => id);
    const [customers, products, orders, categories, carts] = await Promise.all(
      ['/customers', '/products', '/orders', '/api/v1/categories', '/api/v1/carts'].map(some),
    );
    const sagas = (
      (await client.ask({ method: 'GET', path: '/api/v1/sagas', url: '/api/v1/sagas', headers: admin })).body as { saga_id: string }[]
    ).map(({ saga_id }) => saga_id);
    ids = {
      client_id: customers ?? [],
      customer_id: customers ?? [],
      produit_id: products ?? [],
      product_id: products ?? [],
      order_id: orders ?? [],
      categorie_id: categories ?? [],
      parent_id: categories ?? [],
      cart_id: carts ?? [],
      saga_id: sagas,
      magasin_id: [1, 2],
      fournisseur_id: [1, 2],
    };
  });

  test('an empty telephone or barcode is none, as the description says', async () => {
    const empty = {
      updateCustomer: { body: { telephone: '' }, id: await (fresh.customers as () => Promise<number>)() },
      updateProductV1: { body: { code_barres: ' ' }, id: await (fresh.products as () => Promise<number>)() },
    };
    for (const { method, path, operationId, bodySchema } of operationsOf(client)) {
      if (!(operationId in empty)) continue;
      const { id, body } = empty[operationId as keyof typeof empty];
      const url = path.replace('{id}', String(id));
      const headers = { ...admin, 'content-type': 'application/json' };
      const answer = await client.ask({ method, path, url, headers, body: JSON.stringify(body) });
      const [field = ''] = Object.keys(body);
      expect([operationId, client.check.validator(bodySchema as Json)(body)]).toEqual([operationId, true]);
      expect([operationId, answer.status, answer.body[field], answer.faults]).toEqual([operationId, 200, null, []]);
    }
  });

  test('a path with a % that begins no character is that of a resource which is not there', async () => {
    const url = '/api/v1/sagas/100%';
    const answer = await client.ask({ method: 'GET', path: '/api/v1/sagas/{saga_id}', url, headers: admin });
    expect([answer.status, answer.faults]).toEqual([404, []]);
  });

  /** Sends generated requests to one operation; throws at the first answer that is not to be. */
  async function search(operation: Operation): Promise<void> {
    const { method, path, operationId } = operation;
    const kind = /(\w+)\/\{id\}$/.exec(path)?.[1] ?? '';
    const changesForGood = method === 'DELETE' || operationId === 'updateOrder';
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(requestsFor(client, operation, ids), async (request) => {
        // What is deleted, or goes a way of no return, is made for it, so that the next request finds its own.
        const id = changesForGood && /\/\d{1,6}($|\?)/.test(request.url) ? await fresh[kind]?.() : undefined;
        const url = id === undefined ? request.url : request.url.replace(/\/\d+($|\?)/, `/${id}$1`);
        const answer = await client.ask({ ...request, url, headers: { ...admin, ...request.headers } });
        expect(answer.faults).toEqual([]);
        expect(answer.status).toBeLessThan(500);
        if (request.wrong) expect([answer.status >= 400, request.body]).toEqual([true, request.body]);
        sent.all++;
        if (answer.status < 300) {
          taken++;
          if (id !== undefined && method === 'DELETE') {
            const gone = await client.ask({ method: 'GET', path, url, headers: admin });
            expect([url, gone.status]).toEqual([url, 404]);
          }
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
    // Of few requests it may be that none was taken: half of them are made wrong, and some ways are rarely open.
    if (runs >= 200) expect([operationId, taken > 0]).toEqual([operationId, true]);
    sent.taken += taken;
  }

  test(`no answer of ${runs} requests to each operation is a fault of ours or outside the description`, {
    timeout: 60_000 + runs * msForOneOfEach,
  }, async () => {
    const found: string[] = [];
    for (const operation of operationsOf(client)) {
      // One that is found must not hide those of the operations after it.
      await search(operation).catch(({ message, cause }: Error) => found.push(`${operation.operationId}: ${message}\n${cause ?? ''}`));
      if (runs >= 200) console.info(`${operation.operationId}: ${runs} requests`);
    }
    expect(found).toEqual([]);
    expect(sent.taken / sent.all).toBeGreaterThan(0.3);
  });
});
