import { ComptoirError } from '@comptoir/platform/errors.ts';
import type { InjectOptions } from 'fastify';
import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allowedRoles } from './allowed-roles.ts';
import { restRoutes } from './routes.ts';
import { createTestApp, type TestApp } from './test-app.ts';
import { exampleRequest } from './test-requests.ts';

const credentials = {
  'X-API-Key': { 'x-api-key': 'admin-key' },
  'X-API-Token': { 'x-api-token': 'admin-key' },
  'Authorization: Bearer': { authorization: 'Bearer admin-key' },
} as const;
const admin = credentials['X-API-Key'];
const task = { n1: 10, n2: 5, operation: 'add' };

let facade: TestApp;
beforeAll(async () => {
  facade = await createTestApp();
});
afterAll(() => facade?.[Symbol.asyncDispose]());
beforeEach(() => {
  facade.graph.failure = null;
  facade.graph.calculator.brokerReachable = true;
  facade.graph.shop.reset();
  facade.authFailure = null;
});
const call = (options: InjectOptions) => facade.app.inject(options);
const send = (payload: unknown, headers: Record<string, string> = {}) =>
  call({ method: 'POST', url: '/api/send_task', headers: { ...admin, ...headers }, payload: payload as object });

const slashes = ['', '/', '?x=1', '/?x=1'];
const valid = restRoutes.map((route) => ({
  path: route.path,
  forDevices: allowedRoles(route.document)?.has('DEVICE') ?? true,
  ...exampleRequest(route),
}));

describe.each(valid)('$method $path', ({ method, url, payload, status }) => {
  test.each(slashes.flatMap((slash) => Object.entries(credentials).map(([name, headers]) => ({ slash, name, headers }))))(
    `answers ${status} to $name at the path followed by "$slash"`,
    async ({ slash, headers }) => {
      const answer = await call({ method, url: url + slash, headers, payload });
      expect(answer.statusCode).toBe(status);
      if (status === 204) expect(answer.body).toBe('');
      else expect(answer.headers['content-type']).toMatch(/^application\/json/);
    },
  );

  test.each(slashes)('answers 401 with how to authenticate to nobody at the path followed by "%s"', async (slash) => {
    const answer = await call({ method, url: url + slash, payload });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="Comptoir"');
    expect(answer.json()).toEqual({ detail: expect.any(String) });
  });

  test.each([{ 'x-api-key': 'wrong' }, { 'x-api-token': 'wrong' }, { authorization: 'Bearer wrong' }, { authorization: 'Basic d3Jvbmc=' }])(
    'answers 401 to the wrong credential %o',
    async (headers) => {
      const answer = await call({ method, url, headers, payload });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="Comptoir", error="invalid_token"');
      expect(Object.keys(answer.json())).toEqual(['detail']);
    },
  );

  test('answers 405 with Allow to a method it does not know', async () => {
    const answer = await call({ method: 'PATCH', url: `${url}/`, headers: admin });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow?.toString().split(', ')).toContain(method);
    expect(answer.json()).toEqual({ detail: expect.any(String) });
  });

  test('tells its methods to OPTIONS', async () => {
    const answer = await call({ method: 'OPTIONS', url });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers.allow?.toString().split(', ')).toContain(method);
  });

  test('answers 503 with Retry-After while a subgraph is down', async () => {
    facade.graph.failure = new GraphQLError('down', { extensions: { code: 'SERVICE_UNAVAILABLE' } });
    const answer = await call({ method, url, headers: admin, payload });
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.json()).toEqual({ detail: expect.any(String) });
  });

  test('answers 503 with Retry-After while credentials cannot be checked', async () => {
    facade.authFailure = new ComptoirError('SERVICE_UNAVAILABLE');
    const answer = await call({ method, url, headers: admin, payload });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBeDefined();
    expect(answer.headers['ratelimit-limit']).toBeDefined();
  });

  test('tells an internal error by its reference and nothing else', async () => {
    facade.graph.failure = new GraphQLError('password=secret at /srv/x.ts:1', { extensions: { code: 'INTERNAL' } });
    const answer = await call({ method, url, headers: { ...admin, 'x-request-id': 'request-7' }, payload });
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({ detail: 'Erreur interne (référence request-7)' });
  });

  test('hands the caller, its request id and a signal to the graph', async () => {
    await call({ method, url, headers: { ...admin, 'x-request-id': 'request-8' }, payload });
    const request = facade.graph.requests.at(-1);
    expect(request?.principal.name).toBe('admin');
    expect(request?.headers?.['x-request-id']).toBe('request-8');
    expect(request?.signal).toBeInstanceOf(AbortSignal);
  });
});

