import { createDeadLetterCollector } from '@comptoir/platform/dead-letters.ts';
import { deadLetterMigrations } from '@comptoir/platform/migrations.ts';
import type { Service } from '@comptoir/platform/service.ts';
import {
  createSubgraphBase,
  createSubgraphService,
  type SubgraphService,
  type SubgraphServiceDeps,
} from '@comptoir/platform/subgraph-service.ts';
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

/** Calculations: tasks, batches, results, statistics, queues and workers. Its start waits for its database, not for the broker. */
export function createCompute(config: ComputeConfig, deps: SubgraphServiceDeps): SubgraphService {
  const { amqpUrl, managementUrl = null, pollMs = 1_000, statsIntervalMs = 200 } = config;
  const base = createSubgraphBase(
    {
      name: service,
      config,
      entities,
      migrations: [...deadLetterMigrations, ...calculationMigrations],
      topology: mergeTopologies(serviceTopology(service), computeTopology, auditTopology),
      resend: computeUnrepeatedRoutes,
      waiting: 'calculations wait',
    },
    deps,
  );
  const { database, link, feed, log } = base;

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
  const consumers = createConsumers(base, { onWorkers: workers.wake });
  const lostTasks = createLostTasks({ ...defaultLostTasks, ...config.lostTasks }, base);

  const polls: Service = {
    name: 'polls',
    start: async () => undefined,
    async stop() {
      queueStatus.stop();
      workers.stop();
    },
  };
  const collector = createDeadLetterCollector(base);
  return createSubgraphService(base, {
    parts: [collector, ...consumers, lostTasks, polls],
    context: (scope) => createContext(database, scope),
    resolvers: {
      ...entityResolvers,
      ...createQueries({ queueReporter }),
      ...createMutations({ database }),
      ...createSubscriptions({ database, feed, queueStatus, workers, statsIntervalMs }),
    },
  });
}
