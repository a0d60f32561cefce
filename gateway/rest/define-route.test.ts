import { buildSchema, GraphQLError } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import type { Graph, GraphRequest } from '../graph.ts';
import { type AnyRestRoute, type Connection, defineRoute } from './define-route.ts';
import { integerParam } from './lists.ts';
import { describeRoutes } from './openapi.ts';
import { notFound } from './refusal.ts';
import { createTestApp, type TestApp } from './test-app.ts';

const headers = { 'x-api-key': 'admin-key' };
const shelves = Array.from({ length: 730 }, (_, index) => ({ id: index + 1 }));

const getShelf = defineRoute({
  method: 'GET',
  path: '/api/shelves/{id}',
  operationId: 'getShelf',
  summary: 'Un rayon',
  tags: ['Rayons'],
  request: { params: z.object({ id: integerParam(z.int().min(1)) }) },
  document: 'query Shelf($id: ID!) { shelf(id: $id) { id } }',
  variables: ({ params }) => ({ id: String(params.id) }),
  respond: (data: { shelf: { id: number } | null }) => {
    if (!data.shelf) throw notFound('Rayon non trouvé');
    return data.shelf;
  },
  responses: { 200: { description: 'Le rayon.', schema: z.strictObject({ id: z.int() }) } },
});

const listShelves = defineRoute({
  method: 'GET',
  path: '/api/shelves',
  operationId: 'listShelves',
  summary: 'Les rayons',
  tags: ['Rayons'],
  request: { query: z.object({ min: integerParam(z.int().optional()) }) },
  document:
    'query Shelves($first: Int!, $after: String, $min: Int) { shelves(first: $first, after: $after, min: $min) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }',
  variables: ({ query }) => ({ min: query.min }),
  list: (data: { shelves: Connection }) => data.shelves,
  respond: (node: { id: number }) => node.id,
  responses: { 200: { description: 'Les rayons.', schema: z.array(z.int()) } },
});

const putShelf = defineRoute({
  method: 'PUT',
  path: '/api/shelves/{id}',
  operationId: 'putShelf',
  summary: 'Changer un rayon',
  tags: ['Rayons'],
  request: {
    params: z.object({ id: integerParam(z.int().min(1)) }),
    body: z.strictObject({ name: z.string().min(1), places: z.int().min(0) }),
  },
  document: 'mutation PutShelf($id: ID!, $input: ShelfInput!) { putShelf(id: $id, input: $input) { __typename } }',
  variables: ({ params, body }) => ({ id: String(params.id), input: body }),
  respond: () => undefined,
  responses: { 204: { description: 'Changé.' } },
});

let facade: TestApp | undefined;
afterEach(() => facade?.[Symbol.asyncDispose]());

const requests: GraphRequest[] = [];
async function serve(execute: Graph['execute'], routes: readonly AnyRestRoute[] = [getShelf, listShelves, putShelf]) {
  requests.length = 0;
  facade = await createTestApp({
    routes,
    graph: {
      ready: () => true,
      written: () => 0,
      execute: (request) => {
        requests.push(request);
        return execute(request);
      },
    },
  });
  return facade.app;
}
const answering = (data: Record<string, unknown>) => serve(async () => ({ data }));
const failing = (code: string, extensions = {}) =>
  serve(async () => ({ data: null, errors: [new GraphQLError('words of the graph', { extensions: { code, ...extensions } }).toJSON()] }));

const pages: Graph['execute'] = async ({ variables }) => {
  const { first, after } = variables as { first: number; after: string | null };
  const from = Number(after ?? 0);
  const nodes = shelves.slice(from, from + first);
  const pageInfo = { hasNextPage: from + first < shelves.length, endCursor: String(from + nodes.length) };
  return { data: { shelves: { nodes, pageInfo, totalCount: shelves.length } } };
};

test.each([
  { query: '', from: 1, to: 50 },
  { query: '?limit=3', from: 1, to: 3 },
  { query: '?limit=500', from: 1, to: 500 },
  { query: '?limit=10&offset=95', from: 96, to: 105 },
  { query: '?offset=725', from: 726, to: 730 },
  { query: '?page=2&size=20', from: 21, to: 40 },
  { query: '?page=3', from: 101, to: 150 },
  { query: '?size=7', from: 1, to: 7 },
])('a list answers the slice that "$query" asks for and the total', async ({ query, from, to }) => {
  const app = await serve(pages);
  const answer = await app.inject({ url: `/api/shelves${query}`, headers });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['x-total-count']).toBe('730');
  expect(answer.json()).toEqual(shelves.slice(from - 1, to).map(({ id }) => id));
  expect(Math.max(...requests.map(({ variables }) => variables?.first as number))).toBeLessThanOrEqual(100);
});

