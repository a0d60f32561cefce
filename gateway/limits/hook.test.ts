import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../rest/test-app.ts';

const small = { 'x-api-key': 'small-key' };
let facade: TestApp;
beforeEach(async () => {
  facade = await createTestApp({ anonymousPerMinute: 2 });
});
afterEach(() => facade?.[Symbol.asyncDispose]());
const get = (url: string, headers: Record<string, string> = {}, remoteAddress = '192.0.2.1') =>
  facade.app.inject({ url, headers, remoteAddress });
const metric = async () => facade.metrics.registry.getSingleMetricAsString('rate_limit_refusals_total');

test('a consumer past its limit gets 429 with Retry-After, the figures and a body like any other refusal', async () => {
  for (const remaining of ['2', '1', '0']) {
    const answer = await get('/api/stats', small);
    expect([answer.statusCode, answer.headers['ratelimit-limit'], answer.headers['ratelimit-remaining']]).toEqual([200, '3', remaining]);
  }
  const answer = await get('/api/stats', small);
  expect(answer.statusCode).toBe(429);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
  expect(answer.headers['ratelimit-remaining']).toBe('0');
  expect(answer.headers['ratelimit-policy']).toBe('"minute";q=3;w=60, "hour";q=5;w=3600');
  expect(answer.headers['x-request-id']).toBeDefined();
  expect(answer.json()).toEqual({ detail: expect.stringContaining('Trop de requêtes') });
  expect(await metric()).toContain('rate_limit_refusals_total{consumer="small",route="/api/stats"} 1');
});

test('limits are the consumer’s, wherever it asks from and by whatever header', async () => {
  await get('/api/stats', small, '192.0.2.1');
  await get('/api/stats/', { 'x-api-token': 'small-key' }, '192.0.2.2');
  await get('/docs', { authorization: 'Bearer small-key' }, '192.0.2.3');
  expect((await get('/api/queue_status', small, '192.0.2.4')).statusCode).toBe(429);
});

test('an address without a credential has its bucket, which others do not drain', async () => {
  expect((await get('/openapi.json')).statusCode).toBe(200);
  expect((await get('/docs')).statusCode).toBe(200);
  expect((await get('/redoc')).statusCode).toBe(429);
  expect((await get('/redoc', {}, '192.0.2.9')).statusCode).toBe(200);
  expect((await get('/api/stats', { 'x-api-key': 'admin-key' })).statusCode).toBe(200);
  expect(await metric()).toContain('rate_limit_refusals_total{consumer="anonymous",route="/redoc"} 1');
});

test('guessing keys drains the bucket of the address', async () => {
  for (const status of [401, 401, 429]) expect((await get('/api/stats', { 'x-api-key': 'guess' })).statusCode).toBe(status);
});

test('who has drained the bucket with guesses has no other key looked up, and keys that were valid go on', async () => {
  await get('/api/stats', small);
  for (const [key, status] of Object.entries({ guess1: 401, guess2: 401, guess3: 429, 'admin-key': 429 }))
    expect((await get('/api/stats', { 'x-api-key': key })).statusCode).toBe(status);
  expect((await get('/api/stats', small)).statusCode).toBe(200);
  expect(facade.lookedUp).toEqual(['small-key', 'guess1', 'guess2']);
});

test('routes that are not there are counted too', async () => {
  for (const status of [404, 404, 429]) expect((await get('/api/nothing')).statusCode).toBe(status);
});

test('what a browser asks before the request of a page is told the figures, and neither counted nor refused', async () => {
  const preflight = () =>
    facade.app.inject({
      method: 'OPTIONS',
      url: '/api/stats',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'GET' },
      remoteAddress: '192.0.2.1',
    });
  for (const status of [200, 200, 429]) expect((await get('/docs')).statusCode).toBe(status);
  for (let time = 0; time < 3; time++) {
    const { statusCode, headers } = await preflight();
    expect([statusCode, headers['ratelimit-limit'], headers['ratelimit-remaining']]).toEqual([204, '2', '0']);
  }
  const { statusCode } = await facade.app.inject({ method: 'OPTIONS', url: '/api/stats', remoteAddress: '192.0.2.1' });
  expect(statusCode).toBe(429);
});

describe('probes and metrics', () => {
  test.each(['/health', '/health/live', '/health/ready/', '/api/v1/health', '/metrics', '/metrics?x'])(
    '%s may be asked for a hundred times in a minute by an address, whatever else it asked',
    async (url) => {
      for (const status of [200, 200, 429]) expect((await get('/docs')).statusCode).toBe(status);
      for (let left = 99; left >= 0; left--) {
        const answer = await get(url);
        expect(answer.statusCode).toBeOneOf([200, 503]);
        expect([answer.headers['ratelimit-remaining'], answer.headers['ratelimit-policy']]).toEqual([String(left), '"probe";q=100;w=60']);
      }
      const refused = await get(url);
      expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);
      expect((await get(url, {}, '192.0.2.9')).statusCode).toBeOneOf([200, 503]);
    },
  );

  test('do not drain what the address has for the rest', async () => {
    await get('/metrics');
    expect((await get('/docs')).headers['ratelimit-remaining']).toBe('1');
  });

  test('a path that only begins like a probe is none', async () => {
    expect((await get('/healthy')).headers['ratelimit-policy']).toBe('"address";q=2;w=60');
  });
});

test('GraphQL over HTTP on the same app is counted, and refused in its own shape', async () => {
  await using other = await createTestApp({ anonymousPerMinute: 1, before: (app) => void app.post('/graphql', () => ({ data: {} })) });
  const post = () => other.app.inject({ method: 'POST', url: '/graphql', payload: { query: '{ __typename }' } });
  expect((await post()).json()).toEqual({ data: {} });
  const refused = await post();
  expect(refused.statusCode).toBe(429);
  expect(refused.json()).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }],
  });
});