describe('a refusal', () => {
  test.each([
    { name: 'without a key', options: { url: '/api/stats' }, status: 401 },
    { name: 'for want of a right', options: { url: '/api/stats', headers: { 'x-api-key': 'device-key' } }, status: 403 },
    { name: 'of an unknown route', options: { url: '/api/nothing' }, status: 404 },
    { name: 'of an unknown address', options: { url: '/nothing' }, status: 404 },
    { name: 'of a method', options: { method: 'PUT', url: '/api/stats' }, status: 405 },
  ] as const)('is kept by nobody on the way: $name', async ({ options, status }) => {
    const answer = await call(options as InjectOptions);
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([status, 'no-store']);
  });
});

describe('every answer', () => {
  test.each([
    { name: 'a success', options: { url: '/api/stats', headers: admin }, status: 200 },
    { name: 'a refusal', options: { url: '/api/stats' }, status: 401 },
    { name: 'an unknown route', options: { url: '/api/nothing', headers: admin }, status: 404 },
    { name: 'a wrong method', options: { method: 'PUT', url: '/api/stats' }, status: 405 },
    { name: 'a faulty body', options: { method: 'POST', url: '/api/send_task', headers: admin, payload: {} }, status: 400 },
    { name: 'a probe', options: { url: '/health/live' }, status: 200 },
    { name: 'the description', options: { url: '/openapi.json' }, status: 200 },
  ] as const)('carries ids, time and limits: $name', async ({ options, status }) => {
    const answer = await call({
      ...options,
      headers: { ...('headers' in options ? options.headers : {}), 'x-request-id': 'my-id' },
    } as InjectOptions);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['x-instance-id']).toBe('gateway-test');
    expect(answer.headers['x-request-id']).toBe('my-id');
    expect(Number(answer.headers['x-response-time'])).toBeGreaterThanOrEqual(0);
    for (const name of ['limit', 'remaining', 'reset']) expect(answer.headers[`ratelimit-${name}`]).toMatch(/^\d+$/);
  });

  test('has a request id of its own where the client sent none', async () => {
    const first = await call({ url: '/api/stats', headers: admin });
    const second = await call({ url: '/api/stats', headers: admin });
    expect(first.headers['x-request-id']).not.toBe(second.headers['x-request-id']);
  });

  test.each(['/api/nothing/here', '/api/v1/nothing', '/api/v1/products/5/nothing', '/customers/1/nothing', '/orders/1/2', '/nothing'])(
    'is JSON also where there is no such route: %s',
    async (url) => {
      const answer = await call({ url, headers: { accept: 'text/html' } });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toEqual({ detail: 'Ressource non trouvée' });
    },
  );
});

describe('a part of a path, however long', () => {
  const url = `/customers/${'1'.repeat(2_000)}`;

  test('is judged by the route, in the shape of every fault', async () => {
    const answer = await call({ url, headers: admin });
    expect([answer.statusCode, answer.json()]).toEqual([
      422,
      { detail: [{ loc: ['path', 'id'], msg: 'Doit être un entier', type: 'int_parsing' }] },
    ]);
  });

  test('is judged for nobody who has no credential', async () => {
    const answer = await call({ url });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['ratelimit-limit']).toMatch(/^\d+$/);
  });
});

describe('rights', () => {
  test.each(valid.filter(({ forDevices }) => !forDevices))(
    '$method $path is refused with 403 to a role that the graph does not allow',
    async ({ method, url, payload }) => {
      const answer = await call({ method, url, headers: { 'x-api-key': 'device-key' }, payload });
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toEqual({ detail: 'Droits insuffisants' });
    },
  );

  test('what the graph itself forbids is 403', async () => {
    facade.graph.failure = new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } });
    expect((await call({ url: '/api/stats', headers: admin })).statusCode).toBe(403);
  });
});

test.each(restRoutes.filter(({ list }) => list))(
  '$method $path has the graph pass over what is skipped, where the graph pages it',
  ({ document }) => {
    expect(document.includes('$offset: Int')).toBe(document.includes('$first: Int!'));
  },
);

