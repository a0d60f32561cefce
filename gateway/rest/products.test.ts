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

const cafe = {
  id: 5,
  nom: 'Café Kenya',
  prix: 12.5,
  stock: 40,
  description: 'Cassis',
  categorie_id: 1,
  sku: 'CAFE-5',
  code_barres: '2000000000053',
  fournisseur_id: 1,
  seuil_alerte: 10,
};

describe.each(['/products', '/api/v1/products'])('%s', (path) => {
  test('lists products with their total', async () => {
    const { body, headers } = await client.get(path);
    expect([body, headers['x-total-count']]).toEqual([[cafe], '1']);
  });

  test('hands the filters to the graph, prices as cents', async () => {
    const { body } = await client.get(`${path}?categorie_id=1&prix_min=12.5&prix_max=19.99&q=kenya&limit=10&offset=0`);
    expect(body).toEqual([cafe]);
    expect(facade.graph.requests.at(-1)?.variables).toMatchObject({
      filter: { categoryId: '1', minPrice: 1250, maxPrice: 1999, search: 'kenya' },
      first: 10,
    });
    for (const query of ['prix_min=12.51', 'prix_max=12.49', 'categorie_id=2', 'q=thé']) {
      expect((await client.get(`${path}?${query}`)).body).toEqual([]);
    }
  });

  test('names every fault of the filters at once', async () => {
    const { status, body } = await client.get(`${path}?categorie_id=x&prix_min=cher&prix_max=1.234&limit=0`);
    expect(status).toBe(422);
    expect(body.detail.map(({ loc, type }: { loc: string[]; type: string }) => [loc.join('.'), type])).toEqual([
      ['query.categorie_id', 'int_parsing'],
      ['query.prix_min', 'float_parsing'],
      ['query.prix_max', 'decimal_max_places'],
      ['query.limit', 'greater_than_equal'],
    ]);
  });

  test('creates a product of a name and a price', async () => {
    const { status, body } = await client.post(path, { nom: 'Thé', prix: 4.35 });
    expect(status).toBe(201);
    expect(body).toMatchObject({ nom: 'Thé', prix: 4.35, stock: 0, categorie_id: null, seuil_alerte: 10 });
    expect(body.sku).toMatch(/./);
  });

  test('creates a product of everything there is to say', async () => {
    const { id: _, ...all } = { ...cafe, sku: 'CAFE-6', stock: 7, prix: 0.07 };
    const { status, body } = await client.post(path, all);
    expect([status, body]).toEqual([201, { id: expect.any(Number), ...all }]);
    expect(facade.graph.requests.at(-1)?.variables?.input).toMatchObject({ priceMinor: 7, initialStock: 7, categoryId: '1' });
  });

  test('names every fault of a body at once', async () => {
    const body = { prix: 1.005, stock: -1, categorie_id: 'un', description: 5, couleur: 'noir' };
    expect(await client.faults('POST', path, body)).toEqual([
      'body.nom missing',
      'body.prix decimal_max_places',
      'body.stock greater_than_equal',
      'body.description string_type',
      'body.categorie_id float_type',
      'body.couleur extra_forbidden',
    ]);
  });

  test('says which of the things a body names is not there, and what is taken', async () => {
    const create = async (more: object) => (await client.post(path, { nom: 'Thé', prix: 4, ...more })).body.detail;
    expect(await create({ categorie_id: 99 })).toBe('Catégorie non trouvée');
    expect(await create({ fournisseur_id: 98 })).toBe('Fournisseur non trouvé');
    expect(await create({ sku: 'CAFE-5' })).toBe('Ce SKU est déjà celui d’un autre produit');
    expect((await client.post(path, { nom: 'Thé', prix: 4, sku: 'CAFE-5' })).status).toBe(409);
  });

  test('changes what is named and nothing else', async () => {
    for (const changes of [{ stock: 5 }, { prix: 11.9 }, { description: null, categorie_id: null }, {}]) {
      facade.graph.shop.reset();
      const { status, body } = await client.put(`${path}/5`, changes);
      expect([status, body]).toEqual([200, { ...cafe, ...changes }]);
    }
  });

  test('says what a change lacks', async () => {
    expect(await client.put(`${path}/6`, { stock: 1 })).toMatchObject({ status: 404, body: { detail: 'Produit non trouvé' } });
    expect(await client.put(`${path}/5`, { categorie_id: 99 })).toMatchObject({ status: 404, body: { detail: 'Catégorie non trouvée' } });
    expect(await client.faults('PUT', `${path}/5`, { nom: null, prix: -1 })).toEqual([
      'body.nom string_type',
      'body.prix greater_than_equal',
    ]);
  });

  test('takes a product out of sale, after which there is none', async () => {
    expect(await client.delete(`${path}/5`)).toMatchObject({ status: 204, body: undefined });
    expect(await client.get(`${path}/5`)).toMatchObject({ status: 404, body: { detail: 'Produit non trouvé' } });
    expect((await client.get(path)).body).toEqual([]);
    expect(await client.put(`${path}/5`, { stock: 1 })).toMatchObject({ status: 404, body: { detail: 'Produit non trouvé' } });
    expect(await client.delete(`${path}/5`)).toMatchObject({ status: 404, body: { detail: 'Produit non trouvé' } });
    expect(await client.delete(`${path}/99`)).toMatchObject({ status: 404, body: { detail: 'Produit non trouvé' } });
  });
});