test.each([
  { query: '?limit=3', asked: [{ first: 3, after: null }], from: 1, to: 3 },
  {
    query: '?limit=250&offset=400',
    asked: [
      { first: 100, after: null, offset: 400 },
      { first: 100, after: '500' },
      { first: 50, after: '600' },
    ],
    from: 401,
    to: 650,
  },
  { query: '?offset=700', asked: [{ first: 50, after: null, offset: 700 }], from: 701, to: 730 },
])('a list whose graph takes an offset walks over nothing: $query', async ({ query, asked, from, to }) => {
  const document = listShelves.document.replace('$after: String', '$after: String, $offset: Int');
  const asks = await serve(
    async ({ variables }) => {
      const { first, after, offset } = variables as { first: number; after: string | null; offset?: number };
      const start = Number(after ?? offset ?? 0);
      const nodes = shelves.slice(start, start + first);
      const pageInfo = { hasNextPage: start + first < shelves.length, endCursor: String(start + nodes.length) };
      return { data: { shelves: { nodes, pageInfo, totalCount: shelves.length } } };
    },
    [{ ...listShelves, document }],
  );
  const answer = await asks.inject({ url: `/api/shelves${query}`, headers });
  expect(answer.json()).toEqual(shelves.slice(from - 1, to).map(({ id }) => id));
  expect(requests.map(({ variables }) => variables)).toEqual(asked);
});

test('a list past its end is empty', async () => {
  const app = await serve(pages);
  const answer = await app.inject({ url: '/api/shelves?offset=5000', headers });
  expect([answer.json(), answer.headers['x-total-count']]).toEqual([[], '730']);
});

test('every fault of a query is named at once with 422, and nothing is asked of the graph', async () => {
  const app = await serve(pages);
  const answer = await app.inject({ url: '/api/shelves?limit=501&offset=-1&min=x&page=1.5&unknown=1', headers });
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toEqual({
    detail: [
      { loc: ['query', 'min'], msg: 'Doit être un entier', type: 'int_parsing' },
      { loc: ['query', 'limit'], msg: 'Doit être inférieur ou égal à 500', type: 'less_than_equal' },
      { loc: ['query', 'offset'], msg: 'Doit être supérieur ou égal à 0', type: 'greater_than_equal' },
      { loc: ['query', 'page'], msg: 'Doit être un entier', type: 'int_parsing' },
    ],
  });
  expect(requests).toEqual([]);
});

test('faults of path and body are named together', async () => {
  const app = await answering({});
  const answer = await app.inject({ method: 'PUT', url: '/api/shelves/abc/', headers, payload: { name: '', places: 1.5, colour: 'red' } });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().detail.map(({ loc, type }: { loc: string[]; type: string }) => [loc, type])).toEqual([
    [['path', 'id'], 'int_parsing'],
    [['body', 'name'], 'string_too_short'],
    [['body', 'places'], 'int_from_float'],
    [['body', 'colour'], 'extra_forbidden'],
  ]);
});

