import { expect, test } from 'vitest';
import type { SubgraphAnswer, SubgraphRequest } from '../fetch/subgraph-source.ts';
import { createConsumerKeys } from './consumer-keys.ts';

function setUp() {
  const asked: unknown[] = [];
  const state = { now: 0, down: false };
  const ask = async ({ variables }: SubgraphRequest): Promise<SubgraphAnswer> => {
    asked.push(variables?.value);
    if (state.down) throw new Error('down');
    const known = { id: '1', name: 'one', roles: ['ADMIN', 'ROLE_OF_TOMORROW'], limits: { perMinute: 5, perHour: 50 } };
    return { data: { consumerByApiKey: variables?.value === 'good' ? known : null } };
  };
  const authenticate = createConsumerKeys({ ask } as never, { knownMs: 30_000, unknownMs: 5_000, maxEntries: 2 }, () => state.now);
  return { asked, state, authenticate };
}

test('a known key is asked for once in 30 seconds, an unknown one once in 5', async () => {
  const { asked, state, authenticate } = setUp();
  const caller = { consumerId: '1', name: 'one', roles: ['ADMIN'], stores: null, limits: { perMinute: 5, perHour: 50 } };
  const both = async () => [await authenticate({ key: 'good' }), await authenticate({ key: 'bad' })];
  expect(await both()).toEqual([caller, null]);
  state.now = 4_999;
  await both();
  expect(asked).toEqual(['good', 'bad']);
  state.now = 5_000;
  await both();
  expect(asked).toEqual(['good', 'bad', 'bad']);
  state.now = 30_000;
  await both();
  expect(asked).toEqual(['good', 'bad', 'bad', 'good', 'bad']);
});

test('look-ups in flight are shared, and one that fails is not kept', async () => {
  const { asked, state, authenticate } = setUp();
  state.down = true;
  const failed = await Promise.allSettled([authenticate({ key: 'good' }), authenticate({ key: 'good' })]);
  expect(failed.map((result) => result.status === 'rejected' && result.reason.code)).toEqual([
    'SERVICE_UNAVAILABLE',
    'SERVICE_UNAVAILABLE',
  ]);
  expect(asked).toHaveLength(1);
  state.down = false;
  expect(await authenticate({ key: 'good' })).not.toBeNull();
});

test('the number of remembered keys is bounded', async () => {
  const { asked, authenticate } = setUp();
  for (const key of ['a', 'b', 'c', 'a']) await authenticate({ key });
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});

test('no credentials are nobody, and nobody is asked', async () => {
  const { asked, authenticate } = setUp();
  expect(await authenticate(null)).toBeNull();
  expect(asked).toEqual([]);
});

test('a key that was never valid is looked up only where that is admitted, one that was valid always', async () => {
  const { asked, state, authenticate } = setUp();
  const refuse = async () => {
    throw new Error('too many');
  };
  await expect(authenticate({ key: 'guess' }, refuse)).rejects.toThrow('too many');
  await expect(authenticate({ key: 'good' }, refuse)).rejects.toThrow('too many');
  expect(asked).toEqual([]);
  expect(await authenticate({ key: 'good' }, async () => undefined)).not.toBeNull();
  state.now = 30_000;
  state.down = true;
  await expect(authenticate({ key: 'good' }, refuse)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  state.down = false;
  expect(await authenticate({ key: 'good' }, refuse)).not.toBeNull();
  expect(asked).toEqual(['good', 'good', 'good']);
});
