import type { Principal, Role } from '@comptoir/platform/principal.ts';
import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, startSystem, withRoles } from './testing/accounts.ts';

let test: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  test = await startSystem();
});
afterAll(() => test[Symbol.asyncDispose]());

const password = 'une phrase de passe';
let number = 0;
const input = (more: object = {}) => ({
  name: `Essai ${++number}`,
  login: `essai${number}`,
  roles: ['CLERK'],
  stores: ['1'],
  password,
  ...more,
});
const fields = 'id name login email badge roles givenRoles { id name } stores { id } active hasPin version';
const createDocument = `mutation($input: CreateStaffInput!, $key: String) { createStaff(input: $input, idempotencyKey: $key) {
  __typename ... on StaffCreated { staffMember { ${fields} } } ... on AlreadyTaken { field } } }`;
const create = (more: object = {}, { as = admin as Principal, key = null as string | null } = {}) =>
  test.ask(as, createDocument, { input: input(more), key });
const created = async (more: object = {}) => (await create(more)).data.createStaff.staffMember;
const refusal =
  '... on AccountChangeRefused { reason message } ... on StaleValue { message } ... on AlreadyTaken { field } ... on NotFound { kind id }';
const update = async (id: string, change: object, as: Principal = admin) => {
  const document = `mutation($id: ID!, $input: UpdateStaffInput!) { updateStaff(id: $id, input: $input) { __typename ... on StaffUpdated { staffMember { ${fields} } } ${refusal} } }`;
  const { data, errors } = await test.ask(as, document, { id, input: change });
  return errors ? errors[0].extensions.code : data.updateStaff;
};
const act = async (call: string, as: Principal = admin) => {
  const { data, errors } = await test.ask(
    as,
    `mutation { done: ${call} { __typename ... on StaffUpdated { staffMember { ${fields} } } ... on AccountChangeRefused { reason } } }`,
  );
  return errors ? errors[0].extensions.code : data.done;
};
const manager = withRoles(['MANAGER'], ['1', '2']);

