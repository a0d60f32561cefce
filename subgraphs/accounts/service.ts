import { createAccessTokens } from '@comptoir/platform/access-token.ts';
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
import { auditTopology, mergeTopologies, serviceTopology, unrepeatedRoutes } from '@comptoir/schema/topology.ts';
import { createAuditSweeper } from './audit-sweeper.ts';
import { createFirstAdministrator, refuseDemoAccounts, seedDemoConsumers, seedDemoStaff } from './commands/first-accounts.ts';
import type { AccountsConfig } from './config.ts';
import { createContext } from './context.ts';
import { createAuditConsumer, service } from './messages/incoming.ts';
import { consumerMigrations } from './migrations/consumers.ts';
import { staffMigrations } from './migrations/staff.ts';
import { createResolvers } from './resolvers/resolvers.ts';
import { createTurns } from './security/in-turn.ts';
import { createPasswords } from './security/passwords.ts';
import { createRefreshTokens } from './security/refresh-tokens.ts';

export interface AccountsDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface Accounts extends Service {
  /** Of its GraphQL endpoint; known once started. */
  url(): string;
}

/**
 * Who may use the system, and what was done in it: staff, consumers, the audit log of all subgraphs. Its start waits for its database, not for the broker.
 * In production it refuses to start with demo data, there or asked for.
 */
export function createAccounts(config: AccountsConfig, { log, metrics, health }: AccountsDeps): Accounts {
  const { host, port, secret, production, demo, auditRetentionDays: days = 0, auditSweepIntervalMs = 3_600_000 } = config;
  const common = { log, metrics };
  const migrations = [...platformMigrations, ...consumerMigrations, ...staffMigrations];
  const database = createDatabase({ url: config.databaseUrl, database: config.database, migrations }, common);
  const link = createBrokerLink(
    { url: config.amqpUrl, name: service, topology: mergeTopologies(serviceTopology(service), auditTopology) },
    common,
  );
  const relay = createRelay({ service, resend: unrepeatedRoutes }, { database, link, ...common });
  const feed = createFeed({ service }, { database, ...common });
  const passwords = createPasswords();

  const firstAccounts: Service = {
    name: 'first accounts',
    async start() {
      if (production && demo)
        throw new Error('DEMO=on creates keys and passwords that everybody knows: it cannot be used with NODE_ENV=production');
      if (production) await refuseDemoAccounts(database);
      if (config.administrator && (await createFirstAdministrator(database, passwords, config.administrator))) {
        log.info({ event: 'administrator_created', login: config.administrator.login }, 'the first administrator was created');
      }
      if (!demo) return;
      await seedDemoConsumers(database);
      if (await seedDemoStaff(database, passwords)) log.info({ event: 'demo_seeded' }, 'staff of the demo created');
    },
    stop: async () => undefined,
  };

  const signIn =
    secret === null
      ? null
      : {
          database,
          passwords,
          inTurn: createTurns(),
          accessTokens: createAccessTokens(secret),
          refreshTokens: createRefreshTokens(secret),
        };
  const signIns = metrics.counter({
    name: 'accounts_sign_ins_total',
    help: 'Sign-ins and refreshes, by method and outcome.',
    labelNames: ['method', 'outcome'],
  });
  const subgraph = createSubgraph({
    name: service,
    host,
    port,
    secret,
    production,
    health,
    ...common,
    context: (scope) => createContext(database, scope),
    resolvers: createResolvers({ database, feed, passwords, signIn, signIns }),
  });

  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  health.register(
    'broker',
    async () => {
      const state = link.state();
      const faults = link.topologyFaults();
      if (state !== 'connected') return { state: 'degraded', detail: `${state}: the audit log waits` };
      return faults.length > 0 ? { state: 'degraded', detail: faults.join('; ') } : { state: 'up' };
    },
    { critical: false },
  );
  const audit = createAuditConsumer({ link, database, ...common });
  const sweepers = days === 0 ? [] : [createAuditSweeper({ days, intervalMs: auditSweepIntervalMs }, { database, log })];
  return {
    ...createServiceGroup(service, [database, firstAccounts, link, relay, feed, audit, ...sweepers, subgraph]),
    url: () => subgraph.url(),
  };
}
