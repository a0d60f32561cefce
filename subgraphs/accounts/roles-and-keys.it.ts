import type { Principal } from '@comptoir/platform/principal.ts';
import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, gateway, startSystem, withRoles } from './testing/accounts.ts';

let test: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  test = await startSystem();
});
afterAll(() => test[Symbol.asyncDispose]());

const refusals = {
  AccountChangeRefused: 'reason',
  StaleValue: 'message',
  AlreadyTaken: 'field',
  NotFound: 'kind id',
  IdempotencyConflict: 'key',
} as const;
type Refusal = keyof typeof refusals;

interface Mutation {
  readonly variables: string;
  readonly call: string;
  readonly selection: string;
  readonly refusals: readonly Refusal[];
}

/** The outcome of a mutation, or the code of its error. */
async function tell(mutation: Mutation, variables: object, as: Principal = admin) {
  const refused = mutation.refusals.map((type) => `... on ${type} { ${refusals[type]} }`).join(' ');
  const document = `mutation(${mutation.variables}) { done: ${mutation.call} { __typename ${mutation.selection} ${refused} } }`;
  const { data, errors } = await test.ask(as, document, variables);
  return errors ? errors[0].extensions.code : data.done;
}

const role = 'role { id name description grants fixed version }';
const consumer = 'consumer { id name roles stores { id } tier limits { perMinute perHour } demo version }';
const apiKey = 'apiKey { id label prefix lastFour createdAt lastUsedAt expiresAt revokedAt consumer { id } }';
const made: readonly Refusal[] = ['AlreadyTaken', 'IdempotencyConflict'];
const mutations = {
  createRole: {
    variables: '$input: CreateRoleInput!, $key: String',
    call: 'createRole(input: $input, idempotencyKey: $key)',
    selection: `... on RoleCreated { ${role} }`,
    refusals: [...made, 'NotFound'],
  },
  updateRole: {
    variables: '$id: ID!, $input: UpdateRoleInput!',
    call: 'updateRole(id: $id, input: $input)',
    selection: `... on RoleUpdated { ${role} }`,
    refusals: ['AlreadyTaken', 'StaleValue', 'AccountChangeRefused', 'NotFound'],
  },
  deleteRole: {
    variables: '$id: ID!, $v: Int',
    call: 'deleteRole(id: $id, expectedVersion: $v)',
    selection: '... on RoleDeleted { id }',
    refusals: ['StaleValue', 'AccountChangeRefused', 'NotFound'],
  },
  createConsumer: {
    variables: '$input: CreateConsumerInput!, $key: String',
    call: 'createConsumer(input: $input, idempotencyKey: $key)',
    selection: `... on ConsumerCreated { ${consumer} }`,
    refusals: made,
  },
  updateConsumer: {
    variables: '$id: ID!, $input: UpdateConsumerInput!',
    call: 'updateConsumer(id: $id, input: $input)',
    selection: `... on ConsumerUpdated { ${consumer} }`,
    refusals: ['AlreadyTaken', 'StaleValue', 'NotFound'],
  },
  issueApiKey: {
    variables: '$input: IssueApiKeyInput!, $key: String',
    call: 'issueApiKey(input: $input, idempotencyKey: $key)',
    selection: `... on ApiKeyIssued { secret ${apiKey} }`,
    refusals: ['IdempotencyConflict', 'NotFound'],
  },
  revokeApiKey: {
    variables: '$id: ID!',
    call: 'revokeApiKey(id: $id)',
    selection: `... on ApiKeyRevoked { ${apiKey} }`,
    refusals: ['AccountChangeRefused', 'NotFound'],
  },
} satisfies Record<string, Mutation>;

const createRole = (input: object, key: string | null = null, as?: Principal) => tell(mutations.createRole, { input, key }, as);
const updateRole = (id: string, input: object, as?: Principal) => tell(mutations.updateRole, { id, input }, as);
const deleteRole = (id: string, v: number | null = null, as?: Principal) => tell(mutations.deleteRole, { id, v }, as);
const createConsumer = (input: object, key: string | null = null, as?: Principal) => tell(mutations.createConsumer, { input, key }, as);
const updateConsumer = (id: string, input: object, as?: Principal) => tell(mutations.updateConsumer, { id, input }, as);
const issue = (input: object, key: string | null = null, as?: Principal) => tell(mutations.issueApiKey, { input, key }, as);
const revoke = (id: string, as?: Principal) => tell(mutations.revokeApiKey, { id }, as);
const whose = async (key: string) =>
  (
    await test.ask(
      gateway,
      'query($key: String!) { consumerByApiKey(key: $key) { id roles stores { id } limits { perMinute perHour } } }',
      { key },
    )
  ).data.consumerByApiKey;

