import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, type GraphAnswer, listen, metric } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { sagaEnded, startOrder } from './order-processing.ts';

/** What each role sees and may do, by keys of their own; and what one operation over four subgraphs costs. */
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
const staff: readonly Role[] = ['MANAGER', 'CLERK', 'INTEGRATION'];
const stockers: readonly Role[] = ['MANAGER', 'WAREHOUSE', 'INTEGRATION'];
const office: readonly Role[] = ['MANAGER', 'INTEGRATION'];

/** Each refers to nothing that there is, so that who may do it changes nothing either. */
const mutations: [name: string, call: string, allowed: readonly Role[]][] = [
  ['createCustomer', 'createCustomer(input: { lastName: "", firstName: "", email: "" })', staff],
  ['updateCustomer', 'updateCustomer(id: "0", input: {})', staff],
  ['deleteCustomer', 'deleteCustomer(id: "0")', office],
  ['createProduct', 'createProduct(input: { name: "", priceMinor: -1 })', stockers],
  ['updateProduct', 'updateProduct(id: "0", input: {})', stockers],
  ['archiveProduct', 'archiveProduct(id: "0")', office],
  ['createCategory', 'createCategory(input: { name: "" })', office],
  ['updateCategory', 'updateCategory(id: "0", input: {})', office],
  ['archiveCategory', 'archiveCategory(id: "0")', office],
  ['createSupplier', 'createSupplier(input: { name: "" })', office],
  ['updateSupplier', 'updateSupplier(id: "0", input: {})', office],
  ['archiveSupplier', 'archiveSupplier(id: "0")', office],
  ['countStock', 'countStock(productId: "0", placeId: "0", quantity: 0)', stockers],
  ['adjustStock', 'adjustStock(productId: "0", placeId: "0", change: 1, reason: "x")', stockers],
  ['createOrder', 'createOrder(input: { customerId: "0", lines: [] })', staff],
  ['cancelOrder', 'cancelOrder(id: "0")', staff],
  ['refundOrder', 'refundOrder(id: "0")', office],
  ['shipOrder', 'shipOrder(id: "0")', stockers],
  ['deliverOrder', 'deliverOrder(id: "0")', stockers],
  ['deleteOrder', 'deleteOrder(id: "0")', office],
  ['createCart', 'createCart(customerId: "x")', staff],
  ['setCartLines', 'setCartLines(id: "0", lines: [])', staff],
  ['checkOutCart', 'checkOutCart(id: "0", input: { shippingAddress: "x", paymentMethod: "card" })', staff],
  ['startOrderProcessing', 'startOrderProcessing(input: { customerId: "0", lines: [], shippingAddress: "", paymentMethod: "" })', staff],
  ['retrySaga', 'retrySaga(id: "saga_0")', ['MANAGER']],
  ['cancelSaga', 'cancelSaga(id: "saga_0")', ['MANAGER']],
  ['pauseSaga', 'pauseSaga(id: "saga_0")', ['MANAGER']],
  ['resumeSaga', 'resumeSaga(id: "saga_0")', ['MANAGER']],
];

test.each(mutations)('%s is for those who may, and refused to all others', async (_name, call, allowed) => {
  for (const role of roles) {
    const { errors } = await ask(system.url, `mutation { ${call} { __typename } }`, {}, keyOf(role));
    expect(
      errors.some(({ extensions }) => extensions.code === 'FORBIDDEN'),
      `${role}: ${JSON.stringify(errors)}`,
    ).toBe(!allowed.includes(role));
  }
});

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

test('every role reads the catalogue, customers, orders and sagas; nobody does without a key', async () => {
  const query =
    '{ products(first: 1) { totalCount } customers(first: 1) { totalCount } orders(first: 1) { totalCount } sagas(first: 1) { totalCount } lowStock(first: 1) { totalCount } }';
  for (const role of roles) expect((await ask(system.url, query, {}, keyOf(role))).errors).toEqual([]);
  expect((await ask(system.url, query, {}, 'no-key-at-all')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
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
