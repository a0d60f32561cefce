import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { createSubgraph, type Subgraph } from '@comptoir/platform/subgraph.ts';
import type { SubgraphUrls } from '@comptoir/schema/compose.ts';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway } from '../service.ts';
import { testKeys } from './test-app.ts';
import { createTestCalculator } from './test-calculator.ts';

/** The subgraphs that this test does not ask. */
const nobody = Object.fromEntries(subgraphNames.map((name) => [name, 'http://127.0.0.1:1/graphql'])) as SubgraphUrls;
const secret = 'secret-of-this-test-only';
const log = createLog({ service: 'gateway', level: 'silent' });
const deps = () => ({
  log,
  metrics: createMetrics({ service: 'gateway', instanceId: 'gateway-it', processMetrics: false }),
  health: createHealth(),
});

const calculator = createTestCalculator();
const [queries, mutations] = [
  ['stats', 'queues', 'results'],
  ['submitCalculation', 'clearStats'],
].map((names) => Object.fromEntries(names.map((name) => [name, (_root: unknown, args: unknown) => calculator.fields[name]?.(args)])));
const consumer = (key: string) => {
  const caller = testKeys[key];
  return caller && { ...caller, id: caller.consumerId, demo: true, createdAt: new Date() };
};

/** The facade, the federated graph and its subgraphs on real sockets; only what stands behind the resolvers is made up. */
let compute: Subgraph;
let accounts: Subgraph;
let gateway: Gateway;
beforeAll(async () => {
  const subgraph = { host: '127.0.0.1', port: 0, secret, context: () => ({}) };
  compute = createSubgraph({ ...subgraph, ...deps(), name: 'compute', resolvers: { Query: queries, Mutation: mutations } });
  const consumerByApiKey = (_root: unknown, { key }: { key: string }) => consumer(key) ?? null;
  accounts = createSubgraph({ ...subgraph, ...deps(), name: 'accounts', resolvers: { Query: { consumerByApiKey } } });
  await Promise.all([compute.start(), accounts.start()]);
  gateway = createGateway(
    {
      host: '127.0.0.1',
      port: 0,
      secret,
      subgraphUrls: { ...nobody, compute: compute.url(), accounts: accounts.url() },
      auth: true,
      production: false,
      demo: false,
      webRoot: 'clients/web/dist',
    },
    deps(),
  );
  await gateway.start();
});
afterAll(async () => {
  for (const service of [gateway, compute, accounts]) await service?.stop();
});

const call = (path: string, { headers, body, method }: { headers?: Record<string, string>; body?: unknown; method?: string } = {}) =>
  fetch(gateway.url() + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const admin = { 'x-api-key': 'admin-key' };

describe('the whole way through the federated graph', () => {
  test.each<Record<string, string>>([admin, { 'x-api-token': 'admin-key' }, { authorization: 'Bearer admin-key' }])(
    'the documented run gives its eight results with %o',
    async (headers) => {
      await call('/api/clear_stats/', { headers, method: 'POST' });
      const run = [
        { n1: 10, n2: 5, operation: 'add' },
        { n1: 20, n2: 3, operation: 'sub' },
        { n1: 7, n2: 4, operation: 'mul' },
        { n1: 15, n2: 3, operation: 'div' },
        { n1: 100, n2: 10, operation: 'all' },
      ];
      for (const body of run) {
        const answer = await call('/api/send_task', { headers, body });
        expect([answer.status, await answer.json()]).toEqual([
          200,
          { success: true, request_id: expect.any(String), message: 'Tâche envoyée' },
        ]);
      }
      const stats = (await (await call('/api/stats', { headers })).json()) as { recent_results: { result: number }[] };
      expect(stats).toMatchObject({ sent_tasks: 5, received_results: 8, operations: { add: 2, sub: 2, mul: 2, div: 2 } });
      expect(stats.recent_results.map(({ result }) => result).sort((a, b) => a - b)).toEqual([5, 10, 15, 17, 28, 90, 110, 1000]);
    },
  );

  test('division by zero comes as text', async () => {
    await call('/api/send_task', { headers: admin, body: { n1: -1, n2: 0, operation: 'div', source: 'auto' } });
    const [newest] = (await (await call('/api/auto_results', { headers: admin })).json()) as { result: unknown }[];
    expect(newest?.result).toBe('-Infinity');
  });

  test('an idempotency key reaches the mutation', async () => {
    const send = (n1: number) =>
      call('/api/send_task', { headers: { ...admin, 'idempotency-key': 'it-1' }, body: { n1, n2: 1, operation: 'add' } });
    const [first, again] = [await (await send(1)).json(), await (await send(1)).json()];
    expect(again).toEqual(first);
    expect((await send(2)).status).toBe(409);
  });

  test('a key without the right is refused, one that nobody has is unknown', async () => {
    const body = { n1: 1, n2: 1, operation: 'add' };
    expect((await call('/api/send_task', { headers: { 'x-api-key': 'device-key' }, body })).status).toBe(403);
    expect((await call('/api/send_task', { headers: { 'x-api-key': 'nobody' }, body })).status).toBe(401);
    expect((await call('/api/stats', { headers: { 'x-api-key': 'device-key' } })).status).toBe(403);
    expect((await call('/api/stats', { headers: admin })).status).toBe(200);
  });

  test('GraphQL over HTTP is counted against the same limits as REST', async () => {
    const headers = { 'x-api-key': 'small-key' };
    for (const remaining of ['2', '1', '0']) {
      const answer =
        remaining === '1' ? await call('/api/stats', { headers }) : await call('/graphql', { headers, body: { query: '{ __typename }' } });
      expect([answer.status, answer.headers.get('ratelimit-remaining')]).toEqual([200, remaining]);
    }
    const [graphql, rest] = [await call('/graphql', { headers, body: { query: '{ __typename }' } }), await call('/api/stats', { headers })];
    expect([graphql.status, rest.status]).toEqual([429, 429]);
    expect(await graphql.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });

  test('every answer of the gateway carries ids, time and limits', async () => {
    for (const path of ['/', '/api/stats', '/api/nothing', '/nothing', '/health', '/metrics', '/docs', '/openapi.json', '/graphql']) {
      const answer = await call(path, { headers: { 'x-request-id': 'it' } });
      for (const name of ['x-instance-id', 'x-response-time', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset']) {
        expect([path, name, answer.headers.get(name)]).toEqual([path, name, expect.any(String)]);
      }
      expect(answer.headers.get('x-request-id')).toBe('it');
    }
  });
});

describe('a part that is down', () => {
  test('is 503 with Retry-After: compute, then accounts for a key that is not known yet', async () => {
    await compute.stop();
    for (const path of ['/api/stats', '/api/queue_status']) {
      const answer = await call(path, { headers: admin });
      expect([path, answer.status]).toEqual([path, 503]);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.json()).toEqual({ detail: expect.any(String) });
    }
    expect((await call('/api/send_task', { headers: admin, body: { n1: 1, n2: 1, operation: 'add' } })).status).toBe(503);
    await accounts.stop();
    expect((await call('/api/stats', { headers: { 'x-api-key': 'never-seen' } })).status).toBe(503);
    expect((await call('/docs')).status).toBe(200);
  });
});
