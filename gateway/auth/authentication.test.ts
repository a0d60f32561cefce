import { type AccessClaims, accessTokenLifetimeMs, createAccessTokens } from '@comptoir/platform/access-token.ts';
import { expect, test } from 'vitest';
import type { SubgraphAnswer, SubgraphRequest } from '../fetch/subgraph-source.ts';
import { createTokenAuthentication } from './access-tokens.ts';
import { createAuthentication } from './authentication.ts';

const secret = 'a secret of some length';
const limits = { perMinute: 5, perHour: 50 };
const claims: AccessClaims = { consumerId: 'staff:7', sessionId: 's1', name: 'Ada', roles: ['ADMIN'], stores: null, limits };
const tokens = createAccessTokens(secret);
const now = Date.UTC(2026, 10, 29);

function setUp() {
  const asked: string[] = [];
  const clerk = { id: 'staff:7', name: 'Ada', roles: ['CLERK', 'ROLE_OF_TOMORROW'], stores: [{ id: '2' }], limits };
  const sessions = new Map<unknown, object>([['s1', clerk]]);
  const state = { now, sessions, knowsSessions: true };
  const accounts = {
    async ask({ variables, operationName }: SubgraphRequest): Promise<SubgraphAnswer> {
      asked.push(`${operationName} ${variables?.value}`);
      return operationName === 'ConsumerBySession'
        ? { data: { consumerBySession: sessions.get(variables?.value) ?? null } }
        : { data: { consumerByApiKey: null } };
    },
  };
  const remembering = { knownMs: 30_000, unknownMs: 5_000, maxEntries: 10 };
  return {
    asked,
    state,
    byToken: createTokenAuthentication(tokens, accounts, remembering, () => state.now),
    byAny: createAuthentication({ secret, keyCheckMs: 30_000 }, { accounts, knowsSessions: () => state.knowsSessions }),
  };
}

test('a token is its session’s, with the rights that the session has now and not those it was given with', async () => {
  const { byToken } = setUp();
  const { token, expiresAt } = await tokens.sign(claims, now);
  expect(await byToken({ key: token })).toEqual({ consumerId: 'staff:7', name: 'Ada', roles: ['CLERK'], stores: ['2'], limits, expiresAt });
});

test('a session that has ended is found out within the time that it is remembered', async () => {
  const { byToken, state, asked } = setUp();
  const { token } = await tokens.sign(claims, now);
  const authenticate = async () => (await byToken({ key: token })) !== null;
  expect(await authenticate()).toBe(true);
  state.sessions.clear();
  state.now += 29_999;
  expect(await authenticate()).toBe(true);
  state.now += 1;
  expect(await authenticate()).toBe(false);
  expect(asked).toEqual(['ConsumerBySession s1', 'ConsumerBySession s1']);
});

test('a token that has expired, was signed by another or names another’s session is nobody’s', async () => {
  const { byToken, state, asked } = setUp();
  const { token } = await tokens.sign(claims, now);
  const foreign = await createAccessTokens('another secret of some length').sign(claims, now);
  expect(await byToken({ key: foreign.token })).toBeNull();
  expect(await byToken(null)).toBeNull();
  expect(asked).toEqual([]);
  const other = await tokens.sign({ ...claims, consumerId: 'staff:8' }, now);
  expect(await byToken({ key: other.token })).toBeNull();
  state.now += accessTokenLifetimeMs;
  expect(await byToken({ key: token })).toBeNull();
});

test('credentials are taken for what they look like, and what looks like a token is never asked for as a key', async () => {
  const { byAny, asked, state } = setUp();
  const { token } = await tokens.sign(claims);
  expect(await byAny({ key: token })).toMatchObject({ consumerId: 'staff:7' });
  expect(await byAny({ key: 'some-key' })).toBeNull();
  expect(await byAny({ key: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJzdGFmZjoxIn0.x' })).toBeNull();
  state.knowsSessions = false;
  expect(await byAny({ key: token })).toBeNull();
  expect(asked).toEqual(['ConsumerBySession s1', 'ConsumerByApiKey some-key']);
});
