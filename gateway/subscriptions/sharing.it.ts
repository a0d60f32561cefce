import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { overSse, overWebSocket, together } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(async () => {
  await eventually(async () => expect(await shop.metric('subscription_operations_active')).toBe(0));
  await eventually(() => expect(shop.events.active()).toBe(0));
});

const sales = 'subscription Sales { sold { id seller { name } product { name } } }';

async function figures() {
  return {
    operations: await shop.metric('subscription_operations_active'),
    groups: await shop.metric('subscription_groups_active'),
    upstreams: await shop.metric('subscription_upstreams_active', { service: 'events' }),
    events: await shop.metric('subscription_events_total', { service: 'events' }),
    resolutions: await shop.metric('subscription_resolutions_total'),
    deliveries: await shop.metric('subscription_deliveries_total'),
    begun: shop.events.subscriptions.length,
    userFetches: shop.users.requests.filter(({ query }) => query.includes('_entities')).length,
  };
}

const joined = (count: number) => eventually(async () => expect(await shop.metric('subscription_operations_active')).toBe(count));

test('a hundred clients of one operation cause one subscription at the subgraph and one resolution an event, whatever their transport', async () => {
  const before = await figures();
  using clients = together(Array.from({ length: 100 }, (_, index) => (index % 2 ? overSse : overWebSocket)(shop, sales)));
  await joined(100);
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  expect(await figures()).toMatchObject({ operations: 100, groups: 1, upstreams: 1, begun: before.begun + 1 });
  for (const id of ['1', '2', '3']) {
    shop.sold.emit({ id, quantity: 1, seller: `u${id}` });
    await eventually(() => expect(clients.every(({ results }) => results.length === Number(id))).toBe(true));
  }
  for (const { results } of clients) expect(results).toEqual(clients[0]?.results);
  expect(clients[0]?.results[2]).toEqual({ data: { sold: { id: '3', seller: { name: 'User u3' }, product: { name: 'Product A' } } } });
  expect(await figures()).toMatchObject({
    events: before.events + 3,
    resolutions: before.resolutions + 3,
    deliveries: before.deliveries + 300,
    userFetches: before.userFetches + 3,
  });
});

test('the same operation in other words is the same: name, spaces, comments and order of variables make no difference', async () => {
  using first = overWebSocket(shop, 'subscription A($store: ID) { sold(store: $store) { id } }', { variables: { store: 'x' } });
  using second = overWebSocket(shop, '# hello\nsubscription Other($store: ID)\n{ sold(store: $store) { id } }', {
    variables: { store: 'x' },
  });
  await joined(2);
  expect(await figures()).toMatchObject({ groups: 1, upstreams: 1 });
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.sold.emit({ id: '1', quantity: 1 });
  await eventually(() => expect([first.results.length, second.results.length]).toEqual([1, 1]));
});

test('consumers of equal roles share, other roles and other variables do not', async () => {
  const query = 'subscription($store: ID) { sold(store: $store) { id } }';
  using _clients = together([
    overWebSocket(shop, query, { key: 'admin-key' }),
    overWebSocket(shop, query, { key: 'other-admin-key' }),
    overWebSocket(shop, query, { key: 'clerk-key' }),
    overWebSocket(shop, query, { key: 'admin-key', variables: { store: 'south' } }),
  ]);
  await joined(4);
  expect(await figures()).toMatchObject({ groups: 3, upstreams: 3 });
});

test('operations that differ only in what other subgraphs answer share the subscription at the subgraph', async () => {
  using first = overWebSocket(shop, 'subscription { sold { seller { name } } }');
  using second = overWebSocket(shop, 'subscription { sold { seller { email } } }');
  await joined(2);
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  expect(await figures()).toMatchObject({ groups: 2, upstreams: 1 });
  shop.sold.emit({ id: '1', quantity: 1, seller: 'u1' });
  await eventually(() => expect(first.results).toEqual([{ data: { sold: { seller: { name: 'User u1' } } } }]));
  await eventually(() => expect(second.results).toEqual([{ data: { sold: { seller: { email: 'u1@example.com' } } } }]));
});

test('when the first client leaves the others go on, and a late one joins what is running', async () => {
  const leader = overWebSocket(shop, sales);
  await joined(1);
  using follower = overSse(shop, sales);
  await joined(2);
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  const { begun } = await figures();
  leader.stop();
  await joined(1);
  using late = overWebSocket(shop, sales);
  await joined(2);
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.sold.emit({ id: '9', quantity: 1 });
  await eventually(() => expect([follower.results.length, late.results.length, leader.results.length]).toEqual([1, 1, 0]));
  expect((await figures()).begun).toBe(begun);
});