describe('a body', () => {
  test('that is not JSON is refused with the position', async () => {
    const answer = await send('{"n1": 1,, "n2"', { 'content-type': 'application/json' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().detail).toEqual([{ loc: ['body', 9], msg: expect.any(String), type: 'json_invalid' }]);
  });

  test('that is not UTF-8 is refused', async () => {
    const answer = await send(Buffer.from([0x22, 0xff, 0x22]), { 'content-type': 'application/json' });
    expect(answer.json().detail).toEqual([{ loc: ['body'], msg: expect.any(String), type: 'json_invalid' }]);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense'])(
    'said to be %s is refused with 415',
    async (type) => {
      const answer = await send('n1=1', { 'content-type': type });
      expect(answer.statusCode).toBe(415);
      expect(answer.json()).toEqual({ detail: expect.any(String) });
    },
  );

  test.each(['application/json', 'application/json; charset=utf-8', 'application/vnd.api+json', 'APPLICATION/JSON'])(
    'said to be %s is read',
    async (type) => {
      expect((await send(JSON.stringify(task), { 'content-type': type })).statusCode).toBe(200);
    },
  );

  test('that is compressed is refused with 415', async () => {
    expect((await send('abc', { 'content-type': 'application/json', 'content-encoding': 'gzip' })).statusCode).toBe(415);
  });

  test('that is too large is refused with 413', async () => {
    const answer = await send({ ...task, padding: 'x'.repeat(200_000) });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toEqual({ detail: 'Corps de requête trop volumineux' });
  });

  test('that is not needed is not looked at', async () => {
    const answer = await call({
      method: 'POST',
      url: '/api/clear_stats',
      headers: { ...admin, 'content-type': 'application/json' },
      payload: '{',
    });
    expect(answer.statusCode).toBe(200);
  });
});

describe('Idempotency-Key', () => {
  test('the same key and body give the first answer again, another body 409', async () => {
    const before = facade.graph.calculator.tasks.length;
    const first = await send(task, { 'idempotency-key': 'once' });
    const again = await send(task, { 'idempotency-key': 'once' });
    const other = await send({ ...task, n1: 11 }, { 'idempotency-key': 'once' });
    expect(again.json()).toEqual(first.json());
    expect(other.statusCode).toBe(409);
    expect(other.json()).toEqual({ detail: 'Cette clé d’idempotence a déjà servi pour une autre requête' });
    expect(facade.graph.calculator.tasks.length).toBe(before + 1);
  });

  test('a key that cannot be one is a fault beside those of the body', async () => {
    const answer = await send({ ...task, n1: '1' }, { 'idempotency-key': 'x'.repeat(300) });
    expect(answer.json().detail.map(({ loc }: { loc: string[] }) => loc)).toEqual([
      ['header', 'Idempotency-Key'],
      ['body', 'n1'],
    ]);
  });
});

describe('methods that hardly anybody uses', () => {
  test.each(['PURGE', 'PROPFIND', 'TRACE', 'SEARCH', 'LINK'])(
    '%s is refused with 405 and Allow, wherever there is a route',
    async (method) => {
      for (const url of ['/customers', '/api/v1/products/5/', '/api/stats', '/health', '/docs', '/openapi.json']) {
        const answer = await call({ method: method as 'GET', url, headers: admin });
        expect([url, answer.statusCode]).toEqual([url, 405]);
        expect(answer.headers.allow?.toString().split(', ')).toContain('GET');
        expect(answer.json()).toEqual({ detail: expect.any(String) });
      }
    },
  );
});

describe('fields that nobody may set', () => {
  const bodies = valid.filter(({ payload }) => payload !== undefined);
  test.each(
    bodies.flatMap((route) => ['id', 'version', 'roles', 'is_admin', '__proto__', 'constructor'].map((field) => ({ ...route, field }))),
  )('$method $path refuses $field in its body', async ({ method, url, payload, field }) => {
    const text = JSON.stringify(payload).replace(/\}$/, `,${JSON.stringify(field)}:1}`);
    const answer = await call({ method, url, headers: { ...admin, 'content-type': 'application/json' }, payload: text });
    expect(answer.statusCode).toBe(url.startsWith('/api/send_task') ? 400 : 422);
    expect(answer.json().detail).toContainEqual({ loc: ['body', field], msg: 'Champ inconnu', type: 'extra_forbidden' });
  });
});
