import type { EdgeReport } from '@comptoir/schema/edge-report.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { edgeRouteDescription } from '../rest/edge.ts';
import { subscribeOn, wsClient } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(async () => shop[Symbol.asyncDispose]());

const get = (key: string | null, accept = 'application/json', signal?: AbortSignal) =>
  fetch(new URL('/api/edge', shop.url()), { headers: { accept, ...(key !== null && { 'x-api-key': key }) }, signal: signal ?? null });

test('an administrator is told of breakers, cache, consumers and subscriptions, as the description says', async () => {
  const response = await get('admin-key');
  expect(response.status).toBe(200);
  const told = (await response.json()) as EdgeReport;
  edgeRouteDescription.responses[200]!.schema!.parse(told);
  expect(told.upstreams.map(({ service, state }) => [service, state])).toContainEqual([expect.any(String), 'closed']);
  expect(told.consumers[0]).toMatchObject({ usedMinute: expect.any(Number), refused: 0 });
});

test('nobody else is', async () => {
  expect((await get(null)).status).toBe(401);
  expect((await get('clerk-key')).status).toBe(403);
  expect((await get('clerk-key', 'text/event-stream')).status).toBe(403);
});

test('who listens is told at once, and of each change', async () => {
  const gone = new AbortController();
  const response = await get('admin-key', 'text/event-stream', gone.signal);
  expect(response.headers.get('content-type')).toMatch('text/event-stream');
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) text += chunk;
  })().catch((error: Error) => expect(error.name).toBe('AbortError'));
  const reports = () => [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => JSON.parse(json!) as EdgeReport);
  await eventually(() => expect(reports().at(-1)?.subscriptions.subscriptions).toBe(0));
  using client = wsClient(shop);
  using _received = subscribeOn(client, 'subscription { sold { id } }');
  await eventually(() => expect(reports().at(-1)?.subscriptions).toMatchObject({ subscriptions: 1, groups: 1, upstreams: 1 }));
  gone.abort();
  await reading;
});
