import type { HealthReport } from '@comptoir/platform/health.ts';
import { expect, test } from 'vitest';
import { defaultBreaker } from './fetch/breaker.ts';
import { eventually } from './testing/eventually.ts';
import { startTestGateway, type TestGateway } from './testing/gateway.ts';
import { startTestShop } from './testing/shop.ts';

/** Never open: each look is to reach the subgraph. */
const breaker = { ...defaultBreaker, minVolume: 1_000 };

async function readinessOf(gateway: TestGateway) {
  const answer = await fetch(`${gateway.url()}/health/ready`);
  const { status, dependencies } = (await answer.json()) as HealthReport;
  const awaited = Object.keys(dependencies).filter((name) => dependencies[name]?.critical && dependencies[name]?.state === 'down');
  return { http: answer.status, status, awaited: awaited.sort() };
}
const ready = { http: 200, status: 'ready', awaited: [] };
const degraded = { ...ready, status: 'degraded' };
const waitsFor = (...names: string[]) => ({ http: 503, status: 'unavailable', awaited: names.map((name) => `subgraph:${name}`) });

test('a gateway that was started before its subgraphs is ready once it has reached each, and stays so when they go', async () => {
  await using shop = await startTestShop();
  const subgraphs = [shop.events, shop.products, shop.users];
  for (const subgraph of subgraphs) await subgraph.kill();
  await using gateway = await startTestGateway({ supergraphSdl: shop.supergraphSdl, auth: true, breaker });
  expect(await readinessOf(gateway)).toEqual(waitsFor('events', 'products', 'users'));
  await shop.users.restart();
  await shop.products.restart();
  await eventually(async () => expect(await readinessOf(gateway)).toEqual(waitsFor('events')));
  await shop.events.restart();
  await eventually(async () => expect(await readinessOf(gateway)).toEqual(ready));
  for (const subgraph of subgraphs) {
    await subgraph.kill();
    expect(await readinessOf(gateway)).toEqual(degraded);
  }
});

test('a gateway whose patience is over is ready without a subgraph that it never reached, but not without the one that knows callers', async () => {
  await using shop = await startTestShop();
  for (const subgraph of [shop.events, shop.users]) await subgraph.kill();
  await using gateway = await startTestGateway({ supergraphSdl: shop.supergraphSdl, auth: true, breaker, subgraphPatienceMs: 0 });
  expect(await readinessOf(gateway)).toEqual(waitsFor('users'));
  await shop.users.restart();
  await eventually(async () => expect(await readinessOf(gateway)).toEqual(degraded));
});

test('a gateway that never reached any subgraph is not ready, however long it waits and whoever may ask', async () => {
  await using shop = await startTestShop();
  for (const subgraph of [shop.events, shop.products, shop.users]) await subgraph.kill();
  await using gateway = await startTestGateway({ supergraphSdl: shop.supergraphSdl, auth: false, breaker, subgraphPatienceMs: 0 });
  expect(await readinessOf(gateway)).toEqual(waitsFor('events', 'products', 'users'));
  await shop.products.restart();
  await eventually(async () => expect(await readinessOf(gateway)).toEqual(degraded));
});
