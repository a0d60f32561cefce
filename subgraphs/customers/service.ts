import type { Service } from '@comptoir/platform/service.ts';
import {
  createSubgraphBase,
  createSubgraphService,
  type SubgraphService,
  type SubgraphServiceDeps,
} from '@comptoir/platform/subgraph-service.ts';
import { customersTopology } from '@comptoir/schema/topology.ts';
import type { CustomersConfig } from './config.ts';
import { createContext } from './context.ts';
import { seedDemoCustomers } from './demo/seed.ts';
import { CustomerEntity } from './entities/customer.ts';
import { customerMigrations } from './migrations/customers.ts';
import { createResolvers } from './resolvers/resolvers.ts';

const service = 'customers';

/** Who buys. Its start waits for its database, not for the broker. */
export function createCustomers(config: CustomersConfig, deps: SubgraphServiceDeps): SubgraphService {
  const base = createSubgraphBase(
    {
      name: service,
      config,
      entities: [CustomerEntity],
      migrations: customerMigrations,
      topology: customersTopology,
      waiting: 'events wait',
    },
    deps,
  );
  const { database, feed, log } = base;
  const demoData: Service = {
    name: 'demo data',
    async start() {
      if (config.demo) await seedDemoCustomers(database, log);
    },
    stop: async () => undefined,
  };

  return createSubgraphService(base, {
    first: [demoData],
    context: (scope) => createContext(database, scope),
    resolvers: createResolvers({ database, feed }),
  });
}
