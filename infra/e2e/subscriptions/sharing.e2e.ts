import { createClient as createSseClient } from 'graphql-sse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, ask, type LiveFeed, listen, metric } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';

const query = 'subscription { calculationCompleted { result text task { operation submittedBy { name } } } }';
const submit = 'mutation { submitCalculation(input: { n1: 100, n2: 10, operation: ALL }) { __typename } }';
let system: System;

beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const byText = (events: { calculationCompleted: { text: string } }[]) =>
  events.map(({ calculationCompleted }) => calculationCompleted.text).toSorted();
const expected = ['10', '1000', '110', '90'];

test('100 clients of one subscription, over WebSocket and SSE, share one upstream and one resolution an event', async () => {
  await using resources = createResources();
  const feeds: LiveFeed[] = Array.from({ length: 90 }, () => resources.use(listen(system.url, { query })));
  const sse = createSseClient({ url: new URL('/graphql', system.url).href, headers: { 'x-api-key': adminKey } });
  resources.defer(() => sse.dispose());
  const sseEvents: unknown[][] = Array.from({ length: 10 }, () => {
    const events: unknown[] = [];
    sse.subscribe(
      { query },
      {
        next: ({ data }) => void events.push(data),
        error: (error) => void events.push(error),
        complete: () => void events.push('complete'),
      },
    );
    return events;
  });
  await expect.poll(() => metric(system.url, 'subscription_operations_active'), { timeout: 10_000 }).toBe(100);
  expect(await metric(system.url, 'subscription_upstreams_active')).toBe(1);
  expect(await metric(system.url, 'subscription_groups_active')).toBe(1);

  const before = await metric(system.url, 'subscription_resolutions_total');
  expect((await ask(system.url, submit)).errors).toEqual([]);
  for (const events of [...feeds.map(({ events }) => events), ...sseEvents]) {
    await expect.poll(() => byText(events as never), { timeout: 10_000 }).toEqual(expected);
  }
  expect(feeds[0]?.events[0]).toEqual({
    calculationCompleted: {
      result: expect.any(Number),
      text: expect.any(String),
      task: { operation: 'ALL', submittedBy: { name: 'admin-user' } },
    },
  });
  expect((await metric(system.url, 'subscription_resolutions_total')) - before).toBe(4);
});

test('when the last client has left, nothing is held upstream, though no event comes', async () => {
  {
    await using _feed = listen(system.url, { query });
    await expect.poll(() => metric(system.url, 'subscription_upstreams_active'), { timeout: 10_000 }).toBe(1);
  }
  await expect.poll(() => metric(system.url, 'subscription_upstreams_active'), { timeout: 10_000 }).toBe(0);
});

test('aliases, fragments and variables are answered as asked', async () => {
  await using feed = listen(system.url, {
    query:
      'subscription ($s: Source) { done: calculationCompleted(source: $s) { ...R who: workerId } } fragment R on Result { __typename value: text task { id source } }',
    variables: { s: 'AUTO' },
  });
  await expect.poll(() => metric(system.url, 'subscription_upstreams_active'), { timeout: 10_000 }).toBe(1);
  await ask(system.url, 'mutation { a: submitCalculation(input: { n1: 1, n2: 1, operation: ADD }) { __typename } }');
  await ask(system.url, 'mutation { b: submitCalculation(input: { n1: 2, n2: 2, operation: ADD, source: AUTO }) { __typename } }');
  await expect
    .poll(() => feed.events, { timeout: 10_000 })
    .toEqual([
      {
        done: {
          __typename: 'Result',
          value: '4',
          task: { id: expect.any(String), source: 'AUTO' },
          who: expect.stringMatching(/^worker_add_/),
        },
      },
    ]);
});