describe('a role', () => {
  it('is the name of several of the seven, and what it grants holds for all who have it', async () => {
    const audit = await followAudit(test.database).during(async () => {
      const { role: made } = await createRole({
        name: ' Polyvalent ',
        description: 'Caisse et réserve',
        grants: ['WAREHOUSE', 'CLERK', 'CLERK'],
      });
      expect(made).toMatchObject({ name: 'Polyvalent', grants: ['CLERK', 'WAREHOUSE'], fixed: false, version: 1 });
      const people = (await test.ask(admin, '{ staff(search: "caisse2") { nodes { id } } }')).data.staff.nodes;
      await test.ask(admin, 'mutation($id: ID!, $r: [ID!]) { updateStaff(id: $id, input: { roles: $r }) { __typename } }', {
        id: people[0].id,
        r: [made.id],
      });
      expect(await updateRole(made.id, { grants: ['ANALYST'], expectedVersion: 1 })).toMatchObject({
        role: { grants: ['ANALYST'], version: 2 },
      });
      const seen = (await test.ask(admin, '{ staff(search: "caisse2") { nodes { roles givenRoles { name } } } }')).data.staff.nodes;
      expect(seen).toEqual([{ roles: ['ANALYST'], givenRoles: [{ name: 'Polyvalent' }] }]);
      expect(await updateRole(made.id, { grants: ['CLERK'], expectedVersion: 1 })).toMatchObject({ __typename: 'StaleValue' });
      expect(await deleteRole(made.id)).toEqual({ __typename: 'AccountChangeRefused', reason: 'ROLE_IN_USE' });
      await test.ask(admin, 'mutation($id: ID!) { updateStaff(id: $id, input: { roles: ["CLERK"] }) { __typename } }', {
        id: people[0].id,
      });
      expect(await deleteRole(made.id, 1)).toMatchObject({ __typename: 'StaleValue' });
      expect(await deleteRole(made.id, 2)).toEqual({ __typename: 'RoleDeleted', id: made.id });
      expect(await deleteRole(made.id)).toMatchObject({ __typename: 'NotFound' });
    });
    expect(audit.map(({ action }) => action)).toEqual(['role.created', 'staff.updated', 'role.updated', 'staff.updated', 'role.deleted']);
  });

  it('of the seven stays as it is; a name is unique whatever its case; a key creates once', async () => {
    expect(await updateRole('CLERK', { grants: ['ADMIN'] })).toEqual({ __typename: 'AccountChangeRefused', reason: 'FIXED_ROLE' });
    expect(await deleteRole('ANALYST')).toEqual({ __typename: 'AccountChangeRefused', reason: 'FIXED_ROLE' });
    expect(await createRole({ name: 'clerk', grants: ['CLERK'] })).toEqual({ __typename: 'AlreadyTaken', field: 'name' });
    expect(await createRole({ name: '', grants: [] })).toBe('BAD_USER_INPUT');
    const same = { name: 'Une fois', grants: ['CLERK'] };
    const thrice = await Promise.all([1, 2, 3].map(() => createRole(same, 'once')));
    expect(new Set(thrice.map((outcome) => outcome.role.id)).size).toBe(1);
    expect(await createRole({ ...same, grants: ['ANALYST'] }, 'once')).toMatchObject({ __typename: 'IdempotencyConflict' });
    expect(await deleteRole(thrice[0].role.id)).toMatchObject({ __typename: 'RoleDeleted' });
    expect(await createRole(same, 'once')).toMatchObject({ __typename: 'NotFound' });
    const all = (await test.ask(withRoles(['MANAGER'], ['1']), '{ roles { id fixed } }')).data.roles;
    expect(all.slice(0, 7).every(({ fixed }: { fixed: boolean }) => fixed)).toBe(true);
  });
});

