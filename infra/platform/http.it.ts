import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, vi } from 'vitest';
import { ComptoirError } from './errors.ts';
import { createHealth } from './health.ts';
import { createHttpServer, type HttpServerConfig } from './http.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';

async function startServer(more: Partial<HttpServerConfig> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'test', level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const metrics = createMetrics({ service: 'test', instanceId: 'instance-1', processMetrics: false });
  const health = createHealth({ cacheMs: 0 });
  const server = createHttpServer({ name: 'test', host: '127.0.0.1', port: 0, log, metrics, health, ...more });
  const arrived = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  server.app.get('/things/:id', async (request) => ({ id: (request.params as { id: string }).id, traceId: request.trace.traceId }));
  server.app.post('/echo', async (request) => ({ body: request.body }));
  server.app.get('/slow', async () => {
    arrived.resolve();
    await release.promise;
    return { slow: true };
  });
  server.app.get('/fails', async () => {
    throw new TypeError('password of db is hunter2');
  });
  server.app.get('/refuses', async () => {
    throw new ComptoirError('CONFLICT', 'taken');
  });
  await server.start();
  const { url, port } = server.address();
  const get = (path: string, init?: RequestInit) => fetch(url + path, init);
  const post = (body: string, type = 'application/json') => get('/echo', { method: 'POST', body, headers: { 'content-type': type } });
  return {
    server,
    health,
    metrics,
    lines,
    get,
    post,
    url,
    port,
    arrived: arrived.promise,
    release: release.resolve,
    [Symbol.asyncDispose]: async () => {
      release.resolve();
      await server.stop();
    },
  };
}

