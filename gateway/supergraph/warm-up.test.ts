import type { Log } from '@comptoir/platform/log.ts';
import { supergraphSdl } from '@comptoir/schema/supergraph.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import { expect, test } from 'vitest';
import { createPlanCache, planKey } from '../plan-cache.ts';
import { buildSupergraph } from './supergraph.ts';
import { warmUp } from './warm-up.ts';

test('what can be answered has its plan, under the key that its request will be looked up by; the rest is passed over', async () => {
  const plans = createPlanCache({ queryPlanCache: () => undefined });
  const supergraph = buildSupergraph(await supergraphSdl(developmentUrls));
  const both = 'query A { __typename } query B { __typename }';
  const planned = await warmUp(
    { supergraph, plans },
    [
      { query: 'query One($id: ID!) { product(id: $id) { name } }' },
      { query: both, operationName: 'B' },
      // Of no use: two operations without a name, a field that is gone, no document at all, a subscription.
      { query: both },
      { query: '{ noLongerThere }' },
      { query: 'not graphql' },
      { query: 'subscription { sagaActivity { id } }' },
    ],
    { atMostMs: 60_000, log: { debug: () => undefined } as unknown as Log },
  );
  expect(planned).toBe(2);
  expect(await plans.get(planKey('query One($id: ID!) { product(id: $id) { name } }', undefined))).toMatchObject({ kind: 'QueryPlan' });
  expect(await plans.get(planKey('query One($id: ID!) { product(id: $id) { name } }', 'One'))).toBeDefined();
  expect(await plans.get(planKey(both, 'B'))).toBeDefined();
  expect(await plans.get(planKey(both, undefined))).toBeUndefined();
});