describe('a consumer', () => {
  it('has the limits of its tier, or its own', async () => {
    const { consumer: made } = await createConsumer({ name: 'Caisse externe', roles: ['CLERK'], stores: ['1'] });
    expect(made).toMatchObject({
      tier: 'STANDARD',
      limits: { perMinute: 300, perHour: 10_000 },
      stores: [{ id: '1' }],
      demo: false,
      version: 1,
    });
    const tiers = (await test.ask(admin, '{ tiers { tier limits { perMinute } } }')).data.tiers;
    expect(tiers).toContainEqual({ tier: 'PARTNER', limits: { perMinute: 500 } });
    expect(await updateConsumer(made.id, { tier: 'PARTNER', perHour: 7, expectedVersion: 1 })).toMatchObject({
      consumer: { tier: 'PARTNER', limits: { perMinute: 500, perHour: 7 }, version: 2 },
    });
    expect(await updateConsumer(made.id, { perHour: null, stores: null })).toMatchObject({
      consumer: { limits: { perHour: 30_000 }, stores: null, version: 3 },
    });
    expect(await updateConsumer(made.id, { name: 'X', expectedVersion: 1 })).toMatchObject({ __typename: 'StaleValue' });
    expect(await updateConsumer(made.id, { name: 'admin-user' })).toEqual({ __typename: 'AlreadyTaken', field: 'name' });
    expect(await updateConsumer('none', { name: 'X' })).toMatchObject({ __typename: 'NotFound' });
    expect(await createConsumer({ name: 'admin-user', roles: ['CLERK'] })).toEqual({ __typename: 'AlreadyTaken', field: 'name' });
    expect(await createConsumer({ name: 'X', roles: [], perMinute: 0 })).toBe('BAD_USER_INPUT');
  });
});

