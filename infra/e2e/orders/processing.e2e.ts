import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, listen, listenBySse, metric } from '../graph.ts';
import { createResources } from '../resources.ts';
import { type System, startSystem } from '../system.ts';
import { changes, isInOrder, sagaEnded, slowCard, startOrder, statesOfSuccess, stepsOfSuccess } from './order-processing.ts';

/** Orders as they are processed, seen live by clients that ask for fields of four subgraphs at once. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const sagaSelection = `
  id state error
  steps { step status duration }
  compensations { step status }
  customer { lastName email }
  order { id status total { amount } customer { lastName } lines { quantity product { name stock { available place { name } } } } payment { status } }`;
const followed = `subscription ($id: ID!) { sagaUpdated(id: $id) { ${sagaSelection} } }`;

test('the success scenario is seen live, step by step and by every subscription, over WebSocket and SSE', async () => {
  await using resources = createResources();
  const watch = (query: string, variables: Record<string, unknown> = {}) => resources.use(listen(system.url, { query, variables }));
  const activity = watch(`subscription { sagaActivity(definition: "order-processing") { ${sagaSelection} } }`);
  const orders = watch(
    'subscription { orders(customerId: "123") { id status customer { id lastName } lines { product { name } } payment { status } saga { state steps { step } } } }',
  );
  const stock = watch(
    'subscription { stockChanged(productId: "1") { onHand allocated available place { name kind } product { id name } } }',
  );
  const stockBySse = resources.use(
    listenBySse(system.url, { query: 'subscription { stockChanged(productId: "1") { allocated place { name } } }' }),
  );
  await subscribed(4);
  const before = (await ask(system.url, '{ product(id: "1") { available } }')).data.product.available;

  const id = await startOrder(system.url, { customerId: '123', paymentMethod: slowCard });
  const saga = watch(followed, { id });
  const bySse = resources.use(listenBySse(system.url, { query: followed, variables: { id } }));
  await Promise.all([saga.ended, bySse.ended]);

  for (const { events } of [saga, bySse]) {
    const states = changes(events.map(({ sagaUpdated }) => sagaUpdated.state));
    expect(isInOrder(states, statesOfSuccess), states.join()).toBe(true);
    expect(states).toContain('PAYMENT_PROCESSING');
    const last = events.at(-1).sagaUpdated;
    expect(last.state).toBe('COMPLETED');
    expect(last.steps).toEqual(stepsOfSuccess.map((step) => ({ step, status: 'SUCCESS', duration: expect.any(Number) })));
    expect(last).toMatchObject({
      error: null,
      compensations: [],
      customer: { lastName: expect.any(String), email: expect.stringContaining('@') },
      order: {
        status: 'CONFIRMED',
        customer: { lastName: last.customer.lastName },
        lines: [{ quantity: 2, product: { name: expect.any(String) } }],
        payment: { status: 'CAPTURED' },
      },
    });
    // Five stores and the warehouse.
    expect(last.order.lines[0].product.stock.map(({ place }: { place: { name: string } }) => place.name)).toHaveLength(6);
  }
  // The history leaves out no state, however fast they were.
  expect(changes((await sagaEnded(system.url, id)).events.map(({ state }: { state: string }) => state))).toEqual(statesOfSuccess);

  const activityStates = () => activity.events.map((event) => event.sagaActivity).filter((each) => each.id === id);
  await expect.poll(() => activityStates().at(-1)?.state, { timeout: 10_000 }).toBe('COMPLETED');
  expect(isInOrder(changes(activityStates().map(({ state }) => state)), statesOfSuccess)).toBe(true);
  expect(activityStates().at(-1).order.lines[0].product.name).toBe(saga.events.at(-1).sagaUpdated.order.lines[0].product.name);

  await expect.poll(() => orders.events.at(-1)?.orders.status, { timeout: 10_000 }).toBe('CONFIRMED');
  expect(changes(orders.events.map((event) => event.orders.status))).toEqual(['PENDING', 'CONFIRMED']);
  expect(orders.events.at(-1).orders).toMatchObject({ customer: { id: '123' }, saga: { steps: stepsOfSuccess.map((step) => ({ step })) } });

  // Promised first; sold once the order is confirmed.
  await expect.poll(() => stock.events.length, { timeout: 10_000 }).toBe(2);
  const [promised, sold] = stock.events.map(({ stockChanged }) => stockChanged);
  expect(promised).toMatchObject({ place: { kind: 'WAREHOUSE' }, product: { id: '1', name: expect.any(String) } });
  expect(sold).toMatchObject({ onHand: promised.onHand - 2, allocated: promised.allocated - 2, available: promised.available });
  await expect.poll(() => stockBySse.events.length, { timeout: 10_000 }).toBe(2);
  expect(stockBySse.events.map((event) => event.stockChanged.allocated)).toEqual([promised.allocated, sold.allocated]);
  expect((await ask(system.url, '{ product(id: "1") { available } }')).data.product.available).toBe(before - 2);
});

test('the failure scenario, customer 99999, is undone before the eyes of who watches', async () => {
  const before = (await ask(system.url, '{ product(id: "5") { available } }')).data.product.available;
  const id = await startOrder(system.url, { customerId: '99999', productId: '5' });
  await using saga = listen(system.url, { query: followed, variables: { id } });
  await saga.ended;
  const states = changes(saga.events.map(({ sagaUpdated }) => sagaUpdated.state));
  expect(isInOrder(states, ['PENDING', 'STOCK_CHECKING', 'STOCK_RESERVED', 'COMPENSATING', 'COMPENSATED']), states.join()).toBe(true);
  const last = saga.events.at(-1).sagaUpdated;
  expect(last).toMatchObject({
    state: 'COMPENSATED',
    error: expect.stringContaining('99999'),
    compensations: [{ step: 'RELEASE_STOCK', status: 'SUCCESS' }],
    customer: null,
    order: null,
  });
  expect(last.steps.map(({ step, status }: { step: string; status: string }) => `${step} ${status}`)).toEqual([
    'CHECK_STOCK SUCCESS',
    'RESERVE_STOCK SUCCESS',
    'CREATE_ORDER FAILURE',
    'PROCESS_PAYMENT SKIPPED',
    'CONFIRM_ORDER SKIPPED',
  ]);
  const ended = await sagaEnded(system.url, id);
  expect(changes(ended.events.map(({ state }: { state: string }) => state))).toEqual([
    'PENDING',
    'STOCK_CHECKING',
    'STOCK_RESERVED',
    'COMPENSATING',
    'COMPENSATED',
  ]);
  expect((await ask(system.url, '{ product(id: "5") { available } }')).data.product.available).toBe(before);
});

test.each([
  ['4000 0000 0000 0002', /declined/],
  ['4000 0000 0000 9995', /insufficient funds/],
])('a payment by card %s is refused: order cancelled, stock released, nothing taken', async (paymentMethod, reason) => {
  const id = await startOrder(system.url, { customerId: '1', productId: '5', paymentMethod });
  const saga = await sagaEnded(system.url, id);
  expect(saga).toMatchObject({ state: 'COMPENSATED', error: expect.stringMatching(reason), order: { status: 'CANCELLED' } });
  expect(saga.compensations.map(({ step }: { step: string }) => step)).toEqual(expect.arrayContaining(['CANCEL_ORDER', 'RELEASE_STOCK']));
});

test('more than there is ends before anything is reserved', async () => {
  const saga = await sagaEnded(system.url, await startOrder(system.url, { customerId: '1', quantity: 10_000 }));
  expect(saga).toMatchObject({ state: 'COMPENSATED', order: null, compensations: [] });
  expect(saga.steps[0]).toEqual({ step: 'CHECK_STOCK', status: 'FAILURE' });
});

test('an order is followed from where it stands, and stock that runs low is told of once', async () => {
  await using resources = createResources();
  const { data } = await ask(
    system.url,
    `mutation { createProduct(input: { name: "Moka rare", priceMinor: 990, initialStock: 12, alertThreshold: 10 }) { ... on ProductCreated { product { id } } } }`,
  );
  const productId = data.createProduct.product.id;
  const low = resources.use(
    listen(system.url, { query: 'subscription { lowStock { available low product { id name available } place { name } } }' }),
  );
  await subscribed(1);
  const saga = await sagaEnded(system.url, await startOrder(system.url, { customerId: '123', productId, quantity: 3 }));
  expect(saga.state).toBe('COMPLETED');
  await expect.poll(() => low.events.length, { timeout: 10_000 }).toBe(1);
  expect(low.events).toEqual([
    {
      lowStock: {
        available: 9,
        low: true,
        product: { id: productId, name: 'Moka rare', available: 9 },
        place: { name: expect.any(String) },
      },
    },
  ]);
  expect((await ask(system.url, '{ lowStock(first: 100) { nodes { product { id } low } } }')).data.lowStock.nodes).toContainEqual({
    product: { id: productId },
    low: true,
  });

  const query = `subscription { orderUpdated(id: "${saga.order.id}") { status customer { lastName } saga { state } shipment { trackingNumber } } }`;
  const order = resources.use(listen(system.url, { query }));
  const bySse = resources.use(listenBySse(system.url, { query }));
  await Promise.all([order.arrived(1), bySse.arrived(1)]);
  expect(order.events[0].orderUpdated).toMatchObject({ status: 'CONFIRMED', saga: { state: 'COMPLETED' }, shipment: null });
  await ask(system.url, `mutation { shipOrder(id: "${saga.order.id}", trackingNumber: "6A1") { __typename } }`);
  for (const { events } of [order, bySse])
    await expect
      .poll(() => events.at(-1).orderUpdated, { timeout: 10_000 })
      .toMatchObject({ status: 'SHIPPED', customer: { lastName: expect.any(String) }, shipment: { trackingNumber: '6A1' } });
});

test('conditions at the root of a subscription choose what is listened to', async () => {
  const query = `subscription ($sagas: Boolean!) {
    sagaActivity @include(if: $sagas) { id customer { lastName } }
    stockChanged(productId: "5") @skip(if: $sagas) { product { id } }
  }`;
  await using resources = createResources();
  const sagas = resources.use(listen(system.url, { query, variables: { sagas: true } }));
  const stock = resources.use(listenBySse(system.url, { query, variables: { sagas: false } }));
  await subscribed(2);
  const id = await startOrder(system.url, { customerId: '1', productId: '5', quantity: 1 });
  await sagaEnded(system.url, id);
  await Promise.all([sagas.arrived(1), stock.arrived(1)]);
  expect(sagas.events[0]).toEqual({ sagaActivity: { id, customer: { lastName: expect.any(String) } } });
  expect(stock.events[0]).toEqual({ stockChanged: { product: { id: '5' } } });
});

/** Until so many subscriptions of clients run. */
async function subscribed(count: number): Promise<void> {
  await expect.poll(() => metric(system.url, 'subscription_operations_active'), { timeout: 10_000 }).toBe(count);
}
