import {
  createSubgraphBase,
  createSubgraphService,
  type SubgraphService,
  type SubgraphServiceDeps,
} from '@comptoir/platform/subgraph-service.ts';
import { mergeTopologies, sagasTopology, serviceTopology } from '@comptoir/schema/topology.ts';
import { createAcceptance } from './commands/accept-orders.ts';
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

/** The orchestrator of sagas; any number of them share one database. Its start waits for its database, not for the broker. */
export function createSagas(config: SagasConfig, deps: SubgraphServiceDeps): SubgraphService {
  const { timeScale, compensationTimeScale, timerPollMs: pollMs } = config;
  const base = createSubgraphBase(
    {
      name: service,
      config,
      migrations: sagaMigrations,
      topology: mergeTopologies(serviceTopology(service), sagasTopology),
      waiting: 'sagas wait',
    },
    deps,
  );
  const { database, relay, feed, metrics } = base;
  const definitions = createDefinitions({ timeScale, compensationTimeScale });
  const applier = createApplier({ database, definitions, metrics: createSagaMetrics(metrics) });
  const acceptance = createAcceptance({ database, applier });
  // Orders that wait to be accepted go before those that were: they get their answer soon, and the machine is not taken by what it has begun.
  relay.giveWayTo(acceptance.idle);
  createOpenSagasMetrics(metrics, () => countOpenSagas(database));
  const consumers = createConsumers({ ...base, applier });
  const timers = createTimers({ pollMs }, { ...base, applier });

  return createSubgraphService(base, {
    parts: [...consumers, timers],
    context: (scope) => createContext(database, scope),
    resolvers: {
      ...createEntityResolvers({ definitions }),
      ...createQueries({ definitions }),
      ...createMutations({ acceptance, applier }),
      ...createSubscriptions({ database, feed }),
    },
  });
}
