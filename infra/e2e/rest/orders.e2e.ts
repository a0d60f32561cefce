import { afterAll, beforeAll, expect, test } from 'vitest';
import { type System, startSystem } from '../system.ts';
import { newCustomer, restClient } from './rest-client.ts';

/** What clients do that were written for the systems before this one: REST only, with their key. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});
const call = restClient(() => system.url);

const ended = async (id: string) => {
  const read = async () => (await call('GET', `/api/v1/sagas/${id}`)).body;
  await expect.poll(async () => (await read()).status, { timeout: 20_000, interval: 100 }).toMatch(/^(COMPLETED|COMPENSATED|FAILED)$/);
  return read();
};
const start = (customer: number, product: number) =>
  call('POST', `/api/v1/customers/${customer}/order-processing`, {
    products: [{ product_id: product, quantity: 1 }],
    shipping_address: '12 rue des Halles, 45000 Orléans',
    billing_address: '12 rue des Halles, 45000 Orléans',
    payment_method: 'card',
  });
const names = (steps: readonly { step: string; status: string }[]) => steps.map(({ step, status }) => `${step} ${status}`);

test('the documented walk: a customer, an order that waits, the customer deleted, the order client_supprime', async () => {
  const customer = await call('POST', '/customers', newCustomer('Marchal'));
  expect([customer.status, customer.body]).toEqual([201, { id: expect.any(Number), ...newCustomer('Marchal'), actif: true }]);
  const lignes = [{ produit_id: 5, quantite: 3, prix_unitaire: 19.99 }];
  const order = await call('POST', '/orders', { client_id: customer.body.id, lignes });
  expect([order.status, order.body]).toEqual([
    201,
    { id: expect.any(Number), client_id: customer.body.id, statut: 'en_attente', total: 59.97, lignes },
  ]);
  const deleted = await call('DELETE', `/customers/${customer.body.id}`);
  expect([deleted.status, deleted.body]).toEqual([204, undefined]);
  const statut = async () => (await call('GET', `/orders/${order.body.id}`)).body.statut;
  await expect.poll(statut, { timeout: 15_000, interval: 50 }).toBe('client_supprime');
  expect(await call('GET', `/customers/${customer.body.id}`)).toMatchObject({ status: 404, body: { detail: 'Client non trouvé' } });
});

test('an order goes where it can, and once for one key', async () => {
  const { body: customer } = await call('POST', '/customers', newCustomer('Ordonnez'));
  const body = { client_id: customer.id, lignes: [{ produit_id: 1, quantite: 1, prix_unitaire: 0.1 }] };
  const key = { 'idempotency-key': 'an-order' };
  const [first, again] = [await call('POST', '/orders', body, key), await call('POST', '/orders', body, key)];
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect((await call('POST', '/orders', { ...body, lignes: [] }, key)).status).toBe(422);
  expect((await call('GET', `/orders?client_id=${customer.id}`)).body).toEqual([first.body]);
  expect(await call('PUT', `/orders/${first.body.id}`, { statut: 'expediee' })).toMatchObject({
    status: 200,
    body: { statut: 'expediee' },
  });
  expect(await call('PUT', `/orders/${first.body.id}`, { statut: 'en_attente' })).toMatchObject({ status: 409 });
  expect(await call('PUT', `/orders/${first.body.id}`, { statut: 'livree' })).toMatchObject({ status: 200, body: { statut: 'livree' } });
  expect(await call('PUT', `/orders/${first.body.id}`, { statut: 'annulee' })).toMatchObject({ status: 409 });
});

test('an order is processed step by step', async () => {
  const started = await start(123, 1);
  expect([started.status, started.body]).toEqual([
    202,
    { saga_id: expect.stringMatching(/^saga_/), status: 'started', message: 'Order processing saga started successfully' },
  ]);
  const saga = await ended(started.body.saga_id);
  expect([saga.status, names(saga.steps), saga.compensations, saga.error]).toEqual([
    'COMPLETED',
    ['CHECK_STOCK', 'RESERVE_STOCK', 'CREATE_ORDER', 'PROCESS_PAYMENT', 'CONFIRM_ORDER'].map((step) => `${step} SUCCESS`),
    [],
    null,
  ]);
  expect((await call('GET', '/api/v1/sagas?limit=10')).body[0].saga_id).toBe(started.body.saga_id);
  expect((await call('GET', '/api/v1/orders?client_id=123&limit=1')).body[0]).toMatchObject({ client_id: 123, statut: 'confirmee' });
});

test('for an unknown customer what was done is undone', async () => {
  const saga = await ended((await start(99_999, 1)).body.saga_id);
  expect([saga.status, names(saga.steps), names(saga.compensations)]).toEqual([
    'COMPENSATED',
    ['CHECK_STOCK SUCCESS', 'RESERVE_STOCK SUCCESS', 'CREATE_ORDER FAILURE'],
    ['RELEASE_STOCK SUCCESS'],
  ]);
  expect(saga.error).toMatch(/99999/);
  expect((await call('GET', '/api/v1/sagas/saga_none')).body).toEqual({ detail: 'Saga non trouvée' });
});

test('a cart holds what it is told', async () => {
  const cart = await call('POST', '/api/v1/carts', { client_id: 1, lignes: [{ produit_id: 5, quantite: 2 }] });
  expect([cart.status, cart.body]).toEqual([
    201,
    { id: expect.any(Number), client_id: 1, statut: 'ouvert', lignes: [{ produit_id: 5, quantite: 2 }], saga_id: null },
  ]);
  const lignes = [{ produit_id: 1, quantite: 1 }];
  expect((await call('PUT', `/api/v1/carts/${cart.body.id}`, { lignes })).body).toEqual({ ...cart.body, lignes });
  expect((await call('GET', `/api/v1/carts/${cart.body.id}`)).body).toEqual({ ...cart.body, lignes });
});

test('a status that there is not is refused with those there are, one that cannot be with those that can', async () => {
  const { body: customer } = await call('POST', '/customers', newCustomer('Statuts'));
  const body = { client_id: customer.id, lignes: [{ produit_id: 1, quantite: 2, prix_unitaire: 3.5 }] };
  const { body: order } = await call('POST', '/orders/', body);
  const put = async (statut: unknown) => {
    const { status, body: answer } = await call('PUT', `/orders/${order.id}`, { statut });
    return [status, answer.detail];
  };
  expect(await put('perdue')).toEqual([
    422,
    [{ loc: ['body', 'statut'], msg: expect.stringContaining('en_attente, confirmee, expediee'), type: 'literal_error' }],
  ]);
  expect(await put('livree')).toEqual([409, 'Une commande en_attente ne peut pas passer à livree, seulement à : expediee, annulee']);
  expect(await put('confirmee')).toEqual([409, 'Une commande ne peut pas passer à confirmee, seulement à : expediee, livree, annulee']);
  expect((await call('PUT', `/orders/${order.id}`, { statut: 'annulee' })).body.statut).toBe('annulee');
  expect(await put('expediee')).toEqual([409, 'Une commande annulee ne peut pas passer à expediee : son statut ne change plus']);
  expect(await call('PUT', '/orders/999999', { statut: 'expediee' })).toMatchObject({
    status: 404,
    body: { detail: 'Commande non trouvée' },
  });
});

test('an order that was never paid is deleted, one that was is not', async () => {
  const { body: customer } = await call('POST', '/customers', newCustomer('Effacer'));
  const { body: order } = await call('POST', '/orders', {
    client_id: customer.id,
    lignes: [{ produit_id: 1, quantite: 1, prix_unitaire: 1 }],
  });
  const deleted = await call('DELETE', `/orders/${order.id}/`);
  expect([deleted.status, deleted.body]).toEqual([204, undefined]);
  for (const method of ['GET', 'DELETE'])
    expect(await call(method, `/orders/${order.id}`)).toMatchObject({ status: 404, body: { detail: 'Commande non trouvée' } });
  await ended((await start(customer.id, 1)).body.saga_id);
  const [paid] = (await call('GET', `/api/v1/orders?client_id=${customer.id}`)).body;
  expect(paid.statut).toBe('confirmee');
  expect(await call('DELETE', `/orders/${paid.id}`)).toMatchObject({
    status: 409,
    body: { detail: 'Cette commande ne peut plus être supprimée' },
  });
});

test('every fault of a body is told at once; a key is good for one body', async () => {
  const faulty = await call('POST', '/orders', {
    client_id: 'x',
    lignes: [{ produit_id: 1, quantite: 0, prix_unitaire: 1.005 }, {}],
    statut: 'expediee',
  });
  expect(faulty.status).toBe(422);
  expect(faulty.body.detail.map(({ loc }: { loc: string[] }) => loc.join('.')).sort()).toEqual([
    'body.client_id',
    'body.lignes.0.prix_unitaire',
    'body.lignes.0.quantite',
    'body.lignes.1.prix_unitaire',
    'body.lignes.1.produit_id',
    'body.lignes.1.quantite',
    'body.statut',
  ]);
  for (const [path, body, other] of [
    ['/customers', newCustomer('Clef'), newCustomer('Autre')],
    ['/products', { nom: 'Clef', prix: 1 }, { nom: 'Clef', prix: 2 }],
    ['/api/v1/carts', { lignes: [] }, { client_id: 1, lignes: [] }],
    ['/api/v1/categories', { nom: 'Clefs' }, { nom: 'Serrures' }],
  ] as const) {
    const key = { 'idempotency-key': 'one-key' };
    const [first, again] = [await call('POST', path, body, key), await call('POST', path, body, key)];
    expect([first.status, again.status, again.body], path).toEqual([201, 201, first.body]);
    expect((await call('POST', path, other, key)).status, path).toBe(409);
  }
});

test('lists are bounded, paged, and tell their total', async () => {
  const { body: customer } = await call('POST', '/customers', newCustomer('Listes'));
  for (let quantite = 1; quantite <= 5; quantite++)
    await call('POST', '/api/v1/orders', { client_id: customer.id, lignes: [{ produit_id: 1, quantite, prix_unitaire: 1 }] });
  const list = (query: string) => call('GET', `/api/v1/orders/?client_id=${customer.id}&${query}`);
  const all = await list('limit=500');
  expect([all.headers.get('x-total-count'), all.body.length]).toEqual(['5', 5]);
  const slice = await list('limit=2&offset=1');
  expect([slice.headers.get('x-total-count'), slice.body]).toEqual(['5', all.body.slice(1, 3)]);
  expect((await list('page=2&size=2')).body).toEqual(all.body.slice(2, 4));
  for (const wrong of ['limit=501', 'limit=0', 'limit=x', 'offset=-1', 'page=0']) expect((await list(wrong)).status, wrong).toBe(422);
  for (const path of ['/customers', '/products', '/api/v1/stock', '/api/v1/carts', '/api/v1/categories', '/api/v1/sagas']) {
    const { status, headers, body } = await call('GET', `${path}?limit=3`);
    expect([status, body.length <= 3, Number(headers.get('x-total-count')) >= body.length], path).toEqual([200, true, true]);
  }
});
