import { expect, test } from 'vitest';
import { choosePostgres, type PostgresLook } from './choose.ts';

const nothingListens: PostgresLook = { listens: async () => false, probe: async () => ({ usable: false, cause: 'nothing listens there' }) };

test('without a server anywhere the embedded one is used, and nothing is said about others', async () => {
  expect(await choosePostgres({}, nothingListens)).toEqual({ kind: 'embedded' });
});

test('a usable DATABASE_URL is used without a look at this machine', async () => {
  const asked: string[] = [];
  const choice = await choosePostgres(
    { DATABASE_URL: 'postgres://me@db/' },
    {
      listens: () => Promise.reject(new Error('not to be asked')),
      probe: async (url) => {
        asked.push(url);
        return { usable: true, version: '16.2' };
      },
    },
  );
  expect(choice).toEqual({ kind: 'configured', url: 'postgres://me@db/', version: '16.2' });
  expect(asked).toEqual(['postgres://me@db/']);
});

test('an unusable DATABASE_URL is an error with its cause and the way out, never another server', async () => {
  const look: PostgresLook = {
    listens: async () => true,
    probe: async () => ({ usable: false, cause: '28P01 password authentication failed for user "me"' }),
  };
  const choice = choosePostgres({ DATABASE_URL: 'postgres://me:secret@db/' }, look);
  await expect(choice).rejects.toThrow(
    /DATABASE_URL is set but cannot be used: 28P01 password authentication failed.*unset it to use the embedded/s,
  );
  await expect(choice).rejects.not.toThrow(/secret/);
});

test('a usable server on the standard port is used', async () => {
  const choice = await choosePostgres({}, { listens: async () => true, probe: async () => ({ usable: true, version: '15.6' }) });
  expect(choice).toMatchObject({
    kind: 'found',
    url: expect.stringMatching(/^postgres:\/\/postgres@127\.0\.0\.1:5432\//),
    version: '15.6',
  });
});

test('a server on the standard port that wants a password is passed over and the reason given', async () => {
  const choice = await choosePostgres(
    {},
    { listens: async () => true, probe: async () => ({ usable: false, cause: 'password required' }) },
  );
  expect(choice).toEqual({ kind: 'embedded', notUsed: 'PostgreSQL on 5432 not used (password required); set DATABASE_URL to use it' });
});

test('PGUSER and PGPASSWORD say who to be on the standard port', async () => {
  const asked: string[] = [];
  const probe: PostgresLook['probe'] = async (url) => {
    asked.push(url);
    return { usable: false, cause: 'no' };
  };
  await choosePostgres({ PGUSER: 'anna', PGPASSWORD: 'a/b' }, { listens: async () => true, probe });
  expect(asked).toEqual(['postgres://anna:a%2Fb@127.0.0.1:5432/postgres']);
});
