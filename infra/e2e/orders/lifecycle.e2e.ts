import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, listen, metric } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { address, changes, sagaEnded, startOrder } from './order-processing.ts';

/** What becomes of carts, orders, payments and customers, by GraphQL only. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

/** `data` of the answer; errors are failures. */
async function graph(query: string, variables: object = {}) {
  const { data, errors } = await ask(system.url, query, variables);
  expect(errors).toEqual([]);
  return data;
}
const available = async (id: string) => (await graph('query ($id: ID!) { product(id: $id) { available } }', { id })).product.available;
const orderFields = `id status customerId customerDeleted customer { id } total { amount } payment { id status refunded { amount } amount { amount } }
  shipment { id trackingNumber deliveredAt } saga { id state } cancellationSaga { id state } refundSaga { id state } lines { productId productDeleted }`;
const readOrder = async (id: string) => (await graph(`query ($id: ID!) { order(id: $id) { ${orderFields} } }`, { id })).order;
/** What a mutation of an order comes to. */
const act = async (mutation: string) => {
  const refused = mutation.startsWith('refundOrder') ? 'RefundRefused' : 'OrderTransitionRefused';
  const selection = `__typename ... on OrderChanged { order { id status } } ... on ${refused} { message }`;
  return (await graph(`mutation { outcome: ${mutation} { ${selection} } }`)).outcome;
};
let customers = 0;
const createCustomer = async () =>
  (
    await graph(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { ... on CustomerCreated { customer { id } } } }',
      {
        input: { lastName: 'Ledoux', firstName: 'Aline', email: `aline.ledoux.${++customers}@example.com` },
      },
    )
  ).createCustomer.customer.id as string;
/** An order that was processed for the customer; with its saga. */
async function processed(customerId: string, productId = '1') {
  const saga = await sagaEnded(system.url, await startOrder(system.url, { customerId, productId, quantity: 1 }));
  expect(saga.state).toBe('COMPLETED');
  return { sagaId: saga.id as string, orderId: saga.order.id as string };
}

test('a cart is filled, checked out, paid, shipped and delivered', async () => {
  const { createCart } = await graph(
    'mutation { createCart(customerId: "1", lines: [{ productId: "5", quantity: 1 }], idempotencyKey: "cart") { ... on CartChanged { cart { id version checkedOut } } } }',
  );
  const { id, version } = createCart.cart;
  const set = (quantity: number, expectedVersion: number) =>
    graph(
      'mutation ($id: ID!, $quantity: Int!, $expectedVersion: Int) { setCartLines(id: $id, lines: [{ productId: "1", quantity: $quantity }], expectedVersion: $expectedVersion) { __typename ... on CartChanged { cart { lines { quantity product { name } } } } } }',
      { id, quantity, expectedVersion },
    );
  expect((await set(3, version)).setCartLines.cart.lines).toEqual([{ quantity: 3, product: { name: expect.any(String) } }]);
  expect((await set(4, version)).setCartLines.__typename).toBe('StaleValue');

  const checkOut = () =>
    graph(
      `mutation ($id: ID!, $input: CheckOutInput!) { checkOutCart(id: $id, input: $input, idempotencyKey: "once") {
        __typename ... on CartChanged { cart { checkedOut saga { id } } } } }`,
      { id, input: { shippingAddress: address, paymentMethod: '4242 4242 4242 4242' } },
    );
  const { checkOutCart } = await checkOut();
  expect(checkOutCart.cart).toEqual({ checkedOut: true, saga: { id: expect.stringMatching(/^saga_/) } });
  expect((await checkOut()).checkOutCart).toEqual(checkOutCart);
  // Promised by orders; the orchestrator may not know of it yet.
  const saga = await sagaEnded(system.url, checkOutCart.cart.saga.id);
  expect(saga.state).toBe('COMPLETED');

  const orderId = saga.order.id;
  const before = await readOrder(orderId);
  expect(before).toMatchObject({ status: 'CONFIRMED', payment: { status: 'CAPTURED', amount: before.total }, shipment: null });
  expect(await act(`deliverOrder(id: "${orderId}")`)).toMatchObject({ __typename: 'OrderTransitionRefused' });
  expect(await act(`shipOrder(id: "${orderId}", trackingNumber: "6A42")`)).toMatchObject({ order: { status: 'SHIPPED' } });
  expect(await act(`deliverOrder(id: "${orderId}")`)).toMatchObject({ order: { status: 'DELIVERED' } });
  expect(await act(`cancelOrder(id: "${orderId}")`)).toMatchObject({ __typename: 'OrderTransitionRefused' });
  const { payment, shipment } = await readOrder(orderId);
  expect(shipment).toMatchObject({ trackingNumber: '6A42', deliveredAt: expect.any(String) });
  expect(
    await graph(`{ payment(id: "${payment.id}") { method order { id } } shipment(id: "${shipment.id}") { order { id customer { id } } } }`),
  ).toEqual({ payment: { method: 'card •••• 4242', order: { id: orderId } }, shipment: { order: { id: orderId, customer: { id: '1' } } } });
});

