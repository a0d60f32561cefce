import type { SubgraphName } from '@comptoir/schema/sdl.ts';
import { type Topology, unrepeatedRoutes } from '@comptoir/schema/topology.ts';
import { type BrokerLink, createBrokerLink } from './broker/link.ts';
import { createDatabase, type Database, type DatabaseConfig } from './database.ts';
import { createFeed, type Feed } from './feed.ts';
import type { Health } from './health.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { platformMigrations } from './migrations.ts';
import { createRelay, type Relay } from './relay.ts';
import { createServiceGroup, type Service } from './service.ts';
import { createSubgraph, type SubgraphConfig } from './subgraph.ts';
import type { SubgraphServiceConfig } from './subgraph-config.ts';

export interface SubgraphServiceDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

/** A subgraph with all that works behind it. */
export interface SubgraphService extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

export interface SubgraphBaseConfig {
  readonly name: SubgraphName;
  readonly config: SubgraphServiceConfig;
  readonly entities?: DatabaseConfig['entities'];
  /** Its own; those of the platform are run before them. */
  readonly migrations: DatabaseConfig['migrations'];
  readonly topology: Topology;
  /** What is sent again after the broker lost its data. Default: `unrepeatedRoutes`. */
  readonly resend?: typeof unrepeatedRoutes;
  /** What does not go on without the broker, as its health says it, e.g. `events and sagas wait`. */
  readonly waiting: string;
}

/** What a subgraph stands on: its database, its link to the broker, the relay of its outbox and the feed of its log. */
export interface SubgraphBase extends SubgraphServiceDeps {
  readonly name: SubgraphName;
  readonly config: SubgraphServiceConfig;
  readonly database: Database;
  readonly link: BrokerLink;
  readonly relay: Relay;
  readonly feed: Feed;
}

/** The base of a subgraph, with its checks of health; `createSubgraphService` starts it. */
export function createSubgraphBase(
  { name, config, entities, migrations, topology, resend = unrepeatedRoutes, waiting }: SubgraphBaseConfig,
  deps: SubgraphServiceDeps,
): SubgraphBase {
  const { health } = deps;
  const database = createDatabase(
    { url: config.databaseUrl, database: config.database, entities, migrations: [...platformMigrations, ...migrations] },
    deps,
  );
  const link = createBrokerLink({ url: config.amqpUrl, name, topology }, deps);
  const relay = createRelay({ service: name, resend }, { database, link, ...deps });
  const feed = createFeed({ service: name }, { database, ...deps });

  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  health.register(
    'broker',
    async () => {
      const state = link.state();
      const faults = link.topologyFaults();
      if (state !== 'connected') return { state: 'degraded', detail: `${state}: ${waiting}` };
      return faults.length > 0 ? { state: 'degraded', detail: faults.join('; ') } : { state: 'up' };
    },
    { critical: false },
  );
  return { name, config, database, link, relay, feed, ...deps };
}

export interface SubgraphParts<C extends object> extends Pick<SubgraphConfig<C>, 'resolvers' | 'context' | 'openPlaces'> {
  /** Started once the database is there, before anything else. */
  readonly first?: readonly Service[];
  /** Started before the subgraph answers. */
  readonly parts?: readonly Service[];
}

/** A subgraph on its base. Its start waits for its database, not for the broker. */
export function createSubgraphService<C extends object>(
  { name, config, database, link, relay, feed, log, metrics, health }: SubgraphBase,
  { first = [], parts = [], ...served }: SubgraphParts<C>,
): SubgraphService {
  const { host, port, secret, production } = config;
  const subgraph = createSubgraph({ name, host, port, secret, production, log, metrics, health, ...served });
  const group = createServiceGroup(name, [database, ...first, link, relay, feed, ...parts, subgraph]);
  return { ...group, url: () => subgraph.url() };
}
