import { anonymousPrincipal, principalHeader, signPrincipal } from '@comptoir/platform/principal.ts';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey } from '../graph.ts';
import { type RunningSubgraphs, type System, startSystem } from '../system.ts';

/** The audits of graphql-http, which has one for each sentence of the specification of GraphQL over HTTP, against the system as npm start runs it. */
let system: System;
let subgraphs: RunningSubgraphs;
beforeAll(async () => {
  system = await startSystem();
  subgraphs = await system.subgraphs();
});
afterAll(() => system?.[Symbol.asyncDispose]());

/**
 * All that is found, and all three are notices: a GET that nothing but an address is needed for may be refused, and is (CSRF), since a page of another origin can make a browser
 * send it.
 */
const refusedForCsrf = [
  'notice 5A70 MAY accept application/x-www-form-urlencoded formatted GET requests',
  'notice D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'notice 6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
];

/** Every finding of the audits that is not ok: how serious, its id and what it asks for. `headers` says who asks. */
async function findings(url: string, headers: () => Record<string, string>): Promise<string[]> {
  const fetchFn = (input: string, init: RequestInit = {}) => fetch(input, { ...init, headers: { ...init.headers, ...headers() } });
  const found: string[] = [];
  for (const audit of serverAudits({ url, fetchFn })) {
    const result = await audit.fn();
    if (result.status === 'ok') continue;
    found.push(`${result.status} ${audit.id} ${audit.name}`);
  }
  return found;
}

test('the gateway speaks GraphQL over HTTP without an error or a warning', async () => {
  expect(await findings(new URL('/graphql', system.url).href, () => ({ 'x-api-key': adminKey }))).toEqual(refusedForCsrf);
});

test.each(subgraphNames)('so does the subgraph %s', async (name) => {
  const url = subgraphs.urls.get(name);
  if (url === undefined) throw new Error(`${name} did not say where it listens`);
  expect(await findings(url, () => ({ [principalHeader]: signPrincipal(anonymousPrincipal, subgraphs.secret) }))).toEqual(refusedForCsrf);
});

test('the subgraphs answer nobody who is not signed for', async () => {
  const statuses = [...subgraphs.urls.values()].map(
    async (url) => (await fetch(`${url}?query={__typename}`, { headers: { 'apollo-require-preflight': 'x' } })).status,
  );
  expect(await Promise.all(statuses)).toEqual(subgraphNames.map(() => 401));
});