test('an order that was paid is cancelled by the second definition: refunded, restocked, cancelled, live', async () => {
  const before = await available('5');
  const { orderId } = await processed('123', '5');
  expect(await available('5')).toBe(before - 1);
  await using live = listen(system.url, {
    query: `subscription { orderUpdated(id: "${orderId}") { status payment { status } cancellationSaga { id } } }`,
  });
  await live.arrived(1);
  const cancel = () => act(`cancelOrder(id: "${orderId}", idempotencyKey: "cancel ${orderId}")`);
  expect(await cancel()).toMatchObject({ __typename: 'OrderChanged' });
  expect(await cancel()).toMatchObject({ __typename: 'OrderChanged' });
  const { cancellationSaga } = await readOrder(orderId);
  const saga = await sagaEnded(system.url, cancellationSaga.id);
  expect(changes(saga.events.map(({ state }: { state: string }) => state))).toEqual([
    'PENDING',
    'REFUND_PROCESSING',
    'REFUNDED',
    'RESTOCKED',
    'COMPLETED',
  ]);
  const after = await readOrder(orderId);
  expect(after).toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED', refunded: after.total } });
  expect(await available('5')).toBe(before);
  await expect
    .poll(() => live.events.at(-1).orderUpdated, { timeout: 10_000 })
    .toMatchObject({ status: 'CANCELLED', payment: { status: 'REFUNDED' } });
  const { stockMovements } = await graph('{ stockMovements(productId: "5", first: 3) { nodes { kind onHandChange } } }');
  expect(stockMovements.nodes[0]).toEqual({ kind: 'RETURN', onHandChange: 1 });
});

test('an order that has left is paid back once, and stays delivered', async () => {
  const { orderId } = await processed('123');
  expect(await act(`refundOrder(id: "${orderId}")`)).toMatchObject({ __typename: 'RefundRefused' });
  await act(`shipOrder(id: "${orderId}")`);
  await act(`deliverOrder(id: "${orderId}")`);
  for (const _ of [1, 2])
    expect(await act(`refundOrder(id: "${orderId}", idempotencyKey: "r1")`)).toMatchObject({ __typename: 'OrderChanged' });
  const { refundSaga } = await readOrder(orderId);
  expect(await sagaEnded(system.url, refundSaga.id)).toMatchObject({
    state: 'COMPLETED',
    steps: [{ step: 'REFUND_PAYMENT', status: 'SUCCESS' }],
  });
  const order = await readOrder(orderId);
  expect(order).toMatchObject({ status: 'DELIVERED', payment: { status: 'REFUNDED', refunded: order.total } });
  expect((await graph(`{ order(id: "${orderId}") { refundSaga { id } } }`)).order.refundSaga.id).toBe(refundSaga.id);
});

test('a customer created a moment before is never refused, ten times over', async () => {
  for (let round = 0; round < 10; round++) await processed(await createCustomer());
});