describe('a member of staff', () => {
  it('is created with roles, places and secrets of which only hashes are kept', async () => {
    const audit = await followAudit(test.database).during(async () => {
      const { createStaff } = (await create({ email: 'essai@example.org', badge: '4711', pin: '2580', stores: ['2', '1'] })).data;
      expect(createStaff.staffMember).toMatchObject({
        email: 'essai@example.org',
        badge: '4711',
        roles: ['CLERK'],
        givenRoles: [{ id: 'CLERK', name: 'CLERK' }],
        stores: [{ id: '1' }, { id: '2' }],
        active: true,
        hasPin: true,
        version: 1,
      });
    });
    expect(audit).toMatchObject([{ action: 'staff.created', actor_id: 'demo-admin', store_ids: ['1', '2'] }]);
    expect(JSON.stringify(audit)).not.toMatch(new RegExp(`${password}|2580|argon2`));
    const kept = JSON.stringify(await test.database.query('SELECT * FROM staff'));
    expect(kept).not.toContain(password);
    expect(kept.match(/\$argon2id\$v=19\$m=19456,t=2,p=1/g)?.length).toBeGreaterThan(2);
  });

  it('is refused with every fault at once', async () => {
    const bad = { name: '', login: '1', email: 'x', badge: 'x', roles: [], stores: ['x'], password: 'court', pin: '1' };
    const { errors } = await create(bad, { key: ' ' });
    const paths = errors[0].extensions.faults.map(({ path }: { path: string[] }) => path.at(-1));
    expect(paths).toEqual(['name', 'login', 'email', 'badge', 'roles', 'stores', 'password', 'idempotencyKey', 'pin']);
    expect((await create({ roles: ['CLERK', 'NOBLE'] })).errors[0].extensions.faults[0].path).toEqual(['input', 'roles']);
  });

  it('has a login and a badge of its own, also for two at once, and is created once for a key', async () => {
    const twins = await Promise.all(['Double', 'DOUBLE', 'double'].map((login) => create({ login })));
    expect(twins.map(({ data }) => data.createStaff.__typename).sort()).toEqual(['AlreadyTaken', 'AlreadyTaken', 'StaffCreated']);
    await create({ badge: '8080' });
    expect((await create({ badge: '8080' })).data.createStaff).toEqual({ __typename: 'AlreadyTaken', field: 'badge' });
    const same = input();
    const ask = (more: object = {}) => test.ask(admin, createDocument, { input: { ...same, ...more }, key: 'once' });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map(({ data }) => data.createStaff.staffMember.id)).size).toBe(1);
    expect((await ask({ name: 'Autre' })).data.createStaff.__typename).toBe('IdempotencyConflict');
  });

  it('is changed in what is given; an old version is refused, and what changes nothing is not told of', async () => {
    const { id, login } = await created({ badge: '5150' });
    const audit = await followAudit(test.database).during(async () => {
      expect(await update(id, { name: 'Nouveau', badge: null, roles: ['WAREHOUSE', 'CLERK'], expectedVersion: 1 })).toMatchObject({
        staffMember: { name: 'Nouveau', badge: null, roles: ['CLERK', 'WAREHOUSE'], version: 2 },
      });
      expect(await update(id, { name: 'Autre', expectedVersion: 1 })).toMatchObject({ __typename: 'StaleValue' });
      expect(await update(id, { name: 'Nouveau', roles: ['CLERK', 'WAREHOUSE'] })).toMatchObject({ staffMember: { version: 2 } });
      expect(await update(id, { login: 'ADMIN' })).toMatchObject({ __typename: 'AlreadyTaken', field: 'login' });
      expect(await update('99999', { name: 'X' })).toMatchObject({ __typename: 'NotFound', id: '99999' });
    });
    expect(audit).toMatchObject([
      {
        action: 'staff.updated',
        summary: `${login} was changed`,
        changes: [
          { field: 'name', after: 'Nouveau' },
          { field: 'badge', before: '5150', after: null },
          { field: 'roleIds', before: ['CLERK'], after: ['CLERK', 'WAREHOUSE'] },
        ],
      },
    ]);
  });

  it('cannot be changed where that cannot be told', async () => {
    const { id } = await created();
    const audit = followAudit(test.database);
    const before = await test.database.query('SELECT count(*)::int AS count FROM staff');
    await audit.whileImpossible(async () => {
      expect((await create()).errors[0].extensions.code).toBe('INTERNAL');
      expect(await update(id, { name: 'Personne' })).toBe('INTERNAL');
      for (const call of ['disableStaff(id: $)', 'resetPassword(id: $, password: "une autre phrase")', 'resetPin(id: $, pin: "2580")']) {
        expect(await act(call.replace('$', `"${id}"`))).toBe('INTERNAL');
      }
    });
    expect(await test.database.query('SELECT count(*)::int AS count FROM staff')).toEqual(before);
    expect((await test.ask(admin, `{ staffMember(id: "${id}") { version active hasPin } }`)).data.staffMember).toEqual({
      version: 1,
      active: true,
      hasPin: false,
    });
  });

  it('is told of once for each thing that is done to the account', async () => {
    const { id } = await created();
    const audit = await followAudit(test.database).during(async () => {
      for (const call of [
        'disableStaff(id: $)',
        'disableStaff(id: $)',
        'enableStaff(id: $, expectedVersion: 1)',
        'enableStaff(id: $, expectedVersion: 2)',
        'resetPassword(id: $, password: "une autre phrase")',
        'resetPin(id: $, pin: "2580")',
        'resetPin(id: $)',
        'resetPin(id: $)',
      ])
        await act(call.replace('$', `"${id}"`));
    });
    expect(audit.map(({ action }) => action)).toEqual([
      'staff.disabled',
      'staff.enabled',
      'staff.password_reset',
      'staff.pin_reset',
      'staff.pin_removed',
    ]);
  });
});

