import { createDatabase } from '@comptoir/platform/database.ts';
import { createFeed } from '@comptoir/platform/feed.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { createSubgraph } from '@comptoir/platform/subgraph.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../context.ts';
import { seedDemoCustomers } from '../demo/seed.ts';
import { CustomerEntity } from '../entities/customer.ts';
import { customerMigrations } from '../migrations/customers.ts';
import { createResolvers } from '../resolvers/resolvers.ts';

/** The graph on the customers of the demo and nothing beside it, so that every statement on the database is the graph's. */
async function startGraph() {
  const server = await createTestDatabase();
  const log = testLog();
  const metrics = createMetrics({ service: 'customers', instanceId: 'test', processMetrics: false });
  const migrations = [...platformMigrations, ...customerMigrations];
  const database = createDatabase(
    { url: server.url, database: `${server.prefix}customers`, entities: [CustomerEntity], migrations },
    { log, metrics },
  );
  await database.start();
  await seedDemoCustomers(database, log);
  const subgraph = createSubgraph({
    name: 'customers',
    host: '127.0.0.1',
    port: 0,
    secret: null,
    log,
    metrics,
    health: createHealth(),
    context: (scope) => createContext(database, scope),
    // The feed is not started: nobody subscribes.
    resolvers: createResolvers({ database, feed: createFeed({ service: 'customers' }, { database, log }) }),
  });
  await subgraph.start();
  const executed = async () =>
    Number(/_count\{.*\} (\d+)/.exec(await metrics.registry.getSingleMetricAsString('db_query_duration_seconds'))?.[1]);
  return {
    async statementsOf(query: string): Promise<number> {
      const before = await executed();
      const answer = await fetch(subgraph.url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { errors } = (await answer.json()) as { errors?: { message: string }[] };
      if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
      return (await executed()) - before;
    },
    async [Symbol.asyncDispose]() {
      await subgraph.stop();
      await database.stop();
      await server[Symbol.asyncDispose]();
    },
  };
}

let graph: Awaited<ReturnType<typeof startGraph>>;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

describe('the number of SQL statements', () => {
  it.each([
    ['a list', 3, (first: number) => `{ customers(search: "a", first: ${first}) { nodes { id lastName email } totalCount } }`],
    [
      'references',
      1,
      (first: number) =>
        `{ _entities(representations: [${Array.from({ length: first }, (_, index) => `{ __typename: "Customer", id: "${index + 1}" }`).join()}]) { ... on Customer { lastName } } }`,
    ],
  ])('of %s is %i, for 10 and for 100', async (_what, expected, document) => {
    expect([await graph.statementsOf(document(10)), await graph.statementsOf(document(100))]).toEqual([expected, expected]);
  });
});