test('the orders of a deleted customer are marked, and those that come later are refused or marked', async () => {
  const customerId = await createCustomer();
  const { orderId } = await processed(customerId);
  await using resources = createResources();
  const live = resources.use(
    listen(system.url, { query: `subscription { orderUpdated(id: "${orderId}") { customerDeleted customer { lastName } } }` }),
  );
  const changed = resources.use(
    listen(system.url, { query: `subscription { customerChanged(id: "${customerId}") { kind customerId customer { id } } }` }),
  );
  await expect.poll(() => metric(system.url, 'subscription_upstreams_active'), { timeout: 10_000 }).toBe(2);
  await live.arrived(1);
  expect(live.events[0]).toEqual({ orderUpdated: { customerDeleted: false, customer: { lastName: 'Ledoux' } } });
  expect((await graph(`mutation { deleteCustomer(id: "${customerId}") { __typename } }`)).deleteCustomer.__typename).toBe(
    'CustomerDeleted',
  );
  await live.arrived(2);
  expect(live.events[1]).toEqual({ orderUpdated: { customerDeleted: true, customer: null } });
  await changed.arrived(1);
  expect(changed.events[0]).toEqual({ customerChanged: { kind: 'DELETED', customerId, customer: null } });
  expect(await readOrder(orderId)).toMatchObject({ customerId, customerDeleted: true, customer: null });
  // One that comes later.
  const saga = await sagaEnded(system.url, await startOrder(system.url, { customerId }));
  expect(saga).toMatchObject({ state: 'COMPENSATED', error: expect.stringContaining('CUSTOMER_DELETED') });
  const late = await ask(
    system.url,
    `mutation { createOrder(input: { customerId: "${customerId}", lines: [{ productId: "5", quantity: 1, unitPriceMinor: 100 }] }) { __typename } }`,
  );
  expect(late.errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
});

test('a key makes each mutation that creates, pays, moves stock or refunds safe to repeat, and refuses another input', async () => {
  const { orderId } = await processed('1');
  const { orderId: otherOrder } = await processed('1');
  const line = (quantity: number) => `{ productId: "5", quantity: ${quantity}`;
  const asked: [string, (n: 1 | 2) => string, string][] = [
    [
      'createCustomer',
      (n) => `createCustomer(input: { lastName: "K", firstName: "Y", email: "key${n}@example.com" }, idempotencyKey: "k")`,
      '... on CustomerCreated { customer { id } }',
    ],
    [
      'createProduct',
      (n) => `createProduct(input: { name: "Clé", priceMinor: ${n} }, idempotencyKey: "k")`,
      '... on ProductCreated { product { id } }',
    ],
    [
      'updateProduct',
      (n) => `updateProduct(id: "9", input: { totalStock: ${70 + n} }, idempotencyKey: "k")`,
      '... on ProductUpdated { product { id version } }',
    ],
    [
      'createCategory',
      (n) => `createCategory(input: { name: "Clés ${n}" }, idempotencyKey: "k")`,
      '... on CategoryCreated { category { id } }',
    ],
    [
      'createSupplier',
      (n) => `createSupplier(input: { name: "Clés ${n}" }, idempotencyKey: "k")`,
      '... on SupplierCreated { supplier { id } }',
    ],
    [
      'countStock',
      (n) => `countStock(productId: "9", placeId: "2", quantity: ${40 + n}, idempotencyKey: "k")`,
      '... on StockChanged { level { onHand } }',
    ],
    [
      'adjustStock',
      (n) => `adjustStock(productId: "9", placeId: "2", change: ${n}, reason: "casse", idempotencyKey: "k")`,
      '... on StockChanged { level { onHand } }',
    ],
    [
      'createOrder',
      (n) => `createOrder(input: { customerId: "1", lines: [${line(n)}, unitPriceMinor: 10 }] }, idempotencyKey: "k")`,
      '... on OrderCreated { order { id } }',
    ],
    ['createCart', (n) => `createCart(lines: [${line(n)} }], idempotencyKey: "k")`, '... on CartChanged { cart { id } }'],
    [
      'startOrderProcessing',
      (n) =>
        `startOrderProcessing(input: { customerId: "1", lines: [${line(n)} }], shippingAddress: "Lille", paymentMethod: "card" }, idempotencyKey: "k")`,
      '... on OrderProcessingStarted { saga { id } }',
    ],
    [
      'cancelOrder',
      (n) => `cancelOrder(id: "${n === 1 ? orderId : otherOrder}", idempotencyKey: "k")`,
      '... on OrderChanged { order { id } }',
    ],
  ];
  for (const [name, call, selection] of asked) {
    const run = async (n: 1 | 2) => (await graph(`mutation { outcome: ${call(n)} { __typename ${selection} } }`)).outcome;
    const first = await run(1);
    expect(first.__typename, name).not.toMatch(/Conflict|Taken|NotFound|Refused/);
    expect(await run(1), name).toEqual(first);
    expect((await run(2)).__typename, name).toBe('IdempotencyConflict');
  }
});

test('an order whose saga is still under way does not leave, one that another system handed over does', async () => {
  const sagaId = await startOrder(system.url, { customerId: '1', paymentMethod: '4000 0000 0000 0127' });
  const order = async () => (await graph(`{ saga(id: "${sagaId}") { order { id status } } }`)).saga.order;
  await expect.poll(order, { timeout: 20_000 }).toMatchObject({ status: 'PENDING' });
  const { id } = await order();
  expect(await act(`shipOrder(id: "${id}")`)).toMatchObject({
    __typename: 'OrderTransitionRefused',
    message: expect.stringContaining('not paid'),
  });
  expect(await act(`deleteOrder(id: "${id}")`)).toMatchObject({ __typename: 'OrderTransitionRefused' });
  // Given up by an operator: undone as far as it came.
  const { cancelSaga } = await graph(`mutation { cancelSaga(id: "${sagaId}") { __typename } }`);
  expect(cancelSaga.__typename).toBe('SagaActionAccepted');

  const { createOrder } = await graph(
    'mutation { createOrder(input: { customerId: "1", lines: [{ productId: "99998", quantity: 1, unitPriceMinor: 100 }] }) { ... on OrderCreated { order { id lines { productId product { name } } } } } }',
  );
  expect(createOrder.order.lines).toEqual([{ productId: '99998', product: null }]);
  expect(await act(`shipOrder(id: "${createOrder.order.id}")`)).toMatchObject({ order: { status: 'SHIPPED' } });
});

test('an archived product is marked in open orders and carts, and sold no more', async () => {
  const { createProduct } = await graph(
    'mutation { createProduct(input: { name: "Dernier", priceMinor: 500, initialStock: 50 }) { ... on ProductCreated { product { id } } } }',
  );
  const productId = createProduct.product.id;
  const { orderId } = await processed('1', productId);
  const { createCart } = await graph(
    `mutation { createCart(lines: [{ productId: "${productId}", quantity: 1 }]) { ... on CartChanged { cart { id } } } }`,
  );
  await graph(`mutation { archiveProduct(id: "${productId}") { __typename } }`);
  await expect.poll(async () => (await readOrder(orderId)).lines, { timeout: 10_000 }).toEqual([{ productId, productDeleted: true }]);
  const cart = await graph(`{ cart(id: "${createCart.cart.id}") { lines { productDeleted product { active } } } }`);
  expect(cart.cart.lines).toEqual([{ productDeleted: true, product: { active: false } }]);
  const { updateProduct } = await graph(`mutation { updateProduct(id: "${productId}", input: { name: "Encore" }) { __typename } }`);
  expect(updateProduct.__typename).toBe('ProductOutOfSale');
  expect(await sagaEnded(system.url, await startOrder(system.url, { customerId: '1', productId }))).toMatchObject({
    state: 'COMPENSATED',
    order: null,
  });
});
