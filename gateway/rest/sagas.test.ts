import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './test-app.ts';
import { testClient } from './test-client.ts';

let facade: TestApp;
beforeAll(async () => {
  facade = await createTestApp();
});
afterAll(() => facade?.[Symbol.asyncDispose]());
beforeEach(() => {
  facade.graph.failure = null;
  facade.graph.shop.reset();
});
const client = testClient(() => facade);

const body = {
  products: [{ product_id: 1, quantity: 2 }],
  shipping_address: '12 rue des Halles',
  billing_address: '13 rue des Halles',
  payment_method: 'card',
};
const path = '/api/v1/customers/123/order-processing';

test('starting an order is accepted with the id of its saga', async () => {
  const { status, body: answer } = await client.post(path, body);
  expect(status).toBe(202);
  expect(answer).toEqual({
    saga_id: expect.stringMatching(/^saga_/),
    status: 'started',
    message: 'Order processing saga started successfully',
  });
  expect(facade.graph.requests.at(-1)?.variables).toEqual({
    input: {
      customerId: '123',
      lines: [{ productId: '1', quantity: 2 }],
      shippingAddress: '12 rue des Halles',
      billingAddress: '13 rue des Halles',
      paymentMethod: 'card',
    },
  });
  expect((await client.get(`/api/v1/sagas/${answer.saga_id}`)).status).toBe(200);
});

test('an unknown customer is not refused, and a billing address may be left out', async () => {
  const { billing_address: _, ...rest } = body;
  expect((await client.post('/api/v1/customers/99999/order-processing', rest)).status).toBe(202);
});

test('an order is started once for one key', async () => {
  const key = { 'idempotency-key': 'order-1' };
  const [first, again] = [await client.post(path, body, key), await client.post(path, body, key)];
  expect(again.body).toEqual(first.body);
  expect((await client.post(path, { ...body, payment_method: 'cash' }, key)).status).toBe(409);
});

test('every fault is named at once', async () => {
  const faulty = { products: [{ product_id: '1', quantity: 0 }], shipping_address: '', lines: [] };
  expect(await client.faults('POST', '/api/v1/customers/abc/order-processing', faulty)).toEqual([
    'path.customer_id int_parsing',
    'body.products.0.product_id float_type',
    'body.products.0.quantity greater_than_equal',
    'body.shipping_address string_too_short',
    'body.payment_method missing',
    'body.lines extra_forbidden',
  ]);
  expect(await client.faults('POST', path, { ...body, products: [] })).toEqual(['body.products too_short']);
});

test('what the graph finds faulty is told where the client put it', async () => {
  const faults = [{ path: ['input', 'customerId'] }, { path: ['input', 'lines', 0, 'productId'] }].map((fault) => ({
    ...fault,
    message: 'no',
  }));
  facade.graph.failure = new GraphQLError('no', { extensions: { code: 'BAD_USER_INPUT', faults } });
  expect(await client.faults('POST', path, body)).toEqual(['path.customer_id value_error', 'body.products.0.product_id value_error']);
});

test('a saga tells the steps that were begun, what was undone, and why', async () => {
  expect((await client.get('/api/v1/sagas/saga_1')).body).toEqual({
    saga_id: 'saga_1',
    status: 'COMPENSATED',
    created_at: '2026-11-21T10:18:26.000Z',
    updated_at: '2026-11-21T10:18:26.000Z',
    duration: 3.12,
    steps: [
      { step: 'CHECK_STOCK', status: 'SUCCESS', duration: 0.02 },
      { step: 'RESERVE_STOCK', status: 'SUCCESS', duration: 0.03 },
      { step: 'CREATE_ORDER', status: 'FAILURE', duration: 3.01 },
    ],
    compensations: [{ step: 'RELEASE_STOCK', status: 'SUCCESS', duration: 0.02 }],
    error: 'There is no customer 99999',
  });
});

test('a saga that is not there is 404', async () => {
  expect(await client.get('/api/v1/sagas/saga_none')).toMatchObject({ status: 404, body: { detail: 'Saga non trouvée' } });
});

test('sagas are listed, newest first', async () => {
  for (let count = 0; count < 12; count++) await client.post(path, body);
  const { body: sagas, headers } = await client.get('/api/v1/sagas?limit=10');
  expect([sagas.length, headers['x-total-count'], sagas[0].saga_id]).toEqual([10, '13', 'saga_112']);
});
