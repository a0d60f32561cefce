import { createDatabase } from '@comptoir/platform/database.ts';
import type { Health } from '@comptoir/platform/health.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { createServiceGroup, type Service } from '@comptoir/platform/service.ts';
import { createSubgraph } from '@comptoir/platform/subgraph.ts';
import { refuseDemoConsumers, seedDemoConsumers } from './commands/demo-data.ts';
import type { AccountsConfig } from './config.ts';
import { ConsumerEntity } from './entities/consumer.ts';
import { consumerMigrations } from './migrations/consumers.ts';
import { createConsumerLoader } from './queries/consumers.ts';
import { type AccountsContext, createResolvers } from './resolvers/resolvers.ts';

export interface AccountsDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Accounts extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

/** Who may use the system: consumers and their API keys. In production it refuses to start with demo data, there or asked for. */
export function createAccounts(config: AccountsConfig, { log, metrics, health }: AccountsDeps): Accounts {
  const { host, port, secret, production, demo } = config;
  const common = { log, metrics };
  const database = createDatabase(
    { url: config.databaseUrl, database: config.database, entities: [ConsumerEntity], migrations: consumerMigrations },
    common,
  );
  const demoData: Service = {
    name: 'demo data',
    async start() {
      if (production && demo) throw new Error('DEMO=on creates keys that everybody knows: it cannot be used with NODE_ENV=production');
      if (production) await refuseDemoConsumers(database);
      if (demo) await seedDemoConsumers(database);
    },
    stop: async () => undefined,
  };
  const subgraph = createSubgraph<AccountsContext>({
    name: 'accounts',
    host,
    port,
    secret,
    production,
    health,
    ...common,
    context({ principal }) {
      const em = database.fork();
      return { principal, em, consumers: createConsumerLoader(em) };
    },
    resolvers: createResolvers({ trusting: secret === null }),
  });
  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  return { ...createServiceGroup('accounts', [database, demoData, subgraph]), url: () => subgraph.url() };
}