for (const [transport, subscribe] of Object.entries({ 'graphql-ws': overWebSocket, 'graphql-sse': overSse })) {
  test(`the last client over ${transport} to leave a quiet stream releases it at the subgraph`, async () => {
    const clients = [subscribe(shop, sales), subscribe(shop, sales)];
    await joined(2);
    await eventually(() => expect(shop.sold.listeners()).toBe(1));
    clients[0]?.stop();
    await joined(1);
    expect(shop.sold.listeners()).toBe(1);
    clients[1]?.stop();
    await eventually(() => expect(shop.sold.listeners()).toBe(0));
    expect(await figures()).toMatchObject({ operations: 0, groups: 0, upstreams: 0 });
  });
}

test('who joins a snapshot subscription late is given the newest state at once', async () => {
  const query = 'subscription { level { value keeper { name } } }';
  using first = overWebSocket(shop, query);
  await eventually(() => expect(first.results).toHaveLength(1));
  shop.level.emit({ value: 42, keeper: 'u1' });
  await eventually(() => expect(first.results).toHaveLength(2));
  const { resolutions } = await figures();
  using late = overSse(shop, query);
  await eventually(() => expect(late.results).toEqual([{ data: { level: { value: 42, keeper: { name: 'User u1' } } } }]));
  expect((await figures()).resolutions).toBe(resolutions);
  using other = overSse(shop, 'subscription { level { value keeper { email } } }');
  await eventually(() => expect(other.results).toEqual([{ data: { level: { value: 42, keeper: { email: 'u1@example.com' } } } }]));
  expect((await figures()).upstreams).toBe(1);
});

test('a subgraph that was killed and comes back goes on serving the clients that stayed', async () => {
  using websocket = overWebSocket(shop, sales);
  using sse = overSse(shop, sales);
  await joined(2);
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  const { begun } = await figures();
  await shop.events.kill();
  await eventually(() => expect(shop.sold.listeners()).toBe(0));
  await shop.events.restart();
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.sold.emit({ id: 'later', quantity: 1 });
  await eventually(() => expect([websocket.results.length, sse.results.length]).toEqual([1, 1]));
  expect(websocket.state.over || sse.state.over).toBe(false);
  expect((await figures()).begun).toBe(begun + 1);
});

test('a subgraph that says it is stopping is asked again, and its completion is heard', async () => {
  using client = overWebSocket(shop, 'subscription { restarting { id } }');
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.sold.emit({ id: 'after', quantity: 1 });
  await eventually(() => expect(client.results).toEqual([{ data: { restarting: { id: 'after' } } }]));
  shop.sold.complete();
  expect(await client.ended).toBe('complete');
});

for (const code of [1000, 1001, 1011, 1012, 4400, 4500]) {
  test(`a subgraph that closes its sockets with ${code} is subscribed to again, and the clients stay`, async () => {
    using client = overWebSocket(shop, sales);
    await eventually(() => expect(shop.sold.listeners()).toBe(1));
    const { begun } = await figures();
    shop.events.closeSockets(code);
    await eventually(async () => expect((await figures()).begun).toBe(begun + 1));
    await eventually(() => expect(shop.sold.listeners()).toBe(1));
    shop.sold.emit({ id: 'later', quantity: 1 });
    await eventually(() => expect(client.results).toHaveLength(1));
  });
}

test('a consumer has a bounded number of subscriptions, whatever the connections, and a place is free again when one ends', async () => {
  const small = await startTestShop({ maxSubscriptionsPerConsumer: 2 });
  using _one = overWebSocket(small, sales);
  using two = overSse(small, sales);
  await eventually(async () => expect(await small.metric('subscription_operations_active')).toBe(2));
  using three = overWebSocket(small, sales);
  expect(await three.ended).toEqual([expect.objectContaining({ extensions: { code: 'OPERATION_LIMIT' } })]);
  using _other = overWebSocket(small, sales, { key: 'other-admin-key' });
  await eventually(async () => expect(await small.metric('subscription_operations_active')).toBe(3));
  two.stop();
  await eventually(async () => expect(await small.metric('subscription_operations_active')).toBe(2));
  using _four = overWebSocket(small, sales);
  await eventually(async () => expect(await small.metric('subscription_operations_active')).toBe(3));
  await small[Symbol.asyncDispose]();
});

test('a subgraph that does not take the gateway for one ends the subscription with a clear error', async () => {
  using client = overWebSocket(shop, sales);
  await eventually(() => expect(shop.sold.listeners()).toBe(1));
  shop.events.closeSockets(4403);
  expect(await client.ended).toEqual([
    expect.objectContaining({ message: expect.stringContaining('"events"'), extensions: { code: 'SUBSCRIPTION_UPSTREAM_FAILED' } }),
  ]);
});
