import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './test-app.ts';
import { testClient } from './test-client.ts';

let facade: TestApp;
beforeAll(async () => {
  facade = await createTestApp();
});
afterAll(() => facade?.[Symbol.asyncDispose]());
beforeEach(() => facade.graph.shop.reset());
const client = testClient(() => facade);

const lignes = [
  { produit_id: 5, quantite: 3, prix_unitaire: 19.99 },
  { produit_id: 6, quantite: 1, prix_unitaire: 0.07 },
];
const first = { client_id: 1, statut: 'en_attente', total: 59.97, lignes: [lignes[0]] };
const theOrder = async () => {
  const { body } = await client.get('/orders');
  return body[0].id as number;
};
const stateOf = (id: number) => facade.graph.shop.orders.get(String(id)) as { status: string; customerDeleted: boolean };

describe.each(['/orders', '/api/v1/orders'])('%s', (path) => {
  test('takes an order, which waits', async () => {
    const { status, body } = await client.post(path, { client_id: 1, lignes });
    expect([status, body]).toEqual([201, { id: expect.any(Number), client_id: 1, statut: 'en_attente', total: 60.04, lignes }]);
    expect((await client.get(`${path}/${body.id}`)).body).toEqual(body);
    expect(facade.graph.requests[facade.graph.requests.length - 2]?.variables?.input).toEqual({
      customerId: '1',
      lines: [
        { productId: '5', quantity: 3, unitPriceMinor: 1999 },
        { productId: '6', quantity: 1, unitPriceMinor: 7 },
      ],
    });
  });

  test('lists orders, of one customer if told', async () => {
    await client.post(path, { client_id: 2, lignes });
    const { body, headers } = await client.get(`${path}?client_id=1`);
    expect([body, headers['x-total-count']]).toEqual([[{ id: expect.any(Number), ...first }], '1']);
    expect((await client.get(path)).body.map(({ client_id }: { client_id: number }) => client_id)).toEqual([2, 1]);
  });

  test('names every fault of a body at once', async () => {
    const body = { client_id: '1', lignes: [{ produit_id: 1.5, quantite: 0, prix_unitaire: 1.999 }, {}], statut: 'livree' };
    expect(await client.faults('POST', path, body)).toEqual([
      'body.client_id float_type',
      'body.lignes.0.produit_id int_from_float',
      'body.lignes.0.quantite greater_than_equal',
      'body.lignes.0.prix_unitaire decimal_max_places',
      'body.lignes.1.produit_id missing',
      'body.lignes.1.quantite missing',
      'body.lignes.1.prix_unitaire missing',
      'body.statut extra_forbidden',
    ]);
    expect(await client.faults('POST', path, { client_id: 1, lignes: [] })).toEqual(['body.lignes too_short']);
  });

  test('does not find an order that is not there', async () => {
    expect(await client.get(`${path}/12345`)).toMatchObject({ status: 404, body: { detail: 'Commande non trouvée' } });
  });

  test.each([
    ['PENDING', 'en_attente'],
    ['CONFIRMED', 'confirmee'],
    ['SHIPPED', 'expediee'],
    ['DELIVERED', 'livree'],
    ['CANCELLED', 'annulee'],
  ])('says %s as %s, and client_supprime once the customer is gone', async (status, statut) => {
    const id = await theOrder();
    stateOf(id).status = status;
    expect((await client.get(`${path}/${id}`)).body.statut).toBe(statut);
    stateOf(id).customerDeleted = true;
    expect((await client.get(`${path}/${id}`)).body.statut).toBe('client_supprime');
  });
});

describe('PUT /orders/{id}', () => {
  test.each([
    ['CONFIRMED', 'expediee', 'shipOrder'],
    ['SHIPPED', 'livree', 'deliverOrder'],
    ['CONFIRMED', 'annulee', 'cancelOrder'],
  ])('leads from %s to %s by the mutation for it', async (from, statut) => {
    const id = await theOrder();
    stateOf(id).status = from;
    const { status, body } = await client.put(`/orders/${id}`, { statut });
    expect([status, body]).toEqual([200, { id, ...first, statut }]);
  });

  test.each([
    ['DELIVERED', 'expediee', 'Une commande livree ne peut pas passer à expediee : son statut ne change plus'],
    ['CANCELLED', 'livree', 'Une commande annulee ne peut pas passer à livree : son statut ne change plus'],
    ['SHIPPED', 'annulee', 'Une commande expediee ne peut pas passer à annulee, seulement à : livree'],
    ['PENDING', 'livree', 'Une commande en_attente ne peut pas passer à livree, seulement à : expediee, annulee'],
    ['SHIPPED', 'en_attente', 'Une commande ne peut pas passer à en_attente, seulement à : expediee, livree, annulee'],
    ['SHIPPED', 'client_supprime', 'Une commande ne peut pas passer à client_supprime, seulement à : expediee, livree, annulee'],
  ])('answers 409 from %s to %s', async (from, statut, detail) => {
    const id = await theOrder();
    stateOf(id).status = from;
    expect(await client.put(`/orders/${id}`, { statut })).toMatchObject({ status: 409, body: { detail } });
    expect(stateOf(id).status).toBe(from);
  });

  test('refuses a status there is not, and an order there is not', async () => {
    expect(await client.faults('PUT', '/orders/1', { statut: 'perdue', total: 0 })).toEqual([
      'body.statut literal_error',
      'body.total extra_forbidden',
    ]);
    expect(await client.put('/orders/999', { statut: 'expediee' })).toMatchObject({
      status: 404,
      body: { detail: 'Commande non trouvée' },
    });
  });
});

test('DELETE /orders/{id} deletes what waits and refuses what does not', async () => {
  const id = await theOrder();
  expect(await client.delete(`/orders/${id}`)).toMatchObject({ status: 204, body: undefined });
  expect(await client.delete(`/orders/${id}`)).toMatchObject({ status: 404, body: { detail: 'Commande non trouvée' } });
  const { body } = await client.post('/orders', { client_id: 1, lignes });
  stateOf(body.id).status = 'CONFIRMED';
  expect(await client.delete(`/orders/${body.id}`)).toMatchObject({
    status: 409,
    body: { detail: 'Cette commande ne peut plus être supprimée' },
  });
});
