import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type GraphAnswer, listen, metric } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { sagaEnded, startOrder } from './order-processing.ts';

/** What costs and other stores are hidden from, over the whole system (which role may do what: infra/e2e/rights); and what one operation over four subgraphs costs. */
const roles = ['MANAGER', 'CLERK', 'WAREHOUSE', 'ANALYST', 'INTEGRATION', 'DEVICE'] as const;
type Role = (typeof roles)[number];
const keyOf = (role: Role) => `key-of-${role.toLowerCase()}-for-tests`;

let system: System;
beforeAll(async () => {
  system = await startSystem();
  const accounts = await system.database.open({ service: 'accounts', migrations: [] });
  for (const role of roles) {
    await accounts.query('INSERT INTO consumer (id, name, roles, per_minute, per_hour) VALUES ($1, $1, ARRAY[$2], 10000, 100000)', [
      keyOf(role),
      role,
    ]);
    await accounts.query('INSERT INTO api_key (hash, consumer_id) VALUES ($1, $2)', [
      createHash('sha256').update(keyOf(role)).digest(),
      keyOf(role),
    ]);
  }
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const seesCosts: readonly Role[] = ['MANAGER', 'ANALYST'];
describe('costs', () => {
  test.each(roles)('are shown to %s as they should be, on every way to a product', async (role) => {
    for (const [query, path] of [
      ['{ product(id: "5") { name cost { minor } } }', (data) => data.product],
      ['{ products(first: 1) { nodes { name cost { minor } } } }', (data) => data.products.nodes[0]],
      ['{ stock(productId: "5", first: 1) { nodes { product { name cost { minor } } } } }', (data) => data.stock.nodes[0].product],
    ] as [string, (data: GraphAnswer['data']) => { name: string; cost: object | null }][]) {
      const { data, errors } = await ask(system.url, query, {}, keyOf(role));
      const { name, cost } = path(data);
      expect(name).toEqual(expect.any(String));
      expect(cost !== null, `${role} ${query}`).toBe(seesCosts.includes(role));
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(seesCosts.includes(role) ? [] : ['FORBIDDEN']);
    }
  });

  test('are hidden in each event of a subscription too, though others who listen to the same see them', async () => {
    await using resources = createResources();
    const query = 'subscription { stockChanged(productId: "5") { available product { name cost { minor } } } }';
    const orderQuery = 'subscription { orders(customerId: "1") { status lines { product { name cost { minor } } } } }';
    const byRole = (document: string) =>
      new Map(
        (['MANAGER', 'CLERK', 'WAREHOUSE'] as const).map((role) => [
          role,
          resources.use(listen(system.url, { query: document }, keyOf(role))),
        ]),
      );
    const [stock, orders] = [byRole(query), byRole(orderQuery)];
    await expect.poll(() => metric(system.url, 'subscription_operations_active'), { timeout: 10_000 }).toBe(6);
    expect((await sagaEnded(system.url, await startOrder(system.url, { customerId: '1', productId: '5', quantity: 1 }))).state).toBe(
      'COMPLETED',
    );
    for (const [role, { arrived, events }] of [...stock, ...orders]) {
      await arrived(1);
      const { data = events[0], errors = [] } = events[0].errors ? events[0] : { data: events[0] };
      const product = data.stockChanged?.product ?? data.orders.lines[0].product;
      expect(product.name).toEqual(expect.any(String));
      expect(product.cost !== null, role).toBe(role === 'MANAGER');
      expect(errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual(
        role === 'MANAGER' ? [] : ['FORBIDDEN'],
      );
    }
  });
});

describe('a clerk of one store who has signed in', () => {
  const signIn = async (login: string, password: string) => {
    const { data, errors } = await ask(
      system.url,
      `mutation ($login: String!, $password: String!) {
        login(login: $login, password: $password) { __typename ... on SignedIn { accessToken refreshToken } }
      }`,
      { login, password },
      '',
    );
    expect([errors, data?.login.__typename]).toEqual([[], 'SignedIn']);
    return data.login as { accessToken: string; refreshToken: string };
  };
  const adjust = (placeId: string) =>
    ask(
      system.url,
      'mutation ($placeId: ID!) { adjustStock(productId: "9", placeId: $placeId, change: 1, reason: "test") { __typename } }',
      { placeId },
    );

  test('sees the stock of that store and of the warehouse, live too, until signing out', async () => {
    await using resources = createResources();
    const { accessToken, refreshToken } = await signIn('caisse', 'comptoir-demo-3');
    const stock = '{ me { name stores { id } } product(id: "9") { stock { place { id kind } } } }';
    const { data, errors } = await ask(system.url, stock, {}, accessToken);
    expect([errors, data.me]).toEqual([[], { name: 'Camille Exemple', stores: [{ id: '1' }] }]);
    expect(data.product.stock.map(({ place }: { place: { kind: string } }) => place.kind)).toEqual(['STORE', 'WAREHOUSE']);
    const foreign = await ask(system.url, '{ stock(placeId: "2") { totalCount } }', {}, accessToken);
    expect(foreign.errors[0]?.extensions.code).toBe('FORBIDDEN');

    const query = 'subscription { stockChanged(productId: "9") { place { id } } }';
    const all = resources.use(listen(system.url, { query }));
    const own = resources.use(listen(system.url, { query }, accessToken));
    await expect.poll(() => metric(system.url, 'subscription_operations_active'), { timeout: 10_000 }).toBe(2);
    for (const placeId of ['2', '1', '3', '6']) expect((await adjust(placeId)).errors).toEqual([]);
    await Promise.all([all.arrived(4), own.arrived(2)]);
    const placesOf = (events: { stockChanged: { place: { id: string } } }[]) => events.map(({ stockChanged }) => stockChanged.place.id);
    expect([placesOf(all.events), placesOf(own.events)]).toEqual([
      ['2', '1', '3', '6'],
      ['1', '6'],
    ]);

    const out = await ask(system.url, 'mutation ($t: String!) { logout(refreshToken: $t) { __typename } }', { t: refreshToken }, '');
    expect(out.errors).toEqual([]);
    const again = 'mutation ($t: String!) { refresh(refreshToken: $t) { __typename } }';
    expect((await ask(system.url, again, { t: refreshToken }, '')).data.refresh.__typename).toBe('SessionEnded');
  });
});

test('nobody asks for anything but signing in without a key', async () => {
  for (const key of ['no-key-at-all', ''])
    expect((await ask(system.url, '{ products(first: 1) { totalCount } }', {}, key)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('what one operation asks of the subgraphs does not grow with what it shows', async () => {
  for (let n = 0; n < 40; n++) {
    const { errors } = await ask(
      system.url,
      'mutation ($c: ID!, $p: ID!) { createOrder(input: { customerId: $c, lines: [{ productId: $p, quantity: 1, unitPriceMinor: 100 }, { productId: "1", quantity: 1, unitPriceMinor: 100 }] }) { __typename } }',
      { c: String(1 + n), p: String(2 + n) },
    );
    expect(errors).toEqual([]);
  }
  const fetches = async (first: number) => {
    const before = await metric(system.url, 'subgraph_fetches_total');
    const { data, errors } = await ask(
      system.url,
      `query ($first: Int!) { orders(first: $first) { nodes {
        customer { lastName } lines { product { name category { name } stock { available place { name } } } } payment { status } saga { state steps { step } }
      } } }`,
      { first },
    );
    expect([errors, data.orders.nodes.length]).toEqual([[], first]);
    expect(data.orders.nodes.every(({ customer }: { customer: object | null }) => customer !== null)).toBe(true);
    return (await metric(system.url, 'subgraph_fetches_total')) - before;
  };
  await fetches(1);
  const few = await fetches(4);
  expect([few, await fetches(40)]).toEqual([few, few]);
  // orders, customers, inventory, sagas: each once.
  expect(few).toBeLessThanOrEqual(4);
});

test('a saga leads to its order and customer, and they lead back', async () => {
  const id = await startOrder(system.url, { customerId: '123', productId: '5', quantity: 1 });
  await sagaEnded(system.url, id);
  const { data, errors } = await ask(
    system.url,
    `query ($id: ID!) { saga(id: $id) {
      customer { lastName orders(first: 1) { nodes { id } totalCount } }
      order { id status customer { email } lines { unitPrice { amount } product { price { amount } supplier { name } stock { place { kind } available } } } saga { id steps { step status duration } } }
    } }`,
    { id },
  );
  expect(errors).toEqual([]);
  const { order, customer } = data.saga;
  expect(customer.orders.nodes).toEqual([{ id: order.id }]);
  expect(order.saga).toMatchObject({ id, steps: [{ step: 'CHECK_STOCK', status: 'SUCCESS' }, {}, {}, {}, {}] });
  expect(order.lines[0].unitPrice).toEqual(order.lines[0].product.price);
  expect(order.lines[0].product.stock).toHaveLength(6);
});
