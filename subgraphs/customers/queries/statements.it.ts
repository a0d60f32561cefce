import { createFeed } from '@comptoir/platform/feed.ts';
import { startCountedGraph } from '@comptoir/platform/testing/counted-graph.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../context.ts';
import { seedDemoCustomers } from '../demo/seed.ts';
import { CustomerEntity } from '../entities/customer.ts';
import { customerMigrations } from '../migrations/customers.ts';
import { createResolvers } from '../resolvers/resolvers.ts';

/** The graph on the customers of the demo. */
const startGraph = () =>
  startCountedGraph({
    name: 'customers',
    entities: [CustomerEntity],
    migrations: customerMigrations,
    fill: seedDemoCustomers,
    serve: (database, log) => ({
      context: (scope) => createContext(database, scope),
      // The feed is not started: nobody subscribes.
      resolvers: createResolvers({ database, feed: createFeed({ service: 'customers' }, { database, log }) }),
    }),
  });

let graph: Awaited<ReturnType<typeof startGraph>>;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

describe('the number of SQL statements', () => {
  it.each([
    ['a list', 1, (first: number) => `{ customers(search: "a", first: ${first}) { nodes { id lastName email } totalCount } }`],
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
