import {
  createSubgraphBase,
  createSubgraphService,
  type SubgraphService,
  type SubgraphServiceDeps,
} from '@comptoir/platform/subgraph-service.ts';
import { commandQueue, mergeTopologies, ordersTopology, serviceTopology } from '@comptoir/schema/topology.ts';
import type { OrdersConfig } from './config.ts';
import { createContext } from './context.ts';
import { entities } from './entities/entities.ts';
import { createConsumers, service } from './messages/incoming.ts';
import { ordersMigrations } from './migrations/orders.ts';
import { createHttpProvider } from './payments/http-provider.ts';
import type { PaymentProvider } from './payments/provider.ts';
import { readOrderFigures } from './queries/order-figures.ts';
import { createOrderMetrics } from './queries/order-metrics.ts';
import { entityResolvers } from './resolvers/entities.ts';
import { createMutations } from './resolvers/mutations.ts';
import { queries } from './resolvers/queries.ts';
import { createSubscriptions } from './resolvers/subscriptions.ts';
import { createWaitingCommands } from './waiting-commands.ts';

export interface OrdersDeps extends SubgraphServiceDeps {
  /** By default the one at `paymentProviderUrl`. */
  readonly provider?: PaymentProvider;
}

/** Orders, carts, payments and shipments; takes part in the sagas of orders. Its start waits for its database, not for broker or payment provider. */
export function createOrders(config: OrdersConfig, deps: OrdersDeps): SubgraphService {
  const { customerPatienceMs: patienceMs = 2_500 } = config;
  const provider = deps.provider ?? createHttpProvider({ url: config.paymentProviderUrl, timeoutMs: config.paymentTimeoutMs });
  const base = createSubgraphBase(
    {
      name: service,
      config,
      entities,
      migrations: ordersMigrations,
      topology: mergeTopologies(serviceTopology(service), ordersTopology),
      waiting: 'events and sagas wait',
    },
    deps,
  );
  const { database, feed, metrics, health } = base;
  const waiting = createWaitingCommands({ consumer: commandQueue('orders'), patienceMs }, base);
  const consumers = createConsumers({ ...base, provider, waiting });
  createOrderMetrics(metrics, () => readOrderFigures(database));

  health.register(
    'payment provider',
    async (signal) => {
      await provider.ping(signal);
      return { state: 'up' };
    },
    { critical: false },
  );
  return createSubgraphService(base, {
    parts: [waiting, ...consumers],
    context: (scope) => createContext(database, scope),
    resolvers: { ...entityResolvers, ...queries, ...createMutations({ database, provider }), ...createSubscriptions({ database, feed }) },
  });
}
