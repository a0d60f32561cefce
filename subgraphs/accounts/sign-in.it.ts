import { createAccessTokens } from '@comptoir/platform/access-token.ts';
import { followAudit } from '@comptoir/platform/testing/audit.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoStaff } from './domain/demo-staff.ts';
import { admin, gateway, nobody, secret, startSystem, withRoles } from './testing/accounts.ts';

let test: Awaited<ReturnType<typeof startSystem>>;
beforeAll(async () => {
  test = await startSystem();
});
afterAll(() => test[Symbol.asyncDispose]());
beforeEach(() => test.database.query('DELETE FROM sign_in_attempt'));

const passwordOf = (login: string) => demoStaff.find((person) => person.login === login)?.password as string;
const pinOf = (login: string) => demoStaff.find((person) => person.login === login)?.pin as string;

const signedInFields = `... on SignedIn { accessToken accessExpiresAt refreshToken refreshExpiresAt consumer { id name roles stores { id } limits { perMinute } }
  staffMember { id login roles stores { id } givenRoles { id } } }`;
const refusedFields = '... on SignInRefused { message retryAfterSeconds }';
const login = async (name: string, password: string) =>
  (
    await test.ask(
      nobody,
      `mutation($login: String!, $password: String!) { login(login: $login, password: $password) { __typename ${signedInFields} ${refusedFields} } }`,
      {
        login: name,
        password,
      },
    )
  ).data.login;
const withPin = async (name: string, pin: string, storeId: string) =>
  (
    await test.ask(
      nobody,
      `mutation($login: String!, $pin: String!, $storeId: ID!) { loginWithPin(login: $login, pin: $pin, storeId: $storeId) { __typename ${signedInFields} ${refusedFields} } }`,
      { login: name, pin, storeId },
    )
  ).data.loginWithPin;
const refresh = async (refreshToken: string) =>
  (
    await test.ask(
      nobody,
      `mutation($token: String!) { refresh(refreshToken: $token) { __typename ${signedInFields} ... on SessionEnded { message } } }`,
      {
        token: refreshToken,
      },
    )
  ).data.refresh;
const logout = async (refreshToken: string) =>
  (await test.ask(nobody, 'mutation($token: String!) { logout(refreshToken: $token) { ended } }', { token: refreshToken })).data.logout;
const tokens = createAccessTokens(secret);
/** What the gateway is told of the session of an access token. */
const sessionOf = async (accessToken: string) => {
  const id = (await tokens.verify(accessToken))?.sessionId;
  const query = 'query($id: ID!) { consumerBySession(id: $id) { id roles stores { id } limits { perMinute perHour } } }';
  return (await test.ask(gateway, query, { id })).data.consumerBySession;
};
const told = () => followAudit(test.database);
const wrong = { __typename: 'SignInRefused', message: 'What was given does not let anybody sign in.', retryAfterSeconds: null };

