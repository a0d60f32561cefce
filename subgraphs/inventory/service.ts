import type { Service } from '@comptoir/platform/service.ts';
import {
  createSubgraphBase,
  createSubgraphService,
  type SubgraphService,
  type SubgraphServiceDeps,
} from '@comptoir/platform/subgraph-service.ts';
import { inventoryTopology, mergeTopologies, serviceTopology } from '@comptoir/schema/topology.ts';
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

/** Products, places and stock; takes part in the sagas of orders. Its start waits for its database, not for the broker. */
export function createInventory(config: InventoryConfig, deps: SubgraphServiceDeps): SubgraphService {
  const { reservationExpiryMs: expiryMs, sweepIntervalMs: intervalMs = 5_000 } = config;
  const base = createSubgraphBase(
    {
      name: service,
      config,
      entities,
      migrations: inventoryMigrations,
      topology: mergeTopologies(serviceTopology(service), inventoryTopology),
      waiting: 'events and sagas wait',
    },
    deps,
  );
  const { database, feed, log, metrics } = base;
  const consumers = createConsumers(base, { expiryMs });
  const sweeper = createReservationSweeper({ intervalMs }, base);

  const firstData: Service = {
    name: 'first data',
    async start() {
      if (config.demo) await seedDemoCatalogue(database, log);
      await database.transaction(ensureWarehouse);
    },
    stop: async () => undefined,
  };
  createStockMetrics(metrics, () => readStockFigures(database));

  return createSubgraphService(base, {
    first: [firstData],
    parts: [...consumers, sweeper],
    context: (scope) => createContext(database, scope),
    openPlaces: ({ loaders }) => loaders.openPlaces(),
    resolvers: { ...entityResolvers, ...queries, ...createMutations({ database }), ...createSubscriptions({ feed }) },
  });
}
