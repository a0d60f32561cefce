import type { SubgraphName } from '@comptoir/schema/sdl.ts';
import { createDatabase, type Database, type DatabaseConfig } from '../database.ts';
import { createHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { platformMigrations } from '../migrations.ts';
import { createSubgraph, type SubgraphConfig } from '../subgraph.ts';
import { createTestDatabase } from './database.ts';
import { executedStatements } from './executed-statements.ts';
import { testLog } from './log.ts';

interface CountedGraphConfig<C extends object> extends Pick<DatabaseConfig, 'entities' | 'migrations'> {
  readonly name: SubgraphName;
  /** What the graph tells of; called once the database is there. */
  fill?(database: Database, log: Log): Promise<unknown>;
  serve(database: Database, log: Log): Pick<SubgraphConfig<C>, 'context' | 'resolvers'>;
}

/** The graph of a subgraph and nothing beside it, so that every statement on its database is the graph's. `migrations`: after the platform's. */
export async function startCountedGraph<C extends object>({ name, migrations, fill, serve, ...config }: CountedGraphConfig<C>) {
  const server = await createTestDatabase();
  const log = testLog();
  const metrics = createMetrics({ service: name, instanceId: 'test', processMetrics: false });
  const database = createDatabase(
    { ...config, url: server.url, database: `${server.prefix}${name}`, migrations: [...platformMigrations, ...migrations] },
    { log, metrics },
  );
  await database.start();
  await fill?.(database, log);
  const subgraph = createSubgraph<C>({
    name,
    host: '127.0.0.1',
    port: 0,
    secret: null,
    log,
    metrics,
    health: createHealth(),
    ...serve(database, log),
  });
  await subgraph.start();

  /** A document's answer, and how many SQL statements it took. Rejects where the answer has errors. */
  async function ask(query: string) {
    const before = await executedStatements(metrics);
    const answer = await fetch(subgraph.url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: answers of any shape
    const { data, errors } = (await answer.json()) as { data: any; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return { data, statements: (await executedStatements(metrics)) - before };
  }
  return {
    database,
    ask,
    statementsOf: async (query: string) => (await ask(query)).statements,
    async [Symbol.asyncDispose]() {
      await subgraph.stop();
      await database.stop();
      await server[Symbol.asyncDispose]();
    },
  };
}
