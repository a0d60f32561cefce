import { createFeed } from '@comptoir/platform/feed.ts';
import { startCountedGraph } from '@comptoir/platform/testing/counted-graph.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '../context.ts';
import { consumerMigrations } from '../migrations/consumers.ts';
import { staffMigrations } from '../migrations/staff.ts';
import { createResolvers } from '../resolvers/resolvers.ts';
import { createPasswords } from '../security/passwords.ts';

/** The graph on 100 of everything. */
const startGraph = () =>
  startCountedGraph({
    name: 'accounts',
    migrations: [...consumerMigrations, ...staffMigrations],
    async fill(database) {
      await database.query(
        `INSERT INTO staff (name, login, stores, password_hash) SELECT 'Nom ' || n, 'login' || n, '{1}', '' FROM generate_series(1, 100) n`,
      );
      await database.query(
        `INSERT INTO staff_role SELECT id, unnest(ARRAY['CLERK', CASE WHEN id % 2 = 0 THEN 'ANALYST' ELSE 'WAREHOUSE' END]) FROM staff`,
      );
      await database.query(
        `INSERT INTO consumer (id, name, roles) SELECT 'c' || n, 'Programme ' || n, '{INTEGRATION}' FROM generate_series(1, 100) n`,
      );
      await database.query(`INSERT INTO api_key (hash, consumer_id) SELECT sha256(id::bytea), id FROM consumer`);
      await database.query(
        `INSERT INTO audit_entry (occurred_at, actor_id, actor_name, action, entity_type, entity_id, store_ids, summary, changes)
         SELECT now(), CASE WHEN n % 2 = 0 THEN 'staff:' || n ELSE 'c' || n END, '', 'product.updated', 'product', n, '{1}', '', '[]' FROM generate_series(1, 100) n`,
      );
    },
    serve: (database, log) => ({
      context: (scope) => createContext(database, scope),
      resolvers: createResolvers({
        database,
        // The feed is not started: nobody subscribes.
        feed: createFeed({ service: 'accounts' }, { database, log }),
        passwords: createPasswords(),
        signIn: null,
        signIns: { inc: () => undefined },
      }),
    }),
  });

let graph: Awaited<ReturnType<typeof startGraph>>;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const references = (first: number, make: (n: number) => string) => Array.from({ length: first }, (_, index) => make(index + 1)).join();

describe('the number of SQL statements', () => {
  it.each([
    [
      'staff',
      2,
      (first: number) => `{ staff(first: ${first}, search: "nom") { nodes { login roles givenRoles { name } stores { id } } totalCount } }`,
    ],
    ['API keys', 2, (first: number) => `{ apiKeys(first: ${first}) { nodes { prefix consumer { name } } totalCount } }`],
    ['the audit log', 3, (first: number) => `{ auditLog(first: ${first}) { nodes { summary stores { id } actor { name } } totalCount } }`],
    [
      'references to people and programs',
      2,
      (first: number) =>
        `{ _entities(representations: [${references(first, (n) => `{ __typename: "Consumer", id: "${n % 2 === 0 ? 'staff:' : 'c'}${n}" }`)}]) { ... on Consumer { name } } }`,
    ],
    [
      'references to staff',
      1,
      (first: number) =>
        `{ _entities(representations: [${references(first, (n) => `{ __typename: "StaffMember", id: "${n}" }`)}]) { ... on StaffMember { login } } }`,
    ],
  ])('of %s is %i, for 10 and for 100', async (_what, expected, document) => {
    expect([await graph.statementsOf(document(10)), await graph.statementsOf(document(100))]).toEqual([expected, expected]);
  });
});
