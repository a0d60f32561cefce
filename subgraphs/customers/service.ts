import { createBrokerLink } from '@comptoir/platform/broker/link.ts';
import { createDatabase } from '@comptoir/platform/database.ts';
import { createFeed } from '@comptoir/platform/feed.ts';
import type { Health } from '@comptoir/platform/health.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { createRelay } from '@comptoir/platform/relay.ts';
import { createServiceGroup, type Service } from '@comptoir/platform/service.ts';
import { createSubgraph } from '@comptoir/platform/subgraph.ts';
import { customersTopology, unrepeatedRoutes } from '@comptoir/schema/topology.ts';
import type { CustomersConfig } from './config.ts';
import { createContext } from './context.ts';
import { seedDemoCustomers } from './demo/seed.ts';
import { CustomerEntity } from './entities/customer.ts';
import { customerMigrations } from './migrations/customers.ts';
import { createResolvers } from './resolvers/resolvers.ts';

export interface CustomersDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Customers extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

const service = 'customers';

/** Who buys. Its start waits for its database, not for the broker. */
export function createCustomers(config: CustomersConfig, { log, metrics, health }: CustomersDeps): Customers {
  const { host, port, secret, production } = config;
  const common = { log, metrics };
  const database = createDatabase(
    {
      url: config.databaseUrl,
      database: config.database,
      entities: [CustomerEntity],
      migrations: [...platformMigrations, ...customerMigrations],
    },
    common,
  );
  const link = createBrokerLink({ url: config.amqpUrl, name: service, topology: customersTopology }, common);
  const relay = createRelay({ service, resend: unrepeatedRoutes }, { database, link, ...common });
  const feed = createFeed({ service }, { database, ...common });
  const demoData: Service = {
    name: 'demo data',
    async start() {
      if (config.demo) await seedDemoCustomers(database, log);
    },
    stop: async () => undefined,
  };
  const subgraph = createSubgraph({
    name: service,
    host,
    port,
    secret,
    production,
    health,
    ...common,
    context: (scope) => createContext(database, scope),
    resolvers: createResolvers({ database, feed }),
  });

  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  health.register(
    'broker',
    async () => {
      const state = link.state();
      const faults = link.topologyFaults();
      if (state !== 'connected') return { state: 'degraded', detail: `${state}: events wait` };
      return faults.length > 0 ? { state: 'degraded', detail: faults.join('; ') } : { state: 'up' };
    },
    { critical: false },
  );
  const group = createServiceGroup(service, [database, demoData, link, relay, feed, subgraph]);
  return { ...group, url: () => subgraph.url() };
}
