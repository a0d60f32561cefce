import { createDatabase } from '@comptoir/platform/database.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { deadLetterMigrations, platformMigrations } from '@comptoir/platform/migrations.ts';
import { createSubgraph } from '@comptoir/platform/subgraph.ts';
import { testSecret } from '@comptoir/platform/testing/ask.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { executedStatements } from '@comptoir/platform/testing/executed-statements.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { expect, test } from 'vitest';
import { recordResults } from './commands/record-results.ts';
import { submitBatch } from './commands/submit-batch.ts';
import { createContext } from './context.ts';
import { entities } from './entities/entities.ts';
import { calculationMigrations } from './migrations/calculations.ts';
import { entityResolvers } from './resolvers/entities.ts';
import { createQueries } from './resolvers/queries.ts';
import { askData } from './testing/graph.ts';

const operations: Record<string, string> = {
  results: `query ($first: Int!) { results(first: $first) { totalCount nodes { text task { n1 submittedBy { id } batch { state } results { text task { state } } } } } }`,
  tasks: `query ($first: Int!) { tasks(first: $first) { nodes { state batch { submittedBy { id } throughput } results { task { operation } } } } }`,
};

test('an operation takes as many statements for 100 rows as for 10, and a list with its count takes one', async () => {
  await using server = await createTestDatabase();
  const metrics = createMetrics({ service: 'compute', instanceId: 'test', processMetrics: false });
  const name = `${server.prefix}compute`;
  const migrations = [...platformMigrations, ...deadLetterMigrations, ...calculationMigrations];
  const database = createDatabase({ url: server.url, database: name, entities, migrations }, { log: testLog(), metrics });
  const subgraph = createSubgraph({
    name: 'compute',
    host: '127.0.0.1',
    port: 0,
    secret: testSecret,
    log: testLog(),
    metrics,
    health: createHealth(),
    context: (scope) => createContext(database, scope),
    resolvers: { ...entityResolvers, ...createQueries({ queueReporter: { report: () => Promise.reject(new Error('no broker here')) } }) },
  });
  const statements = () => executedStatements(metrics);
  try {
    await database.start();
    await subgraph.start();
    const input = { source: 'WEB' as const, tasks: Array.from({ length: 120 }, (_, n1) => ({ n1, n2: 1, operation: 'ADD' as const })) };
    await submitBatch(database, { input, consumerId: 'c' });
    const tasks = await database.query<{ id: string; n1: number }>('SELECT id, n1 FROM task');
    const outcomes = await recordResults(
      database,
      tasks.map(({ id, n1 }) => ({
        taskId: id,
        n1,
        n2: 1,
        operation: 'ADD',
        source: 'WEB',
        value: n1 + 1,
        workerId: 'w',
        processingSeconds: 0,
        completedAt: new Date(),
      })),
    );
    expect(new Set(outcomes)).toEqual(new Set(['stored']));
    for (const [list, document] of Object.entries(operations)) {
      const counts: number[] = [];
      for (const first of [10, 100]) {
        const before = await statements();
        expect((await askData(subgraph.url(), document, { first }))[list].nodes).toHaveLength(first);
        counts.push((await statements()) - before);
      }
      expect(counts[0], list).toBeGreaterThan(1);
      expect(counts[1], list).toBe(counts[0]);
    }
    for (const list of ['results', 'tasks', 'batches', 'deadLetters']) {
      const before = await statements();
      await askData(subgraph.url(), `{ ${list}(first: 10) { nodes { id } totalCount } }`);
      expect((await statements()) - before, list).toBe(1);
    }
    const representations = tasks.slice(0, 100).map(({ id }) => ({ __typename: 'Task', id }));
    const before = await statements();
    const entitiesOf = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Task { id state } } }';
    expect((await askData(subgraph.url(), entitiesOf, { representations }))._entities).toHaveLength(100);
    expect((await statements()) - before).toBe(1);
  } finally {
    await subgraph.stop();
    await database.stop();
  }
});
