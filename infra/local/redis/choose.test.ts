import { expect, test } from 'vitest';
import { chooseRedis } from './choose.ts';

test('without Redis the gateway keeps its cache itself', async () => {
  expect(await chooseRedis({}, async () => ({ cause: 'nothing listens there', listening: false }))).toEqual({ kind: 'none' });
});

test('a Redis on the standard port that answers is used; one that refuses is named', async () => {
  expect(await chooseRedis({}, async () => 'usable')).toEqual({ kind: 'found', url: 'redis://127.0.0.1:6379' });
  expect(await chooseRedis({}, async () => ({ cause: 'password required', listening: true }))).toEqual({
    kind: 'none',
    notUsed: 'Redis on 6379 not used (password required); set REDIS_URL to use it',
  });
});

test('an unusable REDIS_URL is an error', async () => {
  const choice = chooseRedis({ REDIS_URL: 'redis://cache' }, async () => ({ cause: 'it does not answer', listening: false }));
  await expect(choice).rejects.toThrow(/REDIS_URL is set but cannot be used: it does not answer/);
});
