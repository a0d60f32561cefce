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

describe('/api/v1/categories', () => {
  test('lists all of them with what is above', async () => {
    const { body, headers } = await client.get('/api/v1/categories');
    expect(body).toEqual([
      { id: 1, nom: 'Cafés du monde', parent_id: null },
      { id: 2, nom: 'Kenya', parent_id: 1 },
    ]);
    expect(headers['x-total-count']).toBe('2');
    const second = await client.get('/api/v1/categories?limit=1&offset=1');
    expect([second.body.length, second.body[0].id, second.headers['x-total-count']]).toEqual([1, 2, '2']);
    expect((await client.get('/api/v1/categories?limit=1')).body).toHaveLength(1);
  });

  test('creates one, below another if told, once for one key', async () => {
    const key = { 'idempotency-key': 'k' };
    const { status, body } = await client.post('/api/v1/categories', { nom: 'Moka', parent_id: 1 }, key);
    expect([status, body]).toEqual([201, { id: expect.any(Number), nom: 'Moka', parent_id: 1 }]);
    expect((await client.post('/api/v1/categories', { nom: 'Moka', parent_id: 1 }, key)).body).toEqual(body);
    expect((await client.post('/api/v1/categories', { nom: 'Moka' }, key)).status).toBe(409);
  });

  test('refuses a name that is taken, a parent there is not, and faults', async () => {
    expect(await client.post('/api/v1/categories', { nom: 'Kenya' })).toMatchObject({
      status: 409,
      body: { detail: 'Une catégorie porte déjà ce nom' },
    });
    expect(await client.post('/api/v1/categories', { nom: 'x', parent_id: 9 })).toMatchObject({
      status: 404,
      body: { detail: 'Catégorie non trouvée' },
    });
    expect(await client.faults('POST', '/api/v1/categories', { nom: '', parent_id: '1', id: 1 })).toEqual([
      'body.nom string_too_short',
      'body.parent_id float_type',
      'body.id extra_forbidden',
    ]);
  });
});

describe('/api/v1/stock', () => {
  const stock = { produit_id: 5, magasin_id: 1, quantite: 14, reserve: 2, disponible: 12, alerte: false };

  test('lists stock by product and place', async () => {
    const { body, headers } = await client.get('/api/v1/stock?produit_id=5&magasin_id=1');
    expect([body, headers['x-total-count']]).toEqual([[stock], '1']);
    expect((await client.get('/api/v1/stock?magasin_id=2')).body).toEqual([]);
  });

  test('takes what was counted', async () => {
    const { status, body } = await client.put('/api/v1/stock/5', { magasin_id: 1, quantite: 9, quantite_attendue: 14 });
    expect([status, body]).toEqual([200, { ...stock, quantite: 9, disponible: 7 }]);
  });

  test('answers 409 where the stock is another by now or is promised', async () => {
    expect(await client.put('/api/v1/stock/5', { magasin_id: 1, quantite: 9, quantite_attendue: 13 })).toMatchObject({
      status: 409,
      body: { detail: 'Le stock a changé entre-temps : 14 sur place' },
    });
    expect(await client.put('/api/v1/stock/5', { magasin_id: 1, quantite: 1 })).toMatchObject({
      status: 409,
      body: { detail: 'Stock insuffisant : 2 sont déjà promis' },
    });
  });

  test('says what there is not, and every fault', async () => {
    expect((await client.put('/api/v1/stock/8', { magasin_id: 1, quantite: 1 })).body).toEqual({ detail: 'Produit non trouvé' });
    expect((await client.put('/api/v1/stock/5', { magasin_id: 3, quantite: 1 })).body).toEqual({ detail: 'Magasin non trouvé' });
    expect(await client.faults('PUT', '/api/v1/stock/5', { quantite: -1 })).toEqual([
      'body.magasin_id missing',
      'body.quantite greater_than_equal',
    ]);
    // What the graph has no number for is refused here, in the words of REST.
    const beyond = { magasin_id: 1, quantite: 1, quantite_attendue: 2 ** 31 };
    expect(await client.faults('PUT', '/api/v1/stock/5', beyond)).toEqual(['body.quantite_attendue less_than_equal']);
  });
});

describe('/api/v1/carts', () => {
  const cart = { id: 1, client_id: 1, statut: 'ouvert', lignes: [{ produit_id: 5, quantite: 2 }], saga_id: null };

  test('lists and reads carts', async () => {
    expect((await client.get('/api/v1/carts')).body).toEqual([cart]);
    expect((await client.get('/api/v1/carts/1')).body).toEqual(cart);
    expect(await client.get('/api/v1/carts/2')).toMatchObject({ status: 404, body: { detail: 'Panier non trouvé' } });
  });

  test('opens a cart, empty and of nobody unless told', async () => {
    const { status, body } = await client.post('/api/v1/carts', {});
    expect([status, body]).toEqual([201, { ...cart, id: expect.any(Number), client_id: null, lignes: [] }]);
    expect((await client.post('/api/v1/carts', { client_id: 1, lignes: cart.lignes })).body).toMatchObject({
      client_id: 1,
      lignes: cart.lignes,
    });
  });

  test('sets lines, and the customer where one is given', async () => {
    const lignes = [{ produit_id: 5, quantite: 3 }];
    expect(await client.put('/api/v1/carts/1', { lignes })).toMatchObject({ status: 200, body: { ...cart, lignes } });
    expect(facade.graph.requests.at(-1)?.variables).not.toHaveProperty('customerId');
  });

  test('refuses to change what was checked out', async () => {
    Object.assign(facade.graph.shop.carts.get('1') ?? {}, { checkedOut: true, saga: { id: 'saga_1' } });
    expect(await client.put('/api/v1/carts/1', { lignes: [] })).toMatchObject({
      status: 409,
      body: { detail: 'Le panier est déjà validé' },
    });
    expect((await client.get('/api/v1/carts/1')).body).toEqual({ ...cart, statut: 'valide', saga_id: 'saga_1' });
  });

  test('says what there is not, and every fault', async () => {
    const detail = async (id: number, body: object) => (await client.put(`/api/v1/carts/${id}`, body)).body.detail;
    expect(await detail(9, { lignes: [] })).toBe('Panier non trouvé');
    expect(await detail(1, { lignes: [{ produit_id: 77, quantite: 1 }] })).toBe('Produit non trouvé');
    expect(await detail(1, { lignes: [], client_id: 78 })).toBe('Client non trouvé');
    expect((await client.post('/api/v1/carts', { client_id: 78 })).body).toEqual({ detail: 'Client non trouvé' });
    await client.delete('/customers/1');
    expect(await detail(1, { client_id: 1, lignes: [] })).toBe('Client non trouvé');
    expect(await client.faults('PUT', '/api/v1/carts/1', { client_id: 'x', lignes: [{ quantite: 0, prix: 1 }] })).toEqual([
      'body.lignes.0.produit_id missing',
      'body.lignes.0.quantite greater_than_equal',
      'body.lignes.0.prix extra_forbidden',
      'body.client_id float_type',
    ]);
  });
});