describe('a sign-in by password', () => {
  it('gives an access token with the rights of the person, and a session that lives', async () => {
    const audit = await told().during(async () => {
      const signed = await login(' GERANTE ', passwordOf('gerante'));
      expect(signed).toMatchObject({
        __typename: 'SignedIn',
        consumer: { name: 'Gisèle Exemple', roles: ['MANAGER'], stores: [{ id: '1' }, { id: '2' }] },
        staffMember: { login: 'gerante', roles: ['MANAGER'], givenRoles: [{ id: 'MANAGER' }] },
      });
      const claims = await tokens.verify(signed.accessToken);
      expect(claims).toMatchObject({
        consumerId: signed.consumer.id,
        name: 'Gisèle Exemple',
        roles: ['MANAGER'],
        stores: ['1', '2'],
        limits: { perMinute: 600, perHour: 20_000 },
      });
      expect(new Date(signed.accessExpiresAt).getTime()).toBe(claims?.expiresAt);
      expect(await sessionOf(signed.accessToken)).toEqual({
        id: signed.consumer.id,
        roles: ['MANAGER'],
        stores: [{ id: '1' }, { id: '2' }],
        limits: { perMinute: 600, perHour: 20_000 },
      });
    });
    expect(audit).toMatchObject([{ action: 'session.started', actor_name: 'Gisèle Exemple', store_ids: ['1', '2'] }]);
    expect(JSON.stringify(audit)).not.toContain(passwordOf('gerante'));
  });

  it('lets an administrator act everywhere', async () => {
    const { accessToken } = await login('admin', passwordOf('admin'));
    expect(await tokens.verify(accessToken)).toMatchObject({ roles: ['ADMIN'], stores: null });
  });

  it('is refused in the same words whatever was wrong, and audited', async () => {
    const refusals = [
      () => login('gerante', 'not the password'),
      () => login('nobody-here', passwordOf('gerante')),
      () => login('', ''),
      () => login('x'.repeat(1_000), 'y'.repeat(10_000)),
      () => login('nul\0', '\ud800'),
      () => login('1002', passwordOf('gerante')),
    ];
    const audit = await told().during(async () => {
      for (const attempt of refusals) expect(await attempt()).toEqual(wrong);
    });
    expect(audit.map(({ action, actor_id }) => `${action} ${actor_id}`)).toEqual(refusals.map(() => 'session.refused nobody'));
    expect(audit.map(({ entity_id }) => entity_id)).toEqual([expect.stringMatching(/^\d+$/), ...refusals.slice(1).map(() => 'unknown')]);
    // What was typed as a login may have been a password.
    expect(JSON.stringify(audit)).not.toContain('nobody-here');
  });

  it('keeps nothing from which a token could be read', async () => {
    const { refreshToken } = await login('analyste', passwordOf('analyste'));
    const kept = await test.database.query(`SELECT encode(hash, 'hex') AS hash FROM refresh_token`);
    const said = await test.database.query('SELECT payload::text AS payload FROM outbox');
    for (const text of [refreshToken, Buffer.from(refreshToken, 'base64url').toString('hex')])
      expect(JSON.stringify([kept, said])).not.toContain(text);
  });
});

