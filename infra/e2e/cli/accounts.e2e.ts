import { once } from 'node:events';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ownFolder } from '@comptoir/platform/testing/own-folder.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, ask } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { comptoir, startComptoir } from './comptoir.ts';

const resources = createResources();
let system: System;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = ownFolder('cli');
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  system = resources.use(await startSystem({ split: true, workSeconds: 0.05 }));
  env = { COMPTOIR_URL: system.url, XDG_CONFIG_HOME: folder, COMPTOIR_API_KEY: '', COMPTOIR_PASSWORD: 'comptoir-demo-1' };
});
afterAll(() => resources[Symbol.asyncDispose]());

const run = (...words: string[]) => comptoir(env, ...words);
const sessionsFile = () => path.join(folder, 'comptoir', 'sessions.json');
const kept = async () => JSON.parse(await readFile(sessionsFile(), 'utf8'))[new URL(system.url).origin];

test('who signs in acts in that name until the sign-out; a key goes before', async () => {
  expect(await comptoir({ ...env, COMPTOIR_PASSWORD: 'not the password' }, 'login', 'admin')).toMatchObject({ code: 1, out: '' });
  const signedIn = await run('login', 'admin');
  expect(signedIn).toMatchObject({ code: 0, err: '', out: expect.stringContaining('staff:') });
  expect((await stat(sessionsFile())).mode & 0o777).toBe(0o600);
  expect((await run('whoami')).out).toContain('staff:');
  expect((await comptoir({ ...env, COMPTOIR_API_KEY: adminKey }, 'whoami')).out).toContain('admin-user');
});

test('tokens near their end are renewed, by any number of commands at once', async () => {
  const before = await kept();
  await writeFile(sessionsFile(), JSON.stringify({ [new URL(system.url).origin]: { ...before, accessExpiresAt: Date.now() } }));
  const tokens = await Promise.all([run('token'), run('token'), run('token')]);
  expect(new Set(tokens.map(({ code, out, err }) => `${code} ${out.trim()} ${err}`))).toEqual(
    new Set([`0 ${(await kept()).accessToken} `]),
  );
  expect((await kept()).refreshToken).not.toBe(before.refreshToken);
  // As where this machine's clock is wrong: the gateway does not take what the file calls good.
  await writeFile(sessionsFile(), JSON.stringify({ [new URL(system.url).origin]: { ...(await kept()), accessToken: 'ended' } }));
  expect(await run('whoami')).toMatchObject({ code: 0, out: expect.stringContaining('staff:') });
});

test('a consumer is created, gets a key that works, and loses it', async () => {
  expect(await run('consumer', 'create', '--name', 'caisse-e2e', '--role', 'clerk', '--store', '1')).toMatchObject({ code: 0 });
  expect(await run('consumer', 'create', '--name', 'caisse-e2e', '--role', 'clerk')).toMatchObject({ code: 1 });
  const issued = await run('key', 'issue', '--consumer', 'caisse-e2e', '--label', 'e2e', '--expires', '30d', '--quiet');
  expect(issued).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^\S+\n$/) });
  const byKey = { ...env, COMPTOIR_API_KEY: issued.out.trim() };
  expect((await comptoir(byKey, 'whoami')).out).toContain('caisse-e2e');
  expect(await comptoir(byKey, 'key', 'list')).toMatchObject({ code: 1, err: expect.stringContaining('ADMIN') });
  const listed = JSON.parse((await run('key', 'list', '--consumer', 'caisse-e2e', '--json')).out);
  expect(listed).toMatchObject({ label: 'e2e', consumer: { name: 'caisse-e2e' }, revokedAt: null });
  expect(await run('key', 'revoke', listed.id)).toMatchObject({ code: 0 });
  expect(await run('key', 'revoke', listed.id)).toMatchObject({ code: 1 });
  expect((await run('key', 'list', '--consumer', 'caisse-e2e')).out).toBe('');
});

test('whoever watches while the gateway is killed sees every result, each once', async () => {
  const watching = startComptoir(env, 'watch', '--json');
  resources.defer(() => watching.process.kill());
  await expect.poll(watching.err, { timeout: 20_000 }).toContain('live');
  // Events of before its subscription stood are none of its own: it is seen to stand by a first one.
  await expect
    .poll(
      async () => {
        await run('calc', '1', '+', '1');
        return watching.out();
      },
      { timeout: 60_000 },
    )
    .not.toBe('');
  const tasks = Array.from({ length: 200 }, (_, n1) => ({ n1, n2: 1, operation: 'ADD' }));
  const { data } = await ask(
    system.url,
    'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { ... on BatchSubmitted { batch { id } } } }',
    {
      input: { tasks, source: 'AUTO' },
    },
  );
  expect(data.submitBatch.batch.id).toBeTruthy();
  const seen = () =>
    watching
      .out()
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as { id: string; source: string; n1: number })
      .filter(({ source }) => source === 'AUTO');
  await expect.poll(() => seen().length, { timeout: 60_000 }).toBeGreaterThan(10);
  expect(seen().length).toBeLessThan(200);
  await system.kill('gateway');
  await expect.poll(watching.err, { timeout: 60_000 }).toMatch(/live[\s\S]*reconnecting[\s\S]*live/);
  await expect.poll(() => new Set(seen().map(({ n1 }) => n1)).size, { timeout: 90_000 }).toBe(200);
  expect(seen().length).toBe(200);
  watching.process.kill('SIGINT');
  const [code] = await once(watching.process, 'exit');
  expect(code).toBe(0);
});

test('who signs out is nobody, and the tokens are worth nothing', async () => {
  const { refreshToken } = await kept();
  expect(await run('logout')).toMatchObject({ code: 0 });
  expect(await run('token')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('comptoir login') });
  const { data } = await ask(system.url, 'mutation ($refreshToken: String!) { refresh(refreshToken: $refreshToken) { __typename } }', {
    refreshToken,
  });
  expect(data.refresh.__typename).toBe('SessionEnded');
});

test.each([
  [['login', 'admin'], 2, /COMPTOIR_PASSWORD/],
  [['key', 'issue'], 2, /--consumer[\s\S]*key issue --help/],
  [['key', 'issue', '--consumer', 'nobody'], 1, /no consumer "nobody"[\s\S]*admin-user/],
  [['key', 'issue', '--consumer', 'admin-user', '--expires', 'soon'], 2, /30d/],
  [['consumer', 'create', '--name', 'x', '--role', 'KING'], 2, /KING.*ADMIN/],
  [['key', 'revoke', 'none'], 1, /key list/],
] as const)('%j says what is wrong and how to mend it', async (words, expected, said) => {
  const { code, err } = await comptoir({ ...env, COMPTOIR_PASSWORD: '' }, ...words);
  expect(err).toMatch(said);
  expect(code).toBe(expected);
});
