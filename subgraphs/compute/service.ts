import { createBrokerLink } from '@comptoir/platform/broker/link.ts';
import { createDatabase } from '@comptoir/platform/database.ts';
import { createDeadLetterCollector } from '@comptoir/platform/dead-letters.ts';
import { createFeed } from '@comptoir/platform/feed.ts';
import type { Health } from '@comptoir/platform/health.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { deadLetterMigrations, platformMigrations } from '@comptoir/platform/migrations.ts';
import { createRelay } from '@comptoir/platform/relay.ts';
import { createServiceGroup, type Service } from '@comptoir/platform/service.ts';
import { createSubgraph } from '@comptoir/platform/subgraph.ts';
import { auditTopology, computeTopology, computeUnrepeatedRoutes, mergeTopologies, serviceTopology } from '@comptoir/schema/topology.ts';
import { createLostTasks, defaultLostTasks } from './broker/lost-tasks.ts';
import { createQueueReporter, reportFingerprint } from './broker/queue-report.ts';
import type { ComputeConfig } from './config.ts';
import { createContext } from './context.ts';
import { entities } from './entities/entities.ts';
import { createSharedPoll } from './live/shared-poll.ts';
import { createConsumers } from './messages/incoming.ts';
import { calculationMigrations } from './migrations/calculations.ts';
import { service } from './name.ts';
import { countBusyWorkers } from './queries/stats.ts';
import { entityResolvers } from './resolvers/entities.ts';
import { createMutations } from './resolvers/mutations.ts';
import { createQueries } from './resolvers/queries.ts';
import { createSubscriptions } from './resolvers/subscriptions.ts';
import { listWorkers } from './resolvers/workers.ts';

export interface ComputeDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Compute extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

/** Calculations: tasks, batches, results, statistics, queues and workers. Its start waits for its database, not for the broker. */
export function createCompute(config: ComputeConfig, { log, metrics, health }: ComputeDeps): Compute {
  const { host, port, amqpUrl, managementUrl = null, secret, production, pollMs = 1_000, statsIntervalMs = 200 } = config;
  const common = { log, metrics };
  const database = createDatabase(
    {
      url: config.databaseUrl,
      database: config.database,
      entities,
      migrations: [...platformMigrations, ...deadLetterMigrations, ...calculationMigrations],
    },
    common,
  );
  const topology = mergeTopologies(serviceTopology(service), computeTopology, auditTopology);
  const link = createBrokerLink({ url: amqpUrl, name: service, topology }, common);
  const relay = createRelay({ service, resend: computeUnrepeatedRoutes }, { database, link, ...common });
  const feed = createFeed({ service }, { database, ...common });

  const queueReporter = createQueueReporter(
    { amqpUrl, managementUrl },
    { link, log, busyWorkers: () => countBusyWorkers(database.fork()) },
  );
  const queueStatus = createSharedPoll({ read: () => queueReporter.report(), intervalMs: pollMs, fingerprint: reportFingerprint });
  const workers = createSharedPoll({
    read: () => listWorkers(database.fork()),
    intervalMs: pollMs,
    fingerprint: (list) => JSON.stringify(list),
  });
  const consumers = createConsumers({ database, link, ...common }, { onWorkers: workers.wake });
  const lostTasks = createLostTasks({ ...defaultLostTasks, ...config.lostTasks }, { database, link, ...common });

  const subgraph = createSubgraph({
    name: 'compute',
    host,
    port,
    secret,
    production,
    health,
    ...common,
    context: (scope) => createContext(database, scope),
    resolvers: {
      ...entityResolvers,
      ...createQueries({ queueReporter }),
      ...createMutations({ database }),
      ...createSubscriptions({ database, feed, queueStatus, workers, statsIntervalMs }),
    },
  });

  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  health.register(
    'broker',
    async () => {
      const state = link.state();
      const faults = link.topologyFaults();
      if (state !== 'connected') return { state: 'degraded', detail: `${state}: calculations wait` };
      return faults.length > 0 ? { state: 'degraded', detail: faults.join('; ') } : { state: 'up' };
    },
    { critical: false },
  );

  const polls: Service = {
    name: 'polls',
    start: async () => undefined,
    async stop() {
      queueStatus.stop();
      workers.stop();
    },
  };
  const collector = createDeadLetterCollector({ link, database, ...common });
  const group = createServiceGroup(service, [database, link, relay, feed, collector, ...consumers, lostTasks, polls, subgraph]);
  return { ...group, url: () => subgraph.url() };
}
