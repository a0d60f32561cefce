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
import { mergeTopologies, sagasTopology, serviceTopology, unrepeatedRoutes } from '@comptoir/schema/topology.ts';
import { createApplier } from './commands/applier.ts';
import { createOpenSagasMetrics } from './commands/open-sagas-metrics.ts';
import { createSagaMetrics } from './commands/saga-metrics.ts';
import type { SagasConfig } from './config.ts';
import { createContext } from './context.ts';
import { createDefinitions } from './definitions/definitions.ts';
import { createConsumers, service } from './messages/incoming.ts';
import { sagaMigrations } from './migrations/sagas.ts';
import { countOpenSagas } from './queries/open-sagas.ts';
import { createEntityResolvers } from './resolvers/entities.ts';
import { createMutations } from './resolvers/mutations.ts';
import { createQueries } from './resolvers/queries.ts';
import { createSubscriptions } from './resolvers/subscriptions.ts';
import { createTimers } from './timers/timers.ts';

export interface SagasDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Sagas extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

/** The orchestrator of sagas; any number of them share one database. Its start waits for its database, not for the broker. */
export function createSagas(config: SagasConfig, { log, metrics, health }: SagasDeps): Sagas {
  const { host, port, amqpUrl, secret, production, timeScale, compensationTimeScale, timerPollMs } = config;
  const common = { log, metrics };
  const database = createDatabase(
    { url: config.databaseUrl, database: config.database, migrations: [...platformMigrations, ...sagaMigrations] },
    common,
  );
  const link = createBrokerLink(
    { url: amqpUrl, name: service, topology: mergeTopologies(serviceTopology(service), sagasTopology) },
    common,
  );
  const relay = createRelay({ service, resend: unrepeatedRoutes }, { database, link, ...common });
  const feed = createFeed({ service }, { database, ...common });

  const definitions = createDefinitions({ timeScale, compensationTimeScale });
  const applier = createApplier({ database, definitions, metrics: createSagaMetrics(metrics) });
  createOpenSagasMetrics(metrics, () => countOpenSagas(database));
  const consumers = createConsumers({ database, applier, link, ...common });
  const timers = createTimers({ pollMs: timerPollMs }, { database, applier, log });

  const subgraph = createSubgraph({
    name: 'sagas',
    host,
    port,
    secret,
    production,
    health,
    ...common,
    context: (scope) => createContext(database, scope),
    resolvers: {
      ...createEntityResolvers({ definitions }),
      ...createQueries({ definitions }),
      ...createMutations({ database, applier }),
      ...createSubscriptions({ database, feed }),
    },
  });

  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  health.register(
    'broker',
    async () => {
      const state = link.state();
      const faults = link.topologyFaults();
      if (state !== 'connected') return { state: 'degraded', detail: `${state}: sagas wait` };
      return faults.length > 0 ? { state: 'degraded', detail: faults.join('; ') } : { state: 'up' };
    },
    { critical: false },
  );

  const group = createServiceGroup(service, [database, link, relay, feed, ...consumers, timers, subgraph]);
  return { ...group, url: () => subgraph.url() };
}