describe('an API key', () => {
  it('is shown once, known by its hash, and of it only its beginning and end are ever seen again', async () => {
    const { consumer: owner } = await createConsumer({ name: 'Porteur', roles: ['INTEGRATION'], stores: ['2'] });
    const audit = followAudit(test.database);
    const told = await audit.during(async () => {
      const issued = await issue({ consumerId: owner.id, label: 'essai', expiresAt: '2030-01-01T00:00:00.000Z' }, 'key-once');
      expect(issued).toMatchObject({ apiKey: { label: 'essai', consumer: { id: owner.id }, lastUsedAt: null, revokedAt: null } });
      expect(issued.secret).toMatch(/^cmpt_[\w-]{43}$/);
      expect([issued.apiKey.prefix, issued.apiKey.lastFour]).toEqual([issued.secret.slice(0, 9), issued.secret.slice(-4)]);
      expect(await whose(issued.secret)).toEqual({
        id: owner.id,
        roles: ['INTEGRATION'],
        stores: [{ id: '2' }],
        limits: { perMinute: 300, perHour: 10_000 },
      });
      const again = await issue({ consumerId: owner.id, label: 'essai', expiresAt: '2030-01-01T00:00:00.000Z' }, 'key-once');
      expect(again).toMatchObject({ apiKey: { id: issued.apiKey.id }, secret: null });
      expect(await issue({ consumerId: owner.id, label: 'autre' }, 'key-once')).toMatchObject({ __typename: 'IdempotencyConflict' });
      const kept = await Promise.all(
        ['api_key', 'idempotency_key', 'outbox'].map((table) => test.database.query(`SELECT row_to_json(t)::text AS row FROM ${table} t`)),
      );
      expect(JSON.stringify(kept)).not.toContain(issued.secret.slice(9, -4));

      expect(await revoke(issued.apiKey.id)).toMatchObject({ apiKey: { revokedAt: expect.any(String) } });
      expect(await whose(issued.secret)).toBeNull();
      expect(await revoke(issued.apiKey.id)).toEqual({ __typename: 'AccountChangeRefused', reason: 'ALREADY_REVOKED' });
      expect(await revoke('x')).toMatchObject({ __typename: 'NotFound' });
    });
    expect(told.map(({ action }) => action)).toEqual(['api_key.issued', 'api_key.revoked']);
  });

  it('is not valid once it has expired, and belongs to somebody', async () => {
    const { secret } = await issue({ consumerId: 'demo-admin' });
    expect(await whose(secret)).not.toBeNull();
    await test.database.query(`UPDATE api_key SET expires_at = now() WHERE last_four = $1`, [secret.slice(-4)]);
    expect(await whose(secret)).toBeNull();
    expect(await issue({ consumerId: 'none' })).toMatchObject({ __typename: 'NotFound', id: 'none' });
    expect(await issue({ consumerId: 'demo-admin', expiresAt: '2001-01-01T00:00:00.000Z' })).toBe('BAD_USER_INPUT');
    expect(await issue({ consumerId: 'demo-admin', label: 'x'.repeat(101) })).toBe('BAD_USER_INPUT');
  });

  it('tells when it was last used, without a write for each request', async () => {
    const { secret, apiKey: key } = await issue({ consumerId: 'demo-admin' });
    const lastUsed = async () =>
      (await test.database.query<{ at: string }>('SELECT last_used_at::text AS at FROM api_key WHERE id = $1', [key.id]))[0]?.at;
    await whose(secret);
    const first = await lastUsed();
    expect(first).not.toBeNull();
    await whose(secret);
    expect(await lastUsed()).toBe(first);
    await test.database.query(`UPDATE api_key SET last_used_at = last_used_at - interval '16 minutes'`);
    await whose(secret);
    expect(await lastUsed()).not.toBe(first);
  });

  it('is listed newest first, by consumer and state', async () => {
    const list = async (filter: string) =>
      (
        await test.ask(
          admin,
          `{ apiKeys(${filter}) { nodes { id consumer { name } revokedAt } pageInfo { hasNextPage endCursor } totalCount } }`,
        )
      ).data.apiKeys;
    const all = await list('first: 100');
    expect(all.nodes).toHaveLength(all.totalCount);
    const first = await list('first: 2');
    const second = await list(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([...first.nodes, ...second.nodes]).toEqual(all.nodes.slice(0, 4));
    expect((await list('consumerId: "demo-frontend"')).nodes).toMatchObject([{ consumer: { name: 'frontend-app' } }]);
    expect((await list('revoked: true')).nodes.every(({ revokedAt }: { revokedAt: string | null }) => revokedAt !== null)).toBe(true);
    expect((await list('consumerId: "nul\\u0000"')).totalCount).toBe(0);
  });
});

it('roles, consumers and keys are changed by administrators of every place alone', async () => {
  for (const as of [withRoles(['MANAGER']), withRoles(['INTEGRATION']), withRoles(['ADMIN'], ['1'])]) {
    const outcomes = [
      await createRole({ name: 'X', grants: ['CLERK'] }, null, as),
      await updateRole('CLERK', { name: 'X' }, as),
      await deleteRole('CLERK', null, as),
      await createConsumer({ name: 'X', roles: ['CLERK'] }, null, as),
      await updateConsumer('demo-admin', { name: 'X' }, as),
      await issue({ consumerId: 'demo-admin' }, null, as),
      await revoke('x', as),
    ];
    expect(outcomes).toEqual(outcomes.map(() => 'FORBIDDEN'));
  }
});

it('none of it is done where it cannot be told', async () => {
  const { apiKey: key } = await issue({ consumerId: 'demo-admin' });
  const { role: made } = await createRole({ name: 'Éphémère', grants: ['CLERK'] });
  const outcomes = await followAudit(test.database).whileImpossible(async () => [
    await createRole({ name: 'X', grants: ['CLERK'] }),
    await updateRole(made.id, { name: 'Y' }),
    await deleteRole(made.id),
    await createConsumer({ name: 'X', roles: ['CLERK'] }),
    await updateConsumer('demo-admin', { name: 'X' }),
    await issue({ consumerId: 'demo-admin', label: 'jamais' }),
    await revoke(key.id),
  ]);
  expect(outcomes).toEqual(outcomes.map(() => 'INTERNAL'));
  expect(await test.database.query(`SELECT name FROM role_definition WHERE name IN ('X', 'Y')`)).toEqual([]);
  expect(await test.database.query(`SELECT name FROM consumer WHERE name = 'X'`)).toEqual([]);
  expect(
    await test.database.query(`SELECT id FROM api_key WHERE label = 'jamais' OR (id = $1 AND revoked_at IS NOT NULL)`, [key.id]),
  ).toEqual([]);
});
