import type { Log } from '@comptoir/platform/log.ts';
import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import Fastify from 'fastify';
import { GraphQLError, parse, validate } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Limits } from '../limits/limits.ts';
import { checkAgainst, type Json } from '../testing/description.ts';
import { describeRoutes } from './openapi.ts';
import { registerRest, routerPath } from './register.ts';
import { describedRoutes, restRoutes } from './routes.ts';
import { createTestApp, type TestApp } from './test-app.ts';
import { apiSchema } from './test-graph.ts';
import { exampleRequest } from './test-requests.ts';

const description = describeRoutes({ rest: restRoutes, described: describedRoutes }) as Json;
const check = checkAgainst(description);
const faultsOfAnswer = (
  method: string,
  path: string,
  { statusCode: status, headers, body }: { statusCode: number; headers: Json; body: string },
) => check.faultsOfAnswer(method, path, { status, headers, body });

let facade: TestApp;
beforeAll(async () => {
  facade = await createTestApp();
});
afterAll(() => facade?.[Symbol.asyncDispose]());
beforeEach(() => {
  facade.graph.failure = null;
  facade.graph.shop.reset();
});

test('the description is valid OpenAPI 3.1', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(description));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

test('the description that is served is the one made from the routes', async () => {
  const answer = await facade.app.inject('/openapi.json');
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.json()).toEqual(JSON.parse(JSON.stringify(description)));
});

test('the router serves exactly the routes that are listed, beside probes and the files of the viewers', async () => {
  const served: string[] = [];
  const app = Fastify();
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!config?.refusal) served.push(...[method].flat().map((each) => `${each} ${url}`));
  });
  registerRest(app, { graph: facade.graph, limits: {} as Limits, log: {} as Log });
  await app.ready();
  const listed = restRoutes.map(({ method, path }) => `${method} ${routerPath(path)}`);
  expect(served.filter((route) => !/^HEAD |^GET \/(docs|redoc|openapi\.json|postman\.json|requests\.http)/.test(route)).sort()).toEqual(
    listed.sort(),
  );
});

test.each(describedRoutes.map(({ method, path }) => ({ method, path })))(
  '$method $path is served without a credential and answers as described',
  async ({ method, path }) => {
    const answer = await facade.app.inject({ method, url: path });
    expect(answer.statusCode).toBeOneOf([200, 503]);
    expect(faultsOfAnswer(method, path, answer)).toEqual([]);
  },
);

test('every body and every JSON answer has an example, and its schema accepts it', () => {
  const faults: string[] = [];
  const hold = (where: string, content: Json | undefined) => {
    const { schema, examples = {} } = content?.['application/json'] ?? {};
    if (!schema) return;
    const values = Object.values(examples as Record<string, { value: unknown }>);
    if (values.length === 0) faults.push(`${where} has no example`);
    const accepts = check.validator(schema);
    for (const { value } of values) if (!accepts(value)) faults.push(`${where}: ${JSON.stringify(accepts.errors)}`);
  };
  const openPaths = new Set(describedRoutes.map(({ path }) => path));
  for (const [path, item] of Object.entries(description.paths as Record<string, Record<string, Json>>))
    for (const [method, { requestBody, responses }] of Object.entries(openPaths.has(path) ? {} : item)) {
      hold(`the body of ${method} ${path}`, requestBody?.content);
      for (const [status, response] of Object.entries(responses as Json))
        hold(`${status} of ${method} ${path}`, check.resolve(response)?.content);
    }
  expect(faults).toEqual([]);
});

test('operation ids are unique', () => {
  const ids = [...restRoutes, ...describedRoutes].map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(restRoutes.map((route) => ({ name: `${route.method} ${route.path}`, route })))('$name', ({ route }) => {
  test('has a document that the graph accepts', () => {
    expect(validate(apiSchema(), parse(route.document))).toEqual([]);
  });

  test('has examples that its schemas accept', () => {
    for (const { schema, examples = {} } of Object.values(route.responses))
      for (const example of Object.values(examples)) schema?.parse(example);
    for (const example of Object.values(route.request?.bodyExamples ?? {})) route.request?.body?.parse(example);
  });

  test('answers as described: success, nobody, a role without the right, a part that is down, a fault of ours', async () => {
    const call = async (headers: Record<string, string>) => {
      const { status: _, ...request } = exampleRequest(route);
      return faultsOfAnswer(route.method, route.path, await facade.app.inject({ ...request, headers }));
    };
    expect(await call({ 'x-api-key': 'admin-key' })).toEqual([]);
    // Once more: gone, taken, refused or the same again.
    expect(await call({ 'x-api-key': 'admin-key' })).toEqual([]);
    expect(await call({})).toEqual([]);
    expect(await call({ 'x-api-key': 'device-key' })).toEqual([]);
    for (const code of ['SERVICE_UNAVAILABLE', 'INTERNAL']) {
      facade.graph.failure = new GraphQLError('no', { extensions: { code } });
      expect(await call({ 'x-api-key': 'admin-key' })).toEqual([]);
    }
  });

  test('answers any JSON body and any bytes as described and never with a fault of ours', async () => {
    const examples = Object.values(route.request?.bodyExamples ?? { none: {} }) as object[];
    const names = [...new Set(examples.flatMap((example) => Object.keys(example)))];
    const field = fc.oneof(fc.constantFrom(...names, '__proto__'), fc.string());
    const known = examples.flatMap((example) => Object.values(example) as unknown[]);
    const value = fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom(...known, 1, 0, -1, 2 ** 40, '', null));
    const body = fc.oneof(
      fc.dictionary(field, value).map((object) => JSON.stringify(object)),
      fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] }).map((object) => JSON.stringify(object)),
      fc.tuple(fc.constantFrom(...examples), fc.dictionary(field, value)).map(([example, more]) => JSON.stringify({ ...example, ...more })),
      fc.jsonValue().map((json) => JSON.stringify(json)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    const id = fc.constantFrom('1', '5', 'saga_1', '0', '-1', '1.5', 'abc', '%C3%A9', '%00', '9'.repeat(15), '9'.repeat(16));
    const type = fc.constantFrom('application/json', 'application/json', 'application/json; charset=utf-8', 'text/plain', 'x');
    await fc.assert(
      fc.asyncProperty(body, type, fc.string(), id, async (payload, contentType, query, given) => {
        const answer = await facade.app.inject({
          method: route.method,
          url: `${route.path.replace(/\{\w+\}/, given)}?${encodeURIComponent(query)}`,
          headers: { 'x-api-key': 'admin-key', 'content-type': contentType },
          ...(route.method === 'GET' ? {} : { payload }),
        });
        expect(answer.statusCode).toBeLessThan(500);
        expect(faultsOfAnswer(route.method, route.path, answer)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