describe('rights over staff', () => {
  it('are a manager’s in the own places, and no further than the own rights', async () => {
    const [here, both, elsewhere] = [await created(), await created({ stores: ['1', '3'] }), await created({ stores: ['3'] })];
    const peer = await created({ roles: ['MANAGER'], stores: ['2'] });
    const chief = await created({ roles: ['ADMIN'], stores: ['1'] });
    expect(await update(here.id, { name: 'Ici' }, manager)).toMatchObject({ __typename: 'StaffUpdated' });
    expect(await update(peer.id, { name: 'Pair' }, manager)).toMatchObject({ __typename: 'StaffUpdated' });
    expect(await update(both.id, { name: 'Les deux' }, manager)).toBe('FORBIDDEN');
    expect(await update(chief.id, { name: 'Chef' }, manager)).toBe('FORBIDDEN');
    expect(await update(elsewhere.id, { name: 'Ailleurs' }, manager)).toMatchObject({ __typename: 'NotFound' });
    for (const call of [
      'disableStaff(id: $)',
      'resetPassword(id: $, password: "une autre phrase")',
      'resetPin(id: $, pin: "2580")',
      'enableStaff(id: $)',
    ]) {
      expect(await act(call.replace('$', `"${chief.id}"`), manager), call).toBe('FORBIDDEN');
      expect(await act(call.replace('$', `"${elsewhere.id}"`), manager), call).toEqual({ __typename: 'NotFound' });
    }
    expect(await update(here.id, { roles: ['ADMIN'] }, manager)).toBe('FORBIDDEN');
    expect(await update(here.id, { roles: ['INTEGRATION'] }, manager)).toBe('FORBIDDEN');
    expect(await update(here.id, { stores: ['1', '3'] }, manager)).toBe('FORBIDDEN');
    expect(await update(here.id, { stores: [] }, manager)).toBe('FORBIDDEN');
    const codes = await Promise.all(
      [{ roles: ['ADMIN'] }, { stores: ['3'] }, { stores: [] }, {}].map(
        async (more) => (await create(more, { as: manager })).errors?.[0].extensions.code ?? 'done',
      ),
    );
    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'done']);
  });

  it('do not let one change the own secrets without the password', async () => {
    const { id } = await created({ roles: ['MANAGER'] });
    const self = { ...manager, consumerId: `staff:${id}` };
    expect(await act(`resetPassword(id: "${id}", password: "une autre phrase")`, self)).toBe('FORBIDDEN');
    expect(await act(`resetPin(id: "${id}", pin: "2580")`, self)).toBe('FORBIDDEN');
    expect(await update(id, { name: 'Moi' }, self)).toMatchObject({ __typename: 'StaffUpdated' });
  });

  it.each<Role>(['CLERK', 'WAREHOUSE', 'ANALYST', 'DEVICE', 'INTEGRATION'])('are not %s’s', async (role) => {
    const { id } = await created();
    const as = withRoles([role], ['1']);
    expect(await update(id, { name: 'X' }, as)).toBe('FORBIDDEN');
    expect(await act(`disableStaff(id: "${id}")`, as)).toBe('FORBIDDEN');
    for (const query of [
      '{ staff { totalCount } }',
      '{ roles { id } }',
      '{ apiKeys { totalCount } }',
      '{ tiers { tier } }',
      '{ auditLog { totalCount } }',
    ]) {
      expect((await test.ask(as, query)).errors?.[0].extensions.code, query).toBe('FORBIDDEN');
    }
    expect((await test.ask(as, `{ staffMember(id: "${id}") { login } }`)).data.staffMember).toBeNull();
  });

  it('are the same on entities, and for oneself', async () => {
    const [here, elsewhere] = [await created(), await created({ stores: ['3'] })];
    const query =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on StaffMember { login } ... on Consumer { name staffMember { login } } } }';
    const r = [here, elsewhere].flatMap(({ id }) => [
      { __typename: 'StaffMember', id },
      { __typename: 'Consumer', id: `staff:${id}` },
    ]);
    const entities = async (as: Principal) => (await test.ask(as, query, { r })).data._entities;
    const [both, none] = [
      (one: { name: string; login: string }) => [{ login: one.login }, { name: one.name, staffMember: { login: one.login } }],
      (one: { name: string }) => [null, { name: one.name, staffMember: null }],
    ];
    expect(await entities(admin)).toEqual([...both(here), ...both(elsewhere)]);
    expect(await entities(manager)).toEqual([...both(here), ...none(elsewhere)]);
    expect(await entities(withRoles(['CLERK'], ['1', '3']))).toEqual([...none(here), ...none(elsewhere)]);
    expect(await entities({ ...withRoles(['CLERK'], ['1']), consumerId: `staff:${elsewhere.id}` })).toEqual([
      ...none(here),
      ...both(elsewhere),
    ]);
  });

  it('limit the list to who may be seen', async () => {
    const { nodes } = (await test.ask(manager, '{ staff(first: 100) { nodes { stores { id } } } }')).data.staff;
    expect(nodes.length).toBeGreaterThan(3);
    for (const { stores } of nodes) expect(stores.some(({ id }: { id: string }) => ['1', '2'].includes(id))).toBe(true);
    expect((await test.ask(withRoles(['MANAGER'], []), '{ staff { nodes { id } totalCount } }')).data.staff).toEqual({
      nodes: [],
      totalCount: 0,
    });
  });
});