test('a body that is not JSON is 422 with the position', async () => {
  const app = await answering({});
  const answer = await app.inject({
    method: 'PUT',
    url: '/api/shelves/1',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: '{"name"',
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().detail).toEqual([{ loc: ['body', 7], msg: 'JSON illisible à la position 7', type: 'json_invalid' }]);
});

test('a success without a body is 204', async () => {
  const app = await answering({ putShelf: { __typename: 'ShelfPut' } });
  const answer = await app.inject({ method: 'PUT', url: '/api/shelves/7', headers, payload: { name: 'a', places: 3 } });
  expect([answer.statusCode, answer.body]).toEqual([204, '']);
  expect(requests[0]?.variables).toEqual({ id: '7', input: { name: 'a', places: 3 } });
});

test('a thing that is not there is 404 by its French name', async () => {
  const app = await answering({ shelf: null });
  const answer = await app.inject({ url: '/api/shelves/7', headers });
  expect([answer.statusCode, answer.json()]).toEqual([404, { detail: 'Rayon non trouvé' }]);
});

test.each([
  ['NotFound', 404],
  ['IdempotencyConflict', 409],
  ['AlreadyTaken', 409],
  ['StaleValue', 409],
  ['StaleStock', 409],
  ['InsufficientStock', 409],
  ['OrderTransitionRefused', 409],
  ['CartCheckedOut', 409],
])('the outcome %s of any union is %d', async (__typename, status) => {
  const app = await answering({ putShelf: { __typename } });
  const answer = await app.inject({ method: 'PUT', url: '/api/shelves/7', headers, payload: { name: 'a', places: 3 } });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toEqual({ detail: expect.any(String) });
});

test.each([
  ['BAD_USER_INPUT', 422],
  ['UNAUTHENTICATED', 401],
  ['FORBIDDEN', 403],
  ['NOT_FOUND', 404],
  ['CONFLICT', 409],
  ['RATE_LIMITED', 429],
  ['SERVICE_UNAVAILABLE', 503],
  ['SHUTTING_DOWN', 503],
  ['INTERNAL', 500],
  ['SOMETHING_ELSE', 500],
])('the graph’s error %s is %d, in the facade’s own words', async (code, status) => {
  const app = await failing(code);
  const answer = await app.inject({ url: '/api/shelves/7', headers });
  expect(answer.statusCode).toBe(status);
  expect(answer.body).not.toContain('words of the graph');
  expect(answer.headers['retry-after'] !== undefined).toBe(status === 503 || status === 429);
});

test('faults that the graph finds are placed in the body', async () => {
  const app = await failing('BAD_USER_INPUT', { faults: [{ path: ['input', 'places'], message: 'too many' }] });
  const answer = await app.inject({ method: 'PUT', url: '/api/shelves/7', headers, payload: { name: 'a', places: 3 } });
  expect(answer.json()).toEqual({ detail: [{ loc: ['body', 'places'], msg: 'Valeur refusée : too many', type: 'value_error' }] });
});

test('what a route throws is a fault of ours that tells nothing', async () => {
  const app = await answering({
    shelf: {
      get id() {
        throw new Error('secret');
      },
    },
  });
  const answer = await app.inject({ url: '/api/shelves/7', headers });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('secret');
});

test('equal reads at the same time are one; nobody else joins it, and nobody who comes after a mutation', async () => {
  const held: (() => void)[] = [];
  let mutations = 0;
  facade = await createTestApp({
    routes: [getShelf],
    graph: {
      ready: () => true,
      written: () => mutations,
      execute: () => {
        const version = held.length;
        return new Promise((resolve) => held.push(() => resolve({ data: { shelf: { id: version } } })));
      },
    },
  });
  const { app } = facade;
  const read = (key = 'admin-key') => app.inject({ url: '/api/shelves/7', headers: { 'x-api-key': key } });
  const until = (count: number) => expect.poll(() => held.length).toBe(count);
  const early = [read(), read(), read()];
  await until(1);
  const other = read('device-key');
  await until(2);
  mutations++;
  const late = read();
  await until(3);
  for (const answer of held) answer();
  const bodies = await Promise.all([...early, other, late]);
  expect(bodies.map((answer) => answer.json().id)).toEqual([0, 0, 0, 1, 2]);
  for (const answer of bodies) expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
});

test('a request past its time is 503 and its signal fires', async () => {
  const given = Promise.withResolvers<AbortSignal>();
  facade = await createTestApp({
    routes: [getShelf],
    timeoutMs: 20,
    graph: {
      ready: () => true,
      written: () => 0,
      execute: ({ signal }) => {
        given.resolve(signal as AbortSignal);
        return new Promise(() => undefined);
      },
    },
  });
  const answer = await facade.app.inject({ url: '/api/shelves/7', headers });
  expect([answer.statusCode, answer.json()]).toEqual([503, { detail: 'Service momentanément indisponible' }]);
  expect(answer.headers['retry-after']).toBeDefined();
  expect((await given.promise).aborted).toBe(true);
});

test('routes that the graph cannot answer are neither served nor described', async () => {
  const schema = buildSchema('type Query { shelf(id: ID!): Shelf } type Shelf { id: Int! }');
  facade = await createTestApp({ routes: [getShelf, listShelves, putShelf], schema: () => schema });
  expect((await facade.app.inject({ url: '/api/shelves', headers })).statusCode).toBe(404);
  const { paths } = (await facade.app.inject('/openapi.json')).json();
  expect(Object.keys(paths).filter((path) => path.startsWith('/api/shelves'))).toEqual(['/api/shelves/{id}']);
});

test('the description tells of parameters, lists and refusals by itself', () => {
  const { paths } = describeRoutes({ rest: [getShelf, listShelves, putShelf], described: [] }) as {
    paths: Record<string, Record<string, { parameters: { name: string }[]; responses: Record<string, { headers: object }> }>>;
  };
  const list = paths['/api/shelves']?.get;
  expect(list?.parameters.map(({ name }) => name)).toEqual(['min', 'limit', 'offset', 'page', 'size']);
  expect(list?.responses['200']?.headers).toHaveProperty('X-Total-Count');
  expect(Object.keys(paths['/api/shelves/{id}']?.put?.responses ?? {})).toEqual([
    '204',
    '401',
    '404',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ]);
});