describe('an answer', () => {
  it('names the request, the instance and the time it took', async () => {
    await using test = await startServer();
    const { headers } = await test.get('/things/1', { headers: { 'x-request-id': 'order-42.1' } });
    expect(headers.get('x-request-id')).toBe('order-42.1');
    expect(headers.get('x-instance-id')).toBe('instance-1');
    expect(Number(headers.get('x-response-time'))).toBeGreaterThan(0);
  });

  it.each([
    ['bytes that are no request', 'GET / HTTP/1.1\r\nno header\r\n\r\n', 400],
    ['a head that is too large', `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('to %s has the shape and headers of every other', async (_what, bytes, status) => {
    await using test = await startServer();
    const socket = connect(test.port, '127.0.0.1');
    socket.end(bytes);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    for (const header of ['x-instance-id: instance-1', 'x-request-id: ', 'x-response-time: ']) expect(head).toContain(`\r\n${header}`);
    expect(JSON.parse(body)).toEqual({ detail: expect.any(String) });
  });

  it('is the route’s own also where a part of its path is long', async () => {
    await using test = await startServer();
    const id = 'x'.repeat(10_000);
    const answer = await test.get(`/things/${id}`);
    expect(await answer.json()).toMatchObject({ id });
    expect(answer.headers.get('x-instance-id')).toBe('instance-1');
  });

  it('has a new request id where the given one cannot be used', async () => {
    await using test = await startServer();
    for (const bad of ['x'.repeat(129), 'a b', '{"a":1}', '']) {
      const { headers } = await test.get('/things/1', { headers: { 'x-request-id': bad } });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('belongs to the trace of the caller, and so does its line in the log', async () => {
    await using test = await startServer();
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const answer = await test.get('/things/1', { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
    expect(await answer.json()).toEqual({ id: '1', traceId });
    await vi.waitFor(() =>
      expect(test.lines).toContainEqual(
        expect.objectContaining({
          event: 'http_request',
          endpoint: '/things/:id',
          method: 'GET',
          status: 200,
          traceId,
          requestId: expect.any(String),
        }),
      ),
    );
  });

  it('has the headers that every answer has, whatever it is', async () => {
    await using test = await startServer();
    test.server.addHeaders({ 'x-frame-options': 'DENY' });
    for (const path of ['/things/1', '/nothing', '/fails', '/nothing/%zz', '/health/live'])
      expect([path, (await test.get(path)).headers.get('x-frame-options')]).toEqual([path, 'DENY']);
  });

  it('takes a % that begins no character for itself', async () => {
    await using test = await startServer();
    expect(await (await test.get('/things/100%')).json()).toMatchObject({ id: '100%' });
  });

  it('is the same with a trailing slash', async () => {
    await using test = await startServer();
    expect((await test.get('/things/1/')).status).toBe(200);
  });
});

describe('an error', () => {
  it('is 404 in JSON where there is no route', async () => {
    await using test = await startServer();
    const answer = await test.get('/nothing');
    expect([answer.status, await answer.json()]).toEqual([404, { detail: 'There is no such route.' }]);
    const odd = await test.get('/nothing/%zz');
    expect([odd.status, odd.headers.get('x-instance-id')]).toEqual([404, 'instance-1']);
  });

  it('names the place where a body stops being JSON', async () => {
    await using test = await startServer();
    const answer = await test.post('{"n1": 1, "n2": x}');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: 'The body is not JSON: fault at position 16 (line 1, column 17).' });
  });

  it.each([
    ['', 400],
    ['{"__proto__": {"admin": true}}', 400],
    ['{"a": {"constructor": {"prototype": {}}}}', 400],
    ['{"n1": 1', 400],
    [`{"a":"${'x'.repeat(2_000)}"}`, 413],
  ])('refuses the body %s with %i', async (body, status) => {
    await using test = await startServer({ bodyLimitBytes: 1_000 });
    const answer = await test.post(body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ detail: expect.any(String) });
  });

  it('refuses other types of bodies with 415', async () => {
    await using test = await startServer();
    expect((await test.post('a=1', 'application/x-www-form-urlencoded')).status).toBe(415);
  });

  it('of the catalogue has its status and code', async () => {
    await using test = await startServer();
    const answer = await test.get('/refuses');
    expect([answer.status, await answer.json()]).toEqual([409, { detail: 'taken', code: 'CONFLICT' }]);
  });

  it('of any other kind tells a reference only, which leads to the log', async () => {
    await using test = await startServer();
    const answer = await test.get('/fails');
    const body = (await answer.json()) as { detail: string; reference: string };
    expect(answer.status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|TypeError|\.ts/);
    expect(body.detail).toContain(body.reference);
    expect(test.lines).toContainEqual(
      expect.objectContaining({ reference: body.reference, err: expect.objectContaining({ message: 'password of db is hunter2' }) }),
    );
  });
});

describe('probes', () => {
  it('tell what is up, and 503 while a critical dependency is down', async () => {
    await using test = await startServer();
    let state: 'up' | 'down' = 'up';
    test.health.register('database', async () => ({ state, latencyMs: 1 }), { critical: true });
    test.health.register('broker', async () => ({ state: 'down', detail: 'refused', latencyMs: 2 }), { critical: false });
    const ready = await test.get('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: 'degraded',
      dependencies: {
        database: { state: 'up', latencyMs: 1, critical: true },
        broker: { state: 'down', detail: 'refused', latencyMs: 2, critical: false },
      },
    });
    state = 'down';
    const statuses = await Promise.all(
      ['/health', '/health/startup', '/health/live', '/health/ready'].map(async (path) => (await test.get(path)).status),
    );
    expect(statuses).toEqual([503, 200, 200, 503]);
  });
});

describe('metrics', () => {
  it('count requests by the pattern of their route', async () => {
    await using test = await startServer();
    await test.get('/things/1');
    await test.get('/things/2');
    await test.get('/wp-login.php');
    await vi.waitFor(async () => {
      const text = await (await test.get('/metrics')).text();
      expect(text).toContain('http_requests_total{method="GET",endpoint="/things/:id",status="200",instance_id="instance-1"} 2');
      expect(text).toContain('http_requests_total{method="GET",endpoint="unknown",status="404",instance_id="instance-1"} 1');
      expect(text).toMatch(
        /http_request_duration_seconds_bucket\{le="0.01",method="GET",endpoint="\/things\/:id",instance_id="instance-1"\} \d/,
      );
      expect(text).toMatch(/current_requests_per_second\{instance_id="instance-1"\} 0\.[1-9]/);
      expect(text).not.toContain('wp-login');
    });
  });

  it('count a client that left before the answer', async () => {
    await using test = await startServer();
    const abort = new AbortController();
    const gone = expect(test.get('/slow', { signal: abort.signal })).rejects.toThrow();
    await test.arrived;
    abort.abort();
    await gone;
    await vi.waitFor(async () => expect(await test.metrics.registry.metrics()).toContain('endpoint="/slow",status="499"'));
  });

  it('are not all that is told of a request: who wants to know is, once it is answered or its client has left', async () => {
    await using test = await startServer();
    const told: unknown[] = [];
    test.server.onAnswered(({ request, status, ms }) => told.push([request.url, status, ms > 0]));
    await test.get('/things/1');
    await test.get('/refuses');
    const abort = new AbortController();
    const gone = expect(test.get('/slow', { signal: abort.signal })).rejects.toThrow();
    await test.arrived;
    abort.abort();
    await gone;
    await vi.waitFor(() =>
      expect(told).toEqual([
        ['/things/1', 200, true],
        ['/refuses', 409, true],
        ['/slow', 499, true],
      ]),
    );
  });
});

describe('stopping', () => {
  it('finishes requests in flight, refuses new ones with 503 and says that it is not ready', async () => {
    await using test = await startServer();
    const slow = test.get('/slow');
    await test.arrived;
    const stopped = test.server.stop();
    const refused = await test.get('/things/1');
    expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('connection')]).toEqual([503, '1', 'close']);
    expect((await test.get('/health/ready')).status).toBe(503);
    expect((await test.get('/health/live')).status).toBe(200);
    test.release();
    expect(await (await slow).json()).toEqual({ slow: true });
    await stopped;
    await expect(test.get('/health/live')).rejects.toThrow();
  });

  it('after a lead, in which it answers and lets go of connections, refuses new ones at once and still finishes what is in flight', async () => {
    await using test = await startServer();
    test.health.stopping();
    const answered = await test.get('/things/1');
    expect([answered.status, answered.headers.get('connection')]).toEqual([200, 'close']);
    expect((await test.get('/health/ready')).status).toBe(503);
    const slow = test.get('/slow');
    await test.arrived;
    test.health.left();
    const stopped = test.server.stop();
    await expect(test.get('/things/1')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    test.release();
    expect(await (await slow).json()).toEqual({ slow: true });
    await stopped;
  });

  it('closes connections that clients keep alive', async () => {
    await using test = await startServer();
    const socket = connect(test.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    await test.server.stop();
    await closed;
  });

  it('cuts off what has not finished in time', async () => {
    await using test = await startServer({ drainTimeoutMs: 50 });
    const slow = expect(test.get('/slow')).rejects.toThrow();
    await test.arrived;
    await test.server.stop();
    await slow;
  });

  it('ends by itself although a request is never sent to its end', async () => {
    await using test = await startServer({ drainTimeoutMs: 50 });
    const upload = httpRequest(`${test.url}/echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 10 },
    });
    // Refused or cut off, by what the server had read of it when it began to stop.
    const ended = Promise.race([once(upload, 'response'), new Promise((resolve) => upload.once('error', resolve))]);
    upload.write('{');
    await vi.waitFor(async () =>
      expect(await new Promise((resolve) => test.server.app.server.getConnections((_, count) => resolve(count)))).toBe(1),
    );
    await test.server.stop();
    await ended;
    upload.destroy();
  });

  it('lets the owners of long connections end them', async () => {
    await using test = await startServer();
    const end = vi.fn(async () => undefined);
    test.server.onStop(end);
    await test.server.stop();
    expect(end).toHaveBeenCalledTimes(1);
  });
});