describe('a sign-in by PIN', () => {
  it('is by login or badge, for one place of the person and twelve hours', async () => {
    for (const name of ['gerante', '1002']) {
      const signed = await withPin(name, pinOf('gerante'), '2');
      expect(await tokens.verify(signed.accessToken)).toMatchObject({ roles: ['MANAGER'], stores: ['2'] });
      const hours = (new Date(signed.refreshExpiresAt).getTime() - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(11.9);
      expect(hours).toBeLessThanOrEqual(12.01);
    }
  });

  it('is refused at another place, without a PIN, and to who is only an administrator', async () => {
    expect(await withPin('gerante', pinOf('gerante'), '3')).toEqual(wrong);
    expect(await withPin('gerante', pinOf('gerante'), 'x')).toEqual(wrong);
    expect(await withPin('analyste', '2580', '1')).toEqual(wrong);
    expect(await withPin('caisse', pinOf('gerante'), '1')).toEqual(wrong);
    await test.ask(admin, 'mutation($id: ID!) { resetPin(id: $id, pin: "4826") { __typename } }', {
      id: (await login('admin', passwordOf('admin'))).staffMember.id,
    });
    expect(await withPin('admin', '4826', '1')).toEqual(wrong);
  });
});

/** As if so many had failed already, the first of them so long ago. */
const failed = (account: string, failures: number, since = '1 hour') =>
  test.database.query(
    `INSERT INTO sign_in_attempt (account, failures, first_at, last_at) VALUES ($1, $2, clock_timestamp() - $3::interval, clock_timestamp())
     ON CONFLICT (account) DO UPDATE SET failures = $2, first_at = excluded.first_at, locked_until = NULL`,
    [account, failures, since],
  );

describe('an account', () => {
  it('is locked after many failures, known or not, for longer each time; the right password lets nobody in meanwhile', async () => {
    const { staffMember } = await login('caisse', passwordOf('caisse'));
    for (const [name, account] of [
      ['caisse', `password:staff:${staffMember.id}`],
      ['no-such-person', 'password:login:no-such-person'],
    ] as const) {
      const audit = await told().during(async () => {
        expect(await login(name, 'wrong wrong')).toEqual(wrong);
        await failed(account, 98);
        expect(await login(name, 'wrong wrong')).toEqual(wrong);
        expect(await login(name, 'wrong wrong')).toMatchObject({ __typename: 'SignInRefused', retryAfterSeconds: 30 });
        const { retryAfterSeconds, ...locked } = await login(name, name === 'caisse' ? passwordOf('caisse') : 'wrong wrong');
        expect(locked.__typename).toBe('SignInRefused');
        expect(retryAfterSeconds).toBeGreaterThan(0);
        expect(retryAfterSeconds).toBeLessThanOrEqual(30);
      });
      expect(audit.map(({ action }) => action)).toEqual(['session.refused', 'session.refused', 'session.locked']);
      await test.database.query(`UPDATE sign_in_attempt SET locked_until = clock_timestamp() - interval '1 second'`);
      expect(await login(name, 'wrong wrong')).toMatchObject({ retryAfterSeconds: 60 });
      await test.database.query('UPDATE sign_in_attempt SET locked_until = clock_timestamp()');
    }
    // A PIN is counted for itself, and a right password forgets all failures.
    expect(await withPin('caisse', pinOf('caisse'), '1')).toMatchObject({ __typename: 'SignedIn' });
    expect(await login('caisse', passwordOf('caisse'))).toMatchObject({ __typename: 'SignedIn' });
    expect(await login('caisse', 'wrong wrong')).toEqual(wrong);
  });

  it('is locked for twice as long each time, up to a quarter of an hour', async () => {
    const steps: [failures: number, seconds: number | null][] = [
      [99, null],
      [100, 30],
      [101, 60],
      [104, 480],
      [105, 900],
      [1_000, 900],
    ];
    for (const [failures, retryAfterSeconds] of steps) {
      await failed('password:login:guessed-often', failures - 1);
      expect([failures, await login('guessed-often', 'wrong wrong')]).toMatchObject([failures, { retryAfterSeconds }]);
    }
  });

  it('forgets failures that began a day ago, however lately somebody went on', async () => {
    await failed('password:login:guessed-for-days', 10_000, '25 hours');
    expect(await login('guessed-for-days', 'wrong wrong')).toEqual(wrong);
    const [row] = await test.database.query(
      `SELECT failures, first_at > now() - interval '1 minute' AS anew FROM sign_in_attempt WHERE account LIKE '%guessed-for-days'`,
    );
    expect(row).toEqual({ failures: 1, anew: true });
  });

  it('has its PIN locked after five failures, however far apart, and the password still lets in', async () => {
    for (let failure = 1; failure < 5; failure++) expect(await withPin('depot', '0000', '1')).toEqual(wrong);
    await test.database.query(
      `UPDATE sign_in_attempt SET first_at = first_at - interval '30 hours', last_at = last_at - interval '23 hours'`,
    );
    expect(await withPin('depot', '0000', '1')).toMatchObject({ __typename: 'SignInRefused', retryAfterSeconds: 30 });
    expect(await login('depot', passwordOf('depot'))).toMatchObject({ __typename: 'SignedIn' });
    await test.database.query('DELETE FROM sign_in_attempt');
  });

  it('is locked however many guesses come at once, and not by as many right ones', async () => {
    const guesses = await Promise.all(Array.from({ length: 12 }, () => withPin('depot', '0000', '1')));
    expect(guesses.filter(({ retryAfterSeconds }) => retryAfterSeconds === null)).toHaveLength(4);
    await test.database.query('DELETE FROM sign_in_attempt');
    const right = await Promise.all(Array.from({ length: 12 }, () => login('depot', passwordOf('depot'))));
    expect(right.map(({ __typename }) => __typename)).toEqual(Array(12).fill('SignedIn'));
  });
});

describe('a session', () => {
  it('goes on with the next pair of tokens, and ends where a used one comes again', async () => {
    const first = await login('caisse2', passwordOf('caisse2'));
    const second = await refresh(first.refreshToken);
    expect(second).toMatchObject({ __typename: 'SignedIn', consumer: { id: first.consumer.id } });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const third = await refresh(second.refreshToken);
    const audit = await told().during(async () => {
      // Its successor was used: no answer can have been lost.
      expect(await refresh(first.refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
      expect(await refresh(third.refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
    });
    expect(audit.map(({ action }) => action)).toEqual(['session.token_reused']);
    expect(await sessionOf(third.accessToken)).toBeNull();
  });

  it('that is refreshed twice at once gets one next token, and a late repetition ends it', async () => {
    const { refreshToken } = await login('caisse2', passwordOf('caisse2'));
    const both = await Promise.all(Array.from({ length: 5 }, () => refresh(refreshToken)));
    expect(both.map(({ __typename }) => __typename)).toEqual(Array(5).fill('SignedIn'));
    expect(new Set(both.map((answer) => answer.refreshToken)).size).toBe(1);
    await test.database.query(`UPDATE refresh_token SET used_at = used_at - interval '11 seconds' WHERE used_at IS NOT NULL`);
    expect(await refresh(refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
    expect(await refresh(both[0].refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
  });

  it('is not refreshed by what was never a token, nor once it is over or was idle', async () => {
    for (const text of ['', 'x', 'A'.repeat(43), 'nul\0', '\ud800'])
      expect(await refresh(text)).toMatchObject({ __typename: 'SessionEnded' });
    for (const column of ['ends_at', 'idle_until']) {
      const { refreshToken } = await login('caisse2', passwordOf('caisse2'));
      await test.database.query(`UPDATE session SET ${column} = clock_timestamp() - interval '1 second'`);
      expect(await refresh(refreshToken), column).toMatchObject({ __typename: 'SessionEnded' });
    }
  });

  it('ends at a sign-out, once', async () => {
    const { accessToken, refreshToken } = await login('caisse2', passwordOf('caisse2'));
    const audit = await told().during(async () => {
      expect(await logout(refreshToken)).toEqual({ ended: true });
      expect(await logout(refreshToken)).toEqual({ ended: false });
      expect(await logout('nobody’s')).toEqual({ ended: false });
    });
    expect(audit.map(({ action }) => action)).toEqual(['session.ended']);
    expect(await sessionOf(accessToken)).toBeNull();
    expect(await refresh(refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
  });

  it('has the rights that the person has by now, and none once they are disabled', async () => {
    const { accessToken, refreshToken, staffMember } = await login('depot', passwordOf('depot'));
    const change = async (document: string) => {
      const { data } = await test.ask(admin, `mutation($id: ID!) { done: ${document} { __typename } }`, { id: staffMember.id });
      expect(data.done).toEqual({ __typename: 'StaffUpdated' });
    };
    await change('updateStaff(id: $id, input: { roles: ["WAREHOUSE", "CLERK"], stores: ["6", "1"] })');
    expect(await sessionOf(accessToken)).toMatchObject({ roles: ['CLERK', 'WAREHOUSE'], stores: [{ id: '1' }, { id: '6' }] });
    const next = await refresh(refreshToken);
    expect(await tokens.verify(next.accessToken)).toMatchObject({ roles: ['CLERK', 'WAREHOUSE'], stores: ['1', '6'] });
    await change('disableStaff(id: $id)');
    expect(await sessionOf(next.accessToken)).toBeNull();
    expect(await refresh(next.refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
    expect(await login('depot', passwordOf('depot'))).toEqual(wrong);
    await change('enableStaff(id: $id)');
    expect(await login('depot', passwordOf('depot'))).toMatchObject({ __typename: 'SignedIn' });
  });

  it('is told of to nobody but the gateway', async () => {
    const { accessToken } = await login('admin', passwordOf('admin'));
    const id = (await tokens.verify(accessToken))?.sessionId;
    const answer = await test.ask(admin, 'query($id: ID!) { consumerBySession(id: $id) { id } }', { id });
    expect(answer.errors[0].extensions.code).toBe('FORBIDDEN');
    for (const unknown of ['', 'x', 'nul\0']) {
      expect(
        (await test.ask(gateway, 'query($id: ID!) { consumerBySession(id: $id) { id } }', { id: unknown })).data.consumerBySession,
      ).toBeNull();
    }
  });

  it('shows its own rights as those of who asks', async () => {
    const { consumer } = await withPin('gerante', pinOf('gerante'), '2');
    const asTill = { consumerId: consumer.id, name: consumer.name, roles: consumer.roles, stores: ['2'] };
    const { me } = (await test.ask(asTill, '{ me { name roles stores { id } staffMember { login } } }')).data;
    expect(me).toEqual({ name: 'Gisèle Exemple', roles: ['MANAGER'], stores: [{ id: '2' }], staffMember: { login: 'gerante' } });
  });
});

describe('the own secrets', () => {
  const change = (principal: Parameters<typeof test.ask>[0], currentPassword: string, newPassword: string) =>
    test.ask(
      principal,
      `mutation($a: String!, $b: String!) { changePassword(currentPassword: $a, newPassword: $b) { __typename ${signedInFields} ... on AccountChangeRefused { reason } ${refusedFields} } }`,
      { a: currentPassword, b: newPassword },
    );

  it('are changed by who knows the password; then every other session has ended', async () => {
    const old = await login('analyste', passwordOf('analyste'));
    const self = { ...withRoles(['ANALYST'], ['1']), consumerId: old.consumer.id };
    expect((await change(self, 'wrong wrong', 'une nouvelle phrase')).data.changePassword).toEqual({
      __typename: 'AccountChangeRefused',
      reason: 'WRONG_PASSWORD',
    });
    const short = await change(self, passwordOf('analyste'), 'court');
    expect(short.errors[0].extensions.faults[0].path).toEqual(['newPassword']);
    const audit = await told().during(async () => {
      const { changePassword } = (await change(self, passwordOf('analyste'), 'une nouvelle phrase')).data;
      expect(changePassword.__typename).toBe('SignedIn');
      expect(await sessionOf(changePassword.accessToken)).not.toBeNull();
    });
    expect(audit.map(({ action }) => action)).toEqual(['staff.password_changed', 'session.started']);
    expect(await sessionOf(old.accessToken)).toBeNull();
    expect(await login('analyste', passwordOf('analyste'))).toEqual(wrong);
    expect(await login('analyste', 'une nouvelle phrase')).toMatchObject({ __typename: 'SignedIn' });

    const setPin =
      'mutation($p: String!, $pin: String) { setPin(currentPassword: $p, pin: $pin) { __typename ... on PinSet { staffMember { hasPin } } } }';
    const set = await test.ask(self, setPin, { p: 'une nouvelle phrase', pin: '4826' });
    expect(set.data.setPin).toEqual({ __typename: 'PinSet', staffMember: { hasPin: true } });
    const [till, screen] = [await withPin('analyste', '4826', '1'), await login('analyste', 'une nouvelle phrase')];
    expect(till.__typename).toBe('SignedIn');
    // Who knew the old PIN is out at every till.
    await test.ask(self, setPin, { p: 'une nouvelle phrase', pin: '9157' });
    expect(await sessionOf(till.accessToken)).toBeNull();
    expect(await sessionOf(screen.accessToken)).not.toBeNull();
  });

  it('are not guessed from an open screen', async () => {
    const { consumer } = await login('caisse2', passwordOf('caisse2'));
    const self = { ...withRoles(['CLERK'], ['2']), consumerId: consumer.id };
    for (let guess = 1; guess < 5; guess++) await change(self, `guess number ${guess}`, 'une nouvelle phrase');
    expect((await change(self, 'guess number 5', 'une nouvelle phrase')).data.changePassword).toMatchObject({
      __typename: 'SignInRefused',
      retryAfterSeconds: 30,
    });
    expect((await change(self, passwordOf('caisse2'), 'une nouvelle phrase')).data.changePassword.__typename).toBe('SignInRefused');
  });

  it('are nothing that a program has', async () => {
    expect((await change(admin, 'x', 'une nouvelle phrase')).data.changePassword).toEqual({
      __typename: 'AccountChangeRefused',
      reason: 'NOT_STAFF',
    });
  });
});
