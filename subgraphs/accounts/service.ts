import { createAccessTokens } from '@comptoir/platform/access-token.ts';
import type { Service } from '@comptoir/platform/service.ts';
import {
  createSubgraphBase,
  createSubgraphService,
  type SubgraphService,
  type SubgraphServiceDeps,
} from '@comptoir/platform/subgraph-service.ts';
import { auditTopology, mergeTopologies, serviceTopology } from '@comptoir/schema/topology.ts';
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

/**
 * Who may use the system, and what was done in it: staff, consumers, the audit log of all subgraphs. Its start waits for its database, not for the broker.
 * In production it refuses to start with demo data, there or asked for.
 */
export function createAccounts(config: AccountsConfig, deps: SubgraphServiceDeps): SubgraphService {
  const { secret, production, demo, auditRetentionDays: days = 0, auditSweepIntervalMs = 3_600_000 } = config;
  const base = createSubgraphBase(
    {
      name: service,
      config,
      migrations: [...consumerMigrations, ...staffMigrations],
      topology: mergeTopologies(serviceTopology(service), auditTopology),
      waiting: 'the audit log waits',
    },
    deps,
  );
  const { database, feed, log, metrics } = base;
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

  const audit = createAuditConsumer(base);
  const sweepers = days === 0 ? [] : [createAuditSweeper({ days, intervalMs: auditSweepIntervalMs }, base)];
  return createSubgraphService(base, {
    first: [firstAccounts],
    parts: [audit, ...sweepers],
    context: (scope) => createContext(database, scope),
    resolvers: createResolvers({ database, feed, passwords, signIn, signIns }),
  });
}
