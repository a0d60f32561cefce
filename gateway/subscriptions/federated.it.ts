import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { overSse, overWebSocket } from '../testing/clients.ts';
import { eventually } from '../testing/eventually.ts';
import { startTestShop, type TestShop } from '../testing/shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
});
afterAll(() => shop[Symbol.asyncDispose]());
beforeEach(() => eventually(() => expect(shop.events.active()).toBe(0)));

const listening = (count = 1) => eventually(() => expect(shop.sold.listeners() + shop.activity.listeners()).toBe(count));

for (const [transport, subscribe] of Object.entries({ 'graphql-ws': overWebSocket, 'graphql-sse': overSse })) {
  test(`an event carries fields of other subgraphs, over ${transport}`, async () => {
    using client = subscribe(
      shop,
      'subscription { sold { id quantity product { sku name price madeBy { name } } seller { name email } buyers { name } } }',
    );
    await listening();
    shop.sold.emit({ id: 's1', quantity: 2, sku: 'A', seller: 'u1', buyers: ['u2', 'u3'] });
    await eventually(() => expect(client.results).toHaveLength(1));
    expect(client.results[0]).toEqual({
      data: {
        sold: {
          id: 's1',
          quantity: 2,
          product: { sku: 'A', name: 'Product A', price: 100, madeBy: { name: 'User u9' } },
          seller: { name: 'User u1', email: 'u1@example.com' },
          buyers: [{ name: 'User u2' }, { name: 'User u3' }],
        },
      },
    });
  });
}

test('over the single connection of graphql-sse, operations are independent of each other', async () => {
  using client = overSse(shop, 'subscription { sold { id seller { name } } }', { single: true });
  using other = overSse(shop, 'subscription { refused }', { single: true });
  await listening();
  shop.sold.emit({ id: 's1', quantity: 1, seller: 'u1' });
  await eventually(() => expect(client.results).toEqual([{ data: { sold: { id: 's1', seller: { name: 'User u1' } } } }]));
  await other.ended;
  expect(other.results[0]?.errors?.[0]?.extensions?.code).toBe('INTERNAL');
});

test('members of a union lead to their own subgraphs', async () => {
  using client = overWebSocket(
    shop,
    'subscription { activity { __typename ... on Sale { quantity product { name } } ... on Login { at user { name } } } }',
  );
  await listening();
  shop.activity.emit({ __typename: 'Login', at: 'noon', user: { id: 'u4' } });
  shop.activity.emit({ __typename: 'Sale', id: 's', quantity: 3, product: { sku: 'B' } });
  await eventually(() => expect(client.results).toHaveLength(2));
  expect(client.results.map(({ data }) => data.activity)).toEqual([
    { __typename: 'Login', at: 'noon', user: { name: 'User u4' } },
    { __typename: 'Sale', quantity: 3, product: { name: 'Product B' } },
  ]);
});

test('aliases, fragments, variables and conditions shape each event', async () => {
  using client = overWebSocket(
    shop,
    `subscription Shaped($store: ID, $withSeller: Boolean!) {
      sale: sold(store: $store) { ...Head who: seller @include(if: $withSeller) { called: name } same: product { again: name } }
    }
    fragment Head on Sale { number: id product { ...Named } }
    fragment Named on Product { title: name }`,
    { variables: { store: 'north', withSeller: true }, operationName: 'Shaped' },
  );
  await listening();
  expect(shop.events.subscriptions.at(-1)?.variables).toEqual({ store: 'north', withSeller: true });
  shop.sold.emit({ id: 's2', quantity: 1, sku: 'B', seller: 'u5' });
  await eventually(() =>
    expect(client.results).toEqual([
      { data: { sale: { number: 's2', product: { title: 'Product B' }, who: { called: 'User u5' }, same: { again: 'Product B' } } } },
    ]),
  );
});

test('a null that may not be takes its parent with it, one that may be stays', async () => {
  using strict = overWebSocket(shop, 'subscription { maybeSold { id strict note } }');
  using named = overWebSocket(shop, 'subscription { sold { id seller { name } product { name } } }');
  await listening(2);
  shop.sold.emit({ id: 's3', quantity: 1, strict: null, seller: 'unknown' });
  await eventually(() => expect([strict.results.length, named.results.length]).toEqual([1, 1]));
  expect(strict.results[0]?.data).toEqual({ maybeSold: null });
  expect(strict.results[0]?.errors?.[0]).toMatchObject({ path: ['maybeSold', 'strict'] });
  // There is no such seller: no error, as in a query.
  expect(named.results[0]).toEqual({ data: { sold: { id: 's3', seller: null, product: { name: 'Product A' } } } });
  shop.sold.emit({ id: 's4', quantity: 1, sku: 'nameless' });
  await eventually(() => expect(named.results).toHaveLength(2));
  expect(named.results[1]?.data).toBeNull();
  expect(named.results[1]?.errors?.length).toBeGreaterThan(0);
});

