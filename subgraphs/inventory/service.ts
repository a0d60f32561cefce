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
import { inventoryTopology, mergeTopologies, serviceTopology, unrepeatedRoutes } from '@comptoir/schema/topology.ts';
import type { InventoryConfig } from './config.ts';
import { createContext } from './context.ts';
import { seedDemoCatalogue } from './demo/seed.ts';
import { entities } from './entities/entities.ts';
import { createConsumers, service } from './messages/incoming.ts';
import { inventoryMigrations } from './migrations/stock.ts';
import { readStockFigures } from './queries/stock-figures.ts';
import { createStockMetrics } from './queries/stock-metrics.ts';
import { createReservationSweeper } from './reservation-sweeper.ts';
import { entityResolvers } from './resolvers/entities.ts';
import { createMutations } from './resolvers/mutations.ts';
import { queries } from './resolvers/queries.ts';
import { createSubscriptions } from './resolvers/subscriptions.ts';
import { ensureWarehouse } from './store/products.ts';

export interface InventoryDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Inventory extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

/** Products, places and stock; takes part in the sagas of orders. Its start waits for its database, not for the broker. */
export function createInventory(config: InventoryConfig, { log, metrics, health }: InventoryDeps): Inventory {
  const { host, port, secret, production, reservationExpiryMs, sweepIntervalMs = 5_000 } = config;
  const common = { log, metrics };
  const database = createDatabase(
    { url: config.databaseUrl, database: config.database, entities, migrations: [...platformMigrations, ...inventoryMigrations] },
    common,
  );
  const link = createBrokerLink(
    { url: config.amqpUrl, name: service, topology: mergeTopologies(serviceTopology(service), inventoryTopology) },
    common,
  );
  const relay = createRelay({ service, resend: unrepeatedRoutes }, { database, link, ...common });
  const feed = createFeed({ service }, { database, ...common });
  const consumers = createConsumers({ database, link, ...common }, { expiryMs: reservationExpiryMs });
  const sweeper = createReservationSweeper({ intervalMs: sweepIntervalMs }, { database, log });

  const firstData: Service = {
    name: 'first data',
    async start() {
      if (config.demo) await seedDemoCatalogue(database, log);
      await database.transaction(ensureWarehouse);
    },
    stop: async () => undefined,
  };
  createStockMetrics(metrics, () => readStockFigures(database));
  const subgraph = createSubgraph({
    name: service,
    host,
    port,
    secret,
    production,
    health,
    ...common,
    context: (scope) => createContext(database, scope),
    openPlaces: ({ loaders }) => loaders.openPlaces(),
    resolvers: { ...entityResolvers, ...queries, ...createMutations({ database }), ...createSubscriptions({ feed }) },
  });

  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  health.register(
    'broker',
    async () => {
      const state = link.state();
      const faults = link.topologyFaults();
      if (state !== 'connected') return { state: 'degraded', detail: `${state}: events and sagas wait` };
      return faults.length > 0 ? { state: 'degraded', detail: faults.join('; ') } : { state: 'up' };
    },
    { critical: false },
  );
  const group = createServiceGroup(service, [database, firstData, link, relay, feed, ...consumers, sweeper, subgraph]);
  return { ...group, url: () => subgraph.url() };
}
