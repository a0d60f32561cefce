import type { Principal } from '@comptoir/platform/principal.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { expect, test } from 'vitest';
import { hashOfKey } from './domain/api-key.ts';
import { consumerMigrations } from './migrations/consumers.ts';
import { admin, gateway, nobody, startAccounts, withRoles } from './testing/accounts.ts';

const clerk = withRoles(['CLERK']);

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
  await accounts.database.query('UPDATE api_key SET revoked_at = now()');
  expect(await who('admin-key-12345')).toBeNull();
  expect(JSON.stringify(await accounts.database.query(`SELECT encode(hash, 'escape') AS hash FROM api_key`))).not.toContain('key-12345');
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
    /the consumers admin-user, frontend-app, payetonkawa have keys and the members of staff admin, analyste, .* have passwords that everybody knows/,
  );
});

test('the first administrator comes from the environment where nobody works here yet, and is never changed by it', async () => {
  await using server = await createTestDatabase();
  const login = async (accounts: Awaited<ReturnType<typeof startAccounts>>, password: string) => {
    const query =
      'mutation($p: String!) { login(login: "chef", password: $p) { __typename ... on SignedIn { consumer { roles stores { id } } } } }';
    return (await accounts.ask(nobody, query, { p: password })).data.login;
  };
  const first = { demo: false, production: true, administrator: { login: 'chef', password: 'une phrase de passe' } };
  {
    await using accounts = await startAccounts(server, first);
    const told = await accounts.database.query(`SELECT payload ->> 'action' AS action, payload ->> 'actor_id' AS actor FROM outbox`);
    expect(told).toEqual([{ action: 'staff.created', actor: 'installation' }]);
    expect(await login(accounts, 'une phrase de passe')).toEqual({ __typename: 'SignedIn', consumer: { roles: ['ADMIN'], stores: null } });
  }
  {
    await using accounts = await startAccounts(server, { ...first, administrator: { login: 'chef', password: 'une autre phrase' } });
    expect((await login(accounts, 'une autre phrase')).__typename).toBe('SignInRefused');
    await using _demo = await startAccounts(server, { demo: true });
    expect((await accounts.ask(admin, '{ staff { totalCount } }')).data.staff.totalCount).toBe(1);
  }
});

test('without a secret nobody can sign in, and is told why', async () => {
  await using server = await createTestDatabase();
  await using accounts = await startAccounts(server, { secret: null });
  const answer = await accounts.ask(admin, 'mutation { login(login: "admin", password: "x") { __typename } }');
  expect(answer.errors[0]).toMatchObject({
    message: expect.stringContaining('GATEWAY_SECRET'),
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });
});

test('consumers and keys from before there were tiers keep their limits, and their keys stay valid', async () => {
  await using server = await createTestDatabase();
  const before = await server.open({ service: 'accounts', migrations: consumerMigrations });
  await before.query(`INSERT INTO consumer (id, name, roles, per_minute, per_hour) VALUES ('old', 'Ancien', '{CLERK}', 5, 50)`);
  await before.query(`INSERT INTO api_key (hash, consumer_id) VALUES ($1, 'old')`, [hashOfKey('an old key')]);
  await before.stop();
  await using accounts = await startAccounts(server, { demo: false });
  expect((await accounts.ask(gateway, byKey, { key: 'an old key' })).data.consumerByApiKey).toMatchObject({
    id: 'old',
    limits: { perMinute: 5, perHour: 50 },
  });
  const query = '{ consumers { tier version } apiKeys { nodes { prefix consumer { name } } } }';
  expect((await accounts.ask(admin, query)).data).toEqual({
    consumers: [{ tier: 'STANDARD', version: 1 }],
    apiKeys: { nodes: [{ prefix: '', consumer: { name: 'Ancien' } }] },
  });
});
