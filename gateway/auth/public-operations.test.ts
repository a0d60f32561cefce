import { expect, test } from 'vitest';
import { isPublicOperation } from './public-operations.ts';

const fields = new Set(['login', 'refresh']);
const isPublic = (query: string, operationName?: string) => isPublicOperation({ query, operationName }, fields);

test.each([
  'mutation { login }',
  'mutation SignIn($l: String!) { login(login: $l) { ... on SignedIn { accessToken } ...f } } fragment f on SignedIn { refreshToken }',
  'mutation { a: login b: refresh }',
])('is one that only signs in: %s', (query) => {
  expect(isPublic(query)).toBe(true);
});

test.each([
  ['a query', '{ login }'],
  ['a subscription', 'subscription { login }'],
  ['another field', 'mutation { clearStats }'],
  ['another field beside it', 'mutation { login clearStats }'],
  ['another field under its name', 'mutation { login: clearStats }'],
  ['another field in a fragment', 'mutation { login ...f } fragment f on Mutation { clearStats }'],
  ['another field in an inline fragment', 'mutation { login ... on Mutation { clearStats } }'],
  ['an introspection beside it', 'mutation { login __typename }'],
  ['more of them than anybody needs', 'mutation { a: login b: login c: login }'],
  ['several operations without a name', 'mutation A { login } mutation B { login }'],
  ['nothing that can be read', 'mutation { login'],
  ['a text without end', `mutation { login(${'a:1 '.repeat(500)}) }`],
  ['nothing', ''],
])('is not %s', (_, query) => {
  expect(isPublic(query)).toBe(false);
});

test('is judged by the operation that is named', () => {
  const query = 'mutation SignIn { login } mutation Clear { clearStats }';
  expect([isPublic(query, 'SignIn'), isPublic(query, 'Clear'), isPublic(query, 'Other')]).toEqual([true, false, false]);
});

test('is none where nothing is public', () => {
  expect(isPublicOperation({ query: 'mutation { login }' }, new Set())).toBe(false);
});
