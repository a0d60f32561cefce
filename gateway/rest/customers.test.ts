import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

const claire = { id: 1, nom: 'Martin', prenom: 'Claire', email: 'claire.martin@example.com', telephone: '06 12 34 56 78', actif: true };
const paul = { nom: 'Durand', prenom: 'Paul', email: 'paul.durand@example.com' };

describe.each(['/customers', '/api/v1/customers'])('%s', (path) => {
  test('lists customers with their total', async () => {
    const { body, headers } = await client.get(path);
    expect(body).toEqual([claire]);
    expect(headers['x-total-count']).toBe('1');
    expect((await client.get(`${path}?q=zz`)).body).toEqual([]);
  });

  test('creates a customer, active and without a telephone unless told', async () => {
    const { status, body } = await client.post(path, paul);
    expect([status, body]).toEqual([201, { id: expect.any(Number), ...paul, telephone: null, actif: true }]);
    expect((await client.get(`${path}/${body.id}`)).body).toEqual(body);
  });

  test('refuses an e-mail address that is taken, in whatever case', async () => {
    expect(await client.post(path, { ...paul, email: 'CLAIRE.martin@example.com' })).toMatchObject({
      status: 409,
      body: { detail: 'Cette adresse e-mail est déjà celle d’un autre client' },
    });
  });

  test('names with them those that the graph, which is not asked then, would have found', async () => {
    const { status, body } = await client.post('/customers', {
      nom: 'a\0',
      prenom: ' ',
      email: 'personne',
      telephone: 'x'.repeat(31),
      actif: 1,
    });
    expect([status, body.detail.map(({ loc }: { loc: string[] }) => loc[1]).sort()]).toEqual([
      422,
      ['actif', 'email', 'nom', 'prenom', 'telephone'],
    ]);
  });

  test('names every fault of a body at once', async () => {
    const body = { nom: '', email: 5, telephone: 612, actif: 'oui', age: 40 };
    expect(await client.faults('POST', path, body)).toEqual([
      'body.nom string_too_short',
      'body.prenom missing',
      'body.email string_type',
      'body.telephone string_type',
      'body.actif bool_type',
      'body.age extra_forbidden',
    ]);
  });

  test('does once what is sent twice with one key', async () => {
    const key = { 'idempotency-key': 'paul' };
    const [first, again, other] = [
      await client.post(path, paul, key),
      await client.post(path, paul, key),
      await client.post(path, { ...paul, nom: 'Dupont' }, key),
    ];
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(other.status).toBe(409);
    expect((await client.get(path)).headers['x-total-count']).toBe('2');
  });

  test('does not find the customer of a key that was deleted since', async () => {
    const key = { 'idempotency-key': 'gone' };
    const { body } = await client.post(path, paul, key);
    await client.delete(`/customers/${body.id}`);
    expect(await client.post(path, paul, key)).toMatchObject({ status: 404, body: { detail: 'Client non trouvé' } });
  });

  test('does not find a customer that is not there', async () => {
    for (const id of ['99999', '0', '-3']) {
      expect(await client.get(`${path}/${id}`)).toMatchObject({ status: 404, body: { detail: 'Client non trouvé' } });
    }
  });

  test('takes no id that is not an integer', async () => {
    expect(await client.get(`${path}/abc`)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['path', 'id'], type: 'int_parsing' }] },
    });
  });
});

describe('PUT /customers/{id}', () => {
  test.each([{ nom: 'Moreau' }, { telephone: null }, { actif: false, prenom: 'Zoé' }, {}])(
    'changes what %o names and nothing else',
    async (changes) => {
      const { status, body } = await client.put('/customers/1', changes);
      expect([status, body]).toEqual([200, { ...claire, ...changes }]);
      expect(facade.graph.requests.at(-1)?.variables?.id).toBe('1');
    },
  );

  test('refuses what is another’s, what is faulty and whom there is not', async () => {
    const { body } = await client.post('/customers', paul);
    expect((await client.put(`/customers/${body.id}`, { email: claire.email })).status).toBe(409);
    expect(await client.faults('PUT', '/customers/1', { nom: null, id: 3 })).toEqual(['body.nom string_type', 'body.id extra_forbidden']);
    expect(await client.put('/customers/7', { nom: 'x' })).toMatchObject({ status: 404, body: { detail: 'Client non trouvé' } });
  });
});

test('DELETE /customers/{id} answers nothing, and the customer is gone', async () => {
  const { status, body, headers } = await client.delete('/customers/1');
  expect([status, body, headers['content-type']]).toEqual([204, undefined, undefined]);
  expect((await client.get('/customers/1')).status).toBe(404);
  expect(await client.delete('/customers/1')).toMatchObject({ status: 404, body: { detail: 'Client non trouvé' } });
});

test('the multi-store platform neither changes nor deletes customers', async () => {
  expect((await client.put('/api/v1/customers/1', {})).status).toBe(405);
  expect((await client.delete('/api/v1/customers/1')).status).toBe(405);
});

test('faults that only the graph finds are told by the names that clients know', async () => {
  const faults = [
    { path: ['input', 'lastName'], message: 'a' },
    { path: ['input', 'phone'], message: 'b' },
    { path: ['idempotencyKey'], message: 'c' },
  ];
  facade.graph.failure = new GraphQLError('no', { extensions: { code: 'BAD_USER_INPUT', faults } });
  expect((await client.post('/customers', paul)).body).toEqual({
    detail: [
      { loc: ['body', 'nom'], msg: 'Valeur refusée : a', type: 'value_error' },
      { loc: ['body', 'telephone'], msg: 'Valeur refusée : b', type: 'value_error' },
      { loc: ['header', 'Idempotency-Key'], msg: 'Valeur refusée : c', type: 'value_error' },
    ],
  });
  facade.graph.failure = new GraphQLError('no', { extensions: { code: 'BAD_USER_INPUT', faults: [{ path: ['search'], message: 'd' }] } });
  expect((await client.get('/customers?q=x')).body).toEqual({
    detail: [{ loc: ['query', 'q'], msg: 'Valeur refusée : d', type: 'value_error' }],
  });
});
