import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from './database.ts';
import { deadlineHeader } from './deadline.ts';
import { createHealth } from './health.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { OperationScope } from './operation-scope.ts';
import { principalHeader, signPrincipal } from './principal.ts';
import { createSubgraphOf, type Subgraph } from './subgraph.ts';
import { createTestDatabase, type TestDatabase } from './testing/database.ts';

const secret = 'a secret that only tests know';
const lines: Record<string, unknown>[] = [];
let server: TestDatabase;
let database: Database;
let subgraph: Subgraph;
let signal: AbortSignal | undefined;

beforeAll(async () => {
  server = await createTestDatabase();
  database = await server.open();
  await database.query('CREATE TABLE note (text text)');
  subgraph = createSubgraphOf(parse('type Query { sleeps: Boolean, waits: Boolean } type Mutation { writes: Boolean }'), {
    name: 'slow',
    host: '127.0.0.1',
    port: 0,
    secret,
    context: (scope: OperationScope) => ({ ...scope }),
    resolvers: {
      Query: {
        sleeps: () => database.query('SELECT pg_sleep(60)'),
        waits: (_: unknown, __: unknown, scope: OperationScope) => {
          signal = scope.signal;
          return new Promise((_resolve, reject) => scope.signal.addEventListener('abort', () => reject(scope.signal.reason)));
        },
      },
      Mutation: {
        writes: () =>
          database.transaction(async (em) => {
            await em.execute("INSERT INTO note VALUES ('half')");
            await em.execute('SELECT pg_sleep(60)');
            return true;
          }),
      },
    },
    log: createLog({ service: 'test', level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    metrics: createMetrics({ service: 'test', instanceId: 'test', processMetrics: false }),
    health: createHealth(),
  });
  await subgraph.start();
});
afterAll(async () => {
  await subgraph?.stop();
  await server?.[Symbol.asyncDispose]();
});

const ask = (query: string, { deadlineMs, leaves }: { deadlineMs?: number; leaves?: AbortSignal } = {}) =>
  fetch(subgraph.url(), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [principalHeader]: signPrincipal({ consumerId: 'c1', name: 'somebody', roles: ['ADMIN'], stores: null }, secret),
      ...(deadlineMs !== undefined && { [deadlineHeader]: String(deadlineMs) }),
    },
    body: JSON.stringify({ query }),
    ...(leaves && { signal: leaves }),
  });
const sleeping = async () => {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`,
  );
  return row?.count;
};

test('a statement that is not done by the deadline is given up by the database, and the connection goes on', async () => {
  const answer = await ask('{ sleeps }', { deadlineMs: 200 });
  expect(await answer.json()).toEqual({
    data: { sleeps: null },
    errors: [expect.objectContaining({ extensions: { code: 'SERVICE_UNAVAILABLE' }, path: ['sleeps'] })],
  });
  expect(await sleeping()).toBe(0);
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('so is one whose client has left', async () => {
  const leaves = new AbortController();
  const answer = ask('{ sleeps }', { leaves: leaves.signal });
  answer.catch(() => undefined);
  await expect.poll(sleeping, { timeout: 10_000 }).toBe(1);
  leaves.abort();
  await expect.poll(sleeping, { timeout: 10_000 }).toBe(0);
});

test('a mutation that is given up leaves nothing half done', async () => {
  const answer = await ask('mutation { writes }', { deadlineMs: 200 });
  expect(((await answer.json()) as { errors: unknown[] }).errors).toHaveLength(1);
  expect(await database.query('SELECT * FROM note')).toEqual([]);
});

test('the signal of the operation fires at the deadline', async () => {
  const answer = await ask('{ waits }', { deadlineMs: 100 });
  expect(((await answer.json()) as { errors: unknown[] }).errors).toHaveLength(1);
  expect(signal?.aborted).toBe(true);
});
