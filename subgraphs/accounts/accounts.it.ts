import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { type Principal, principalHeader, signPrincipal } from '@comptoir/platform/principal.ts';
import { createTestDatabase, type TestDatabase } from '@comptoir/platform/testing/database.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import type { AccountsConfig } from './config.ts';
import { createAccounts } from './service.ts';

const secret = 'a secret of the tests';
const gateway: Principal = { consumerId: 'gateway', name: 'gateway', roles: ['ADMIN'], stores: null };
const admin: Principal = { consumerId: 'demo-admin', name: 'admin-user', roles: ['ADMIN'], stores: null };
const clerk: Principal = { consumerId: 'clerk', name: 'clerk', roles: ['CLERK'], stores: null };

function accountsOn(server: TestDatabase, config: Partial<AccountsConfig> = {}) {
  return createAccounts(
    {
      host: '127.0.0.1',
      port: 0,
      databaseUrl: server.url,
      database: `${server.prefix}accounts`,
      secret,
      production: false,
      demo: true,
      ...config,
    },
    { log: testLog(), metrics: createMetrics({ service: 'accounts', instanceId: 'test', processMetrics: false }), health: createHealth() },
  );
}

async function startAccounts(server: TestDatabase, config: Partial<AccountsConfig> = {}) {
  const accounts = accountsOn(server, config);
  await accounts.start();
  return {
    async ask(principal: Principal, query: string, variables: object = {}) {
      const response = await fetch(accounts.url(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [principalHeader]: signPrincipal(principal, secret) },
        body: JSON.stringify({ query, variables }),
      });
      // biome-ignore lint/suspicious/noExplicitAny: the tests know what they asked for
      return (await response.json()) as any;
    },
    [Symbol.asyncDispose]: () => accounts.stop(),
  };
}

async function sql(server: TestDatabase, text: string) {
  const client = new Client({ connectionString: Object.assign(new URL(server.url), { pathname: `/${server.prefix}accounts` }).href });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const byKey = 'query ($key: String!) { consumerByApiKey(key: $key) { id name roles limits { perMinute perHour } demo } }';

test('the gateway learns whose a key is; of the key only its hash is kept', async () => {
  await using server = await createTestDatabase();
  await using accounts = await startAccounts(server);
  const who = async (key: string) => (await accounts.ask(gateway, byKey, { key })).data.consumerByApiKey;
  expect(await who('admin-key-12345')).toEqual({
    id: 'demo-admin',
    name: 'admin-user',
    roles: ['ADMIN'],
    limits: { perMinute: 1_000, perHour: 60_000 },
    demo: true,
  });
  expect(await who('frontend-key-67890')).toMatchObject({
    name: 'frontend-app',
    roles: ['MANAGER'],
    limits: { perMinute: 500, perHour: 30_000 },
  });
  expect(await who('secret_key_123')).toMatchObject({
    name: 'payetonkawa',
    roles: ['INTEGRATION'],
    limits: { perMinute: 100, perHour: 1_000 },
  });
  for (const unknown of ['', 'admin-key-1234', 'ADMIN-KEY-12345', 'x'.repeat(5_000), 'nul\0', '\ud800'])
    expect(await who(unknown)).toBeNull();
  await sql(server, 'UPDATE api_key SET revoked_at = now()');
  expect(await who('admin-key-12345')).toBeNull();
  expect(JSON.stringify(await sql(server, `SELECT encode(hash, 'escape') FROM api_key`))).not.toContain('key-12345');
});

test('nobody but the gateway may look keys up, and only administrators see all consumers', async () => {
  await using server = await createTestDatabase();
  await using accounts = await startAccounts(server);
  const key = 'admin-key-12345';
  const pretender: Principal = { consumerId: 'gateway', name: 'gateway', roles: ['CLERK'], stores: null };
  for (const principal of [admin, clerk, pretender])
    expect((await accounts.ask(principal, byKey, { key })).errors[0].extensions.code).toBe('FORBIDDEN');
  expect((await accounts.ask(clerk, '{ consumers { id } }')).errors[0].extensions.code).toBe('FORBIDDEN');
  expect((await accounts.ask(admin, '{ consumers { name createdAt } }')).data.consumers).toEqual(
    ['admin-user', 'frontend-app', 'payetonkawa'].map((name) => ({ name, createdAt: expect.any(String) })),
  );
});

test('me is the consumer that asks, or null for one without an account', async () => {
  await using server = await createTestDatabase();
  await using accounts = await startAccounts(server);
  expect((await accounts.ask(admin, '{ me { id name } }')).data.me).toEqual({ id: 'demo-admin', name: 'admin-user' });
  expect(
    (await accounts.ask({ consumerId: 'anonymous', name: 'anonymous', roles: ['ADMIN'], stores: null }, '{ me { id } }')).data.me,
  ).toBeNull();
});

test('consumers are resolved for other subgraphs, unknown ones as null', async () => {
  await using server = await createTestDatabase();
  await using accounts = await startAccounts(server);
  const query = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Consumer { name } } }';
  const representations = ['demo-frontend', 'none', 'demo-admin'].map((id) => ({ __typename: 'Consumer', id }));
  expect((await accounts.ask(clerk, query, { representations })).data._entities).toEqual([
    { name: 'frontend-app' },
    null,
    { name: 'admin-user' },
  ]);
});

test('demo data is made once, only when asked for, and production refuses to run beside it', async () => {
  await using server = await createTestDatabase();
  {
    await using accounts = await startAccounts(server, { demo: false });
    expect((await accounts.ask(admin, '{ consumers { id } }')).data.consumers).toEqual([]);
  }
  await expect(startAccounts(server, { production: true, demo: true })).rejects.toThrow('DEMO=on');
  {
    await using _empty = await startAccounts(server, { production: true, demo: false });
  }
  for (let start = 0; start < 2; start++) {
    await using accounts = await startAccounts(server);
    expect((await accounts.ask(admin, '{ consumers { id } }')).data.consumers).toHaveLength(3);
  }
  await expect(startAccounts(server, { production: true, demo: false })).rejects.toThrow(
    'the consumers admin-user, frontend-app, payetonkawa have keys that everybody knows',
  );
});