describe('the last administrator', () => {
  const administrators = async () =>
    (await test.ask(admin, '{ staff(role: ADMIN, active: true, first: 100) { nodes { id } } }')).data.staff.nodes.map(
      ({ id }: { id: string }) => id,
    );
  const alone = async () => {
    const [first, ...others] = await administrators();
    for (const id of others) await act(`disableStaff(id: "${id}")`);
    return first as string;
  };

  it('cannot be disabled nor lose the right, also by a change of the role it comes from', async () => {
    const id = await alone();
    const last = { __typename: 'AccountChangeRefused', reason: 'LAST_ADMINISTRATOR' };
    expect(await act(`disableStaff(id: "${id}")`)).toEqual(last);
    expect(await update(id, { roles: ['CLERK'] })).toMatchObject(last);
    const role = (
      await test.ask(admin, 'mutation { createRole(input: { name: "Direction", grants: [ADMIN] }) { ... on RoleCreated { role { id } } } }')
    ).data.createRole.role;
    expect(await update(id, { roles: [role.id] })).toMatchObject({ __typename: 'StaffUpdated' });
    const lower = `mutation { updateRole(id: "${role.id}", input: { grants: [MANAGER] }) { __typename ... on AccountChangeRefused { reason } } }`;
    expect((await test.ask(admin, lower)).data.updateRole).toEqual(last);
    expect(await administrators()).toEqual([id]);
    await created({ roles: ['ADMIN'] });
    expect((await test.ask(admin, lower)).data.updateRole.__typename).toBe('RoleUpdated');
  });

  it('stays where two disable each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      await alone();
      await created({ roles: ['ADMIN'] });
      const two = await administrators();
      expect(two).toHaveLength(2);
      const outcomes = await Promise.all(two.map((id: string) => act(`disableStaff(id: "${id}")`)));
      expect(outcomes.map(({ __typename }) => __typename).sort()).toEqual(['AccountChangeRefused', 'StaffUpdated']);
      expect(await administrators()).toHaveLength(1);
    }
  });
});

describe('the list of staff', () => {
  it('is searched without regard to case and accents, and filtered', async () => {
    const list = async (filter: string) =>
      (await test.ask(admin, `{ staff(first: 100, ${filter}) { nodes { login } totalCount } }`)).data.staff;
    expect((await list('search: "GISELE exemple"')).nodes).toEqual([{ login: 'gerante' }]);
    expect((await list('search: "1003"')).nodes).toEqual([{ login: 'caisse' }]);
    expect(await list('search: "100%"')).toEqual({ nodes: [], totalCount: 0 });
    expect((await list('storeId: "6", role: WAREHOUSE')).nodes).toEqual([{ login: 'depot' }]);
    expect((await list('storeId: "nul\\u0000"')).nodes).toEqual([]);
    const all = (await list('active: true')).totalCount + (await list('active: false')).totalCount;
    expect((await list('search: ""')).totalCount).toBe(all);
  });

  it('shows each once, by name', async () => {
    const seen: { id: string; name: string }[] = [];
    for (let after: string | null = null; ; ) {
      const query = 'query($after: String) { staff(first: 4, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } } }';
      const answer = await test.ask(admin, query, { after });
      const { nodes, pageInfo } = answer.data.staff;
      seen.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    const [row] = await test.database.query<{ count: number }>('SELECT count(*)::int AS count FROM staff');
    expect([seen.length, new Set(seen.map(({ id }) => id)).size]).toEqual([row?.count, row?.count]);
    const names = seen.map(({ name }) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
    expect(names).toEqual([...names].sort());
  });
});