test('errors belong to their event: the code of the catalogue stays, other extensions do not, and the next event is clean', async () => {
  using client = overWebSocket(shop, 'subscription { maybeSold { id note product { price } } }');
  await listening();
  shop.sold.emit({ id: 's5', quantity: 1, sku: 'broken', note: new Error('spilt ink') });
  shop.sold.emit({ id: 's6', quantity: 1, note: 'fine' });
  await eventually(() => expect(client.results).toHaveLength(2));
  const [first, second] = client.results;
  expect(second).toEqual({ data: { maybeSold: { id: 's6', note: 'fine', product: { price: 100 } } } });
  expect(first?.data).toEqual({ maybeSold: { id: 's5', note: null, product: { price: null } } });
  expect(first?.errors).toContainEqual({ message: 'no such shelf', path: ['maybeSold', 'product'], extensions: { code: 'NOT_FOUND' } });
  expect(first?.errors).toContainEqual(
    expect.objectContaining({ path: ['maybeSold', 'note'], extensions: expect.objectContaining({ code: 'INTERNAL' }) }),
  );
  expect(JSON.stringify(first)).not.toContain('spilt ink');
});

test('a subgraph that is down leaves a null and an error that names it, and events go on', async () => {
  using client = overWebSocket(shop, 'subscription { sold { id seller { name } } }');
  await listening();
  await shop.users.kill();
  shop.sold.emit({ id: 's7', quantity: 1, seller: 'u1' });
  await eventually(() => expect(client.results).toHaveLength(1));
  expect(client.results[0]?.data).toEqual({ sold: { id: 's7', seller: null } });
  expect(client.results[0]?.errors?.[0]).toMatchObject({
    message: expect.stringContaining('"users"'),
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });
  await shop.users.restart();
  shop.sold.emit({ id: 's8', quantity: 1, seller: 'u1' });
  await eventually(() => expect(client.results[1]?.data).toEqual({ sold: { id: 's8', seller: { name: 'User u1' } } }));
});

test('events keep their order while their resolutions overlap', async () => {
  using client = overWebSocket(shop, 'subscription { sold { id seller { name } product { name } } }');
  await listening();
  const { promise, resolve } = Promise.withResolvers<void>();
  shop.usersGate = promise;
  shop.sold.emit({ id: '1', quantity: 1, seller: 'slow' });
  shop.sold.emit({ id: '2', quantity: 1, seller: null });
  const asked = shop.products.requests.length;
  for (let id = 3; id <= 50; id++) shop.sold.emit({ id: String(id), quantity: 1, seller: null, sku: `P${id}` });
  await eventually(() => expect(shop.products.requests.length).toBeGreaterThan(asked));
  expect(client.results).toEqual([]);
  shop.usersGate = undefined;
  resolve();
  await eventually(() => expect(client.results).toHaveLength(50));
  expect(client.results.map(({ data }) => data.sold.id)).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 1)));
});

test('a condition at the root is decided before the plan', async () => {
  const query = 'subscription($sales: Boolean!) { sold @include(if: $sales) { id } activity @skip(if: $sales) { ... on Login { at } } }';
  using sales = overWebSocket(shop, query, { variables: { sales: true } });
  using activity = overSse(shop, query, { variables: { sales: false } });
  await eventually(() => expect([shop.sold.listeners(), shop.activity.listeners()]).toEqual([1, 1]));
  shop.sold.emit({ id: 's9', quantity: 1 });
  shop.activity.emit({ __typename: 'Login', at: 'dawn', user: { id: 'u' } });
  await eventually(() => expect(sales.results).toEqual([{ data: { sold: { id: 's9' } } }]));
  await eventually(() => expect(activity.results).toEqual([{ data: { activity: { at: 'dawn' } } }]));
  using none = overWebSocket(shop, 'subscription($s: Boolean!) { sold @skip(if: $s) { id } }', { variables: { s: true } });
  expect(await none.ended).toEqual([expect.objectContaining({ message: expect.stringContaining('selects nothing') })]);
});

test('a completed source completes its clients, after the events before it', async () => {
  using client = overWebSocket(shop, 'subscription { sold { id seller { name } } }');
  await listening();
  shop.sold.emit({ id: 'last', quantity: 1, seller: 'u1' });
  shop.sold.complete();
  expect(await client.ended).toBe('complete');
  expect(client.results).toEqual([{ data: { sold: { id: 'last', seller: { name: 'User u1' } } } }]);
});

test('a subscription that its subgraph refuses ends that operation with an error', async () => {
  using client = overWebSocket(shop, 'subscription { refused }');
  const errors = await client.ended;
  expect(errors).toEqual([expect.objectContaining({ extensions: expect.objectContaining({ code: 'INTERNAL' }) })]);
  expect(JSON.stringify(errors)).not.toContain('refused by');
});

test('a subgraph is told the roles of a subscriber, not who it is, and never the key', async () => {
  using client = overWebSocket(shop, 'subscription { sold { seller { name } } }', { key: 'clerk-key' });
  await listening();
  shop.sold.emit({ id: 's', quantity: 1, seller: 'u77' });
  await eventually(() => expect(client.results).toHaveLength(1));
  expect(shop.events.subscriptions.at(-1)?.principal).toMatchObject({ consumerId: 'subscribers', roles: ['CLERK'] });
  const entityRequest = shop.users.requests.at(-1);
  expect(entityRequest?.principal).toMatchObject({ consumerId: 'subscribers', roles: ['CLERK'] });
  expect(JSON.stringify(entityRequest?.headers)).not.toContain('clerk-key');
});
