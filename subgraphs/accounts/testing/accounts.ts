import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { platformMigrations } from '@comptoir/platform/migrations.ts';
import { type Principal, principalHeader, type Role, signPrincipal } from '@comptoir/platform/principal.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import type { AccountsConfig } from '../config.ts';
import { consumerMigrations } from '../migrations/consumers.ts';
import { staffMigrations } from '../migrations/staff.ts';
import { createAccounts } from '../service.ts';

export const secret = 'a secret of the tests';
export const gateway: Principal = { consumerId: 'gateway', name: 'gateway', roles: ['ADMIN'], stores: null };
export const admin: Principal = { consumerId: 'demo-admin', name: 'admin-user', roles: ['ADMIN'], stores: null };
/** As the gateway lets in who has no credential yet. */
export const nobody: Principal = { consumerId: 'nobody', name: 'nobody', roles: [], stores: [] };
export const withRoles = (roles: readonly Role[], stores: readonly string[] | null = null): Principal => ({
  consumerId: `test-${roles.join('-')}`,
  name: 'Camille',
  roles,
  stores,
});

/** No address of a broker: nothing answers there. */
const noBroker = 'amqp://127.0.0.1:1/';

/** accounts on a database of its own, started; on a broker where one is given. */
export async function startAccounts(server: TestDatabase, config: Partial<AccountsConfig> = {}) {
  const metrics = createMetrics({ service: 'accounts', instanceId: 'test', processMetrics: false });
  const accounts = createAccounts(
    {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: server.url,
      database: `${server.prefix}accounts`,
      amqpUrl: noBroker,
      secret,
      production: false,
      demo: true,
      administrator: null,
      ...config,
    },
    { log: testLog(), metrics, health: createHealth() },
  );
  await accounts.start();
  return {
    url: () => accounts.url(),
    metrics,
    async ask(principal: Principal, query: string, variables: object = {}) {
      const response = await fetch(accounts.url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: signPrincipal(principal, secret) },
        body: JSON.stringify({ query, variables }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: the tests know what they asked for
      return (await response.json()) as any;
    },
    /** Its database, to look into. */
    database: await server.open({ service: 'accounts', migrations: [...platformMigrations, ...consumerMigrations, ...staffMigrations] }),
    [Symbol.asyncDispose]: () => accounts.stop(),
  };
}

export type TestAccounts = Awaited<ReturnType<typeof startAccounts>>;

/** accounts with a database and a broker of its own, for all tests of a file. */
export async function startSystem(config: Partial<AccountsConfig> = {}) {
  const server = await createTestDatabase();
  const broker = await createTestBroker();
  const accounts = await startAccounts(server, { amqpUrl: broker.url, ...config });
  return {
    ...accounts,
    broker,
    async [Symbol.asyncDispose]() {
      await accounts[Symbol.asyncDispose]();
      await broker[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
