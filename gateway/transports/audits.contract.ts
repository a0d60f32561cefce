import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { principalHeader, signPrincipal } from '@comptoir/platform/principal.ts';
import { createSubgraph } from '@comptoir/platform/subgraph.ts';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { anonymousCaller } from '../auth/caller.ts';
import { startTestShop } from '../testing/shop.ts';
import { testSecret } from '../testing/subgraph.ts';

/**
 * All that is found, and both are notices: a GET that nothing but an address is needed for may be refused, and is (CSRF), since a page of another origin can make a browser
 * send it.
 */
const refusedForCsrf = [
  'notice 5A70 MAY accept application/x-www-form-urlencoded formatted GET requests',
  'notice D6D5 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  'notice 6A70 MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
];

/** Every finding of the audits that is not ok: how serious, its id and what it asks for. */
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
  await using shop = await startTestShop();
  const found = await findings(`${shop.url()}/graphql`, () => ({ 'x-api-key': 'admin-key' }));
  expect(found).toEqual(refusedForCsrf);
});

test.each(subgraphNames)('so does the subgraph %s', async (name) => {
  const deps = {
    log: createLog({ service: name, level: 'silent' }),
    metrics: createMetrics({ service: name, instanceId: 'test', processMetrics: false }),
    health: createHealth(),
  };
  const context = async () => ({ [Symbol.asyncDispose]: async () => undefined });
  const subgraph = createSubgraph({ name, host: '127.0.0.1', port: 0, resolvers: {}, context, secret: testSecret, ...deps });
  await subgraph.start();
  try {
    const found = await findings(subgraph.url(), () => ({ [principalHeader]: signPrincipal(anonymousCaller, testSecret) }));
    expect(found).toEqual(refusedForCsrf);
  } finally {
    await subgraph.stop();
  }
});
