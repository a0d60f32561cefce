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
import { commandQueue, mergeTopologies, ordersTopology, serviceTopology, unrepeatedRoutes } from '@comptoir/schema/topology.ts';
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

export interface OrdersDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
  /** By default the one at `paymentProviderUrl`. */
  readonly provider?: PaymentProvider;
}

export interface Orders extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

/** Orders, carts, payments and shipments; takes part in the sagas of orders. Its start waits for its database, not for broker or payment provider. */
export function createOrders(config: OrdersConfig, deps: OrdersDeps): Orders {
  const { host, port, secret, production, customerPatienceMs: patienceMs = 2_500 } = config;
  const { log, metrics, health } = deps;
  const provider = deps.provider ?? createHttpProvider({ url: config.paymentProviderUrl, timeoutMs: config.paymentTimeoutMs });
  const common = { log, metrics };
  const database = createDatabase(
    { url: config.databaseUrl, database: config.database, entities, migrations: [...platformMigrations, ...ordersMigrations] },
    common,
  );
  const link = createBrokerLink(
    { url: config.amqpUrl, name: service, topology: mergeTopologies(serviceTopology(service), ordersTopology) },
    common,
  );
  const relay = createRelay({ service, resend: unrepeatedRoutes }, { database, link, ...common });
  const feed = createFeed({ service }, { database, ...common });
  const waiting = createWaitingCommands({ consumer: commandQueue('orders'), patienceMs }, { database, log });
  const consumers = createConsumers({ database, link, provider, waiting, ...common });
  createOrderMetrics(metrics, () => readOrderFigures(database));
  const subgraph = createSubgraph({
    name: service,
    host,
    port,
    secret,
    production,
    health,
    ...common,
    context: (scope) => createContext(database, scope),
    resolvers: { ...entityResolvers, ...queries, ...createMutations({ database, provider }), ...createSubscriptions({ database, feed }) },
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
  health.register(
    'payment provider',
    async (signal) => {
      await provider.ping(signal);
      return { state: 'up' };
    },
    { critical: false },
  );
  const group = createServiceGroup(service, [database, link, relay, feed, waiting, ...consumers, subgraph]);
  return { ...group, url: () => subgraph.url() };
}
