import { type ConfirmChannel, connect } from 'amqplib';
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

/** The messages of the exchange payetonkawa from now on. */
async function hear(...routingKeys: string[]) {
  const connection = await connect(system.broker.url);
  const channel: ConfirmChannel = await connection.createConfirmChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  for (const key of routingKeys) await channel.bindQueue(queue, 'payetonkawa', key);
  const heard: { key: string; body: Record<string, unknown> }[] = [];
  await channel.consume(
    queue,
    (message) => {
      if (message) heard.push({ key: message.fields.routingKey, body: JSON.parse(message.content.toString()) });
    },
    { noAck: true },
  );
  return { heard, [Symbol.asyncDispose]: () => connection.close() };
}

test('stock set to 5 tells of the product and warns once', async () => {
  const { body: product } = await call('POST', '/products', { nom: 'Moka de la marche', prix: 8.4, stock: 40 });
  await using exchange = await hear('produit.updated', 'produit.stock_low');
  const changed = await call('PUT', `/products/${product.id}`, { stock: 5 });
  expect([changed.status, changed.body]).toEqual([200, { ...product, stock: 5 }]);
  const ofIt = () => exchange.heard.filter(({ body }) => body.produit_id === product.id);
  await expect
    .poll(
      () =>
        ofIt()
          .map(({ key }) => key)
          .sort(),
      { timeout: 5_000 },
    )
    .toEqual(['produit.stock_low', 'produit.updated']);
  // Again the same, and less: below the threshold already, so no second warning.
  expect((await call('PUT', `/products/${product.id}`, { stock: 4 })).body.stock).toBe(4);
  await expect.poll(() => ofIt().filter(({ key }) => key === 'produit.updated').length, { timeout: 5_000 }).toBe(2);
  expect(ofIt().filter(({ key }) => key === 'produit.stock_low')).toHaveLength(1);
});

test('customers: one address each, changes of some fields, pages with a total', async () => {
  const { body: customer } = await call('POST', '/customers', newCustomer('Nguyen'));
  expect(await call('POST', '/customers', { ...newCustomer('Autre'), email: 'NGUYEN@example.com' })).toMatchObject({ status: 409 });
  expect((await call('PUT', `/customers/${customer.id}`, { telephone: null })).body).toEqual({ ...customer, telephone: null });
  const page = await call('GET', '/customers?page=2&size=3');
  const all = await call('GET', '/customers?limit=500');
  expect([page.status, page.body]).toEqual([200, all.body.slice(3, 6)]);
  expect(Number(page.headers.get('x-total-count'))).toBe(all.body.length);
  expect((await call('GET', '/customers/1')).body).toMatchObject({ id: 1, actif: true });
  const faulty = await call('POST', '/customers', { nom: ' ', prenom: 'x', email: 'nobody' });
  expect([faulty.status, faulty.body.detail.map(({ loc }: { loc: string[] }) => loc)]).toEqual([
    422,
    [
      ['body', 'nom'],
      ['body', 'email'],
    ],
  ]);
});

test('products: SKU taken, unknown category, taken out of sale', async () => {
  const { body: product } = await call('POST', '/products', { nom: 'Tasse', prix: 12.5, sku: 'TASSE-E2E', categorie_id: 1 });
  expect(product).toMatchObject({ prix: 12.5, stock: 0, sku: 'TASSE-E2E', categorie_id: 1 });
  expect(await call('POST', '/products', { nom: 'Tasse', prix: 1, sku: 'tasse-e2e' })).toMatchObject({ status: 409 });
  expect(await call('POST', '/products', { nom: 'Tasse', prix: 1, categorie_id: 99999 })).toMatchObject({
    status: 404,
    body: { detail: 'Catégorie non trouvée' },
  });
  const cheap = await call('GET', '/products?prix_min=1.5&prix_max=3.25&limit=20');
  for (const { prix } of cheap.body) expect(prix >= 1.5 && prix <= 3.25).toBe(true);
  expect((await call('DELETE', `/products/${product.id}`)).status).toBe(204);
  expect((await call('GET', `/products/${product.id}`)).status).toBe(404);
});

test('stock is counted, and refused where it is another by now', async () => {
  const { body: product } = await call('POST', '/api/v1/products', { nom: 'Filtres', prix: 3, categorie_id: 1, description: 'Papier' });
  const counted = await call('PUT', `/api/v1/stock/${product.id}`, { magasin_id: 1, quantite: 25 });
  expect([counted.status, counted.body]).toEqual([
    200,
    { produit_id: product.id, magasin_id: 1, quantite: 25, reserve: 0, disponible: 25, alerte: false },
  ]);
  expect(await call('PUT', `/api/v1/stock/${product.id}`, { magasin_id: 1, quantite: 9, quantite_attendue: 24 })).toMatchObject({
    status: 409,
    body: { detail: 'Le stock a changé entre-temps : 25 sur place' },
  });
  expect((await call('GET', `/api/v1/stock?produit_id=${product.id}&magasin_id=1`)).body).toEqual([counted.body]);
  expect((await call('GET', `/api/v1/products/${product.id}`)).body.stock).toBe(25);
});

test('a category is created below another', async () => {
  const { status, body: category } = await call('POST', '/api/v1/categories', { nom: 'Accessoires de la marche', parent_id: 1 });
  expect([status, category]).toEqual([201, { id: expect.any(Number), nom: 'Accessoires de la marche', parent_id: 1 }]);
  expect((await call('GET', '/api/v1/categories?limit=500')).body).toContainEqual(category);
});

test('a product and a list that are kept are given again, until a saga takes of the stock', async () => {
  const { body: product } = await call('POST', '/products', { nom: 'Bouilloire gardée', prix: 35, stock: 12 });
  const read = async () => {
    const [one, list] = [
      await call('GET', `/api/v1/products/${product.id}`),
      await call('GET', '/api/v1/products?q=Bouilloire gardée&limit=1'),
    ];
    return { cache: [one, list].map(({ headers }) => headers.get('x-cache')), stock: [one.body.stock, list.body[0].stock] };
  };
  await expect.poll(read, { interval: 200 }).toEqual({ cache: ['HIT', 'HIT'], stock: [12, 12] });
  const order = {
    products: [{ product_id: product.id, quantity: 2 }],
    shipping_address: 'Lyon',
    billing_address: 'Lyon',
    payment_method: 'card',
  };
  expect((await call('POST', '/api/v1/customers/123/order-processing', order)).status).toBe(202);
  await expect.poll(read, { interval: 200 }).toEqual({ cache: ['HIT', 'HIT'], stock: [10, 10] });
});
