import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { afterEach, expect, test } from 'vitest';
import { anonymousCaller } from '../auth/caller.ts';
import type { GatewayContext } from '../context.ts';
import { createGatewayMetrics } from '../metrics.ts';
import { eventually } from '../testing/eventually.ts';
import { createFetchMetrics } from './metrics.ts';
import { createSubgraphSource, prepareFetch, type SubgraphSource, type SubgraphSourceConfig } from './subgraph-source.ts';

const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** An instance that answers as the test says, and counts what it is asked. */
async function startInstance(handle: Handle, port = 0) {
  const instance = {
    handle,
    asked: 0,
    ready: 200,
    headers: [] as IncomingMessage['headers'][],
    url: '',
    kill: async () => undefined as unknown,
  };
  const server = createServer((request, response) => {
    if (request.method === 'GET') return void response.writeHead(instance.ready).end();
    instance.asked++;
    instance.headers.push(request.headers);
    request.resume().on('end', () => instance.handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  instance.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  instance.kill = () =>
    new Promise<unknown>((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  ending.push(instance.kill);
  return instance;
}

const json =
  (body: object, status = 200): Handle =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'of=the-subgraph' }).end(JSON.stringify(body));
const answers = (data: object) => json({ data });
const stops = json({ errors: [{ message: 'stopping', extensions: { code: 'SHUTTING_DOWN' } }] }, 503);
const fails = json({ detail: 'broken' }, 500);
const resets: Handle = (request) => request.socket.destroy();
const hangs: Handle = () => undefined;

function sourceOf(urls: readonly string[], config: Partial<SubgraphSourceConfig> = {}) {
  const metrics = createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false });
  const source = createSubgraphSource(
    { name: 'things', urls, secret: 'a secret that only tests know', timeoutMs: 5_000, maxResponseBytes: 1_000_000, ...config },
    {
      log: createLog({ service: 'test', level: 'silent' }),
      metrics: createGatewayMetrics(metrics),
      fetchMetrics: createFetchMetrics(metrics),
    },
  );
  ending.push(() => source.stop());
  const metric = async (name: string) => metrics.registry.getSingleMetricAsString(name);
  return { source, metric };
}

const context: GatewayContext = { caller: anonymousCaller };
let different = 0;
/** Each a text of its own: equal ones at one time would be one. */
const query = (source: SubgraphSource, more: Partial<GatewayContext> = {}) =>
  source.ask({ query: `query Q${different++} { thing }` }, { ...context, ...more });
const mutate = (source: SubgraphSource) => source.ask({ query: 'mutation { change }' }, context);
const unavailable = { extensions: { code: 'SERVICE_UNAVAILABLE', serviceName: 'things' } };

test('several instances share the requests', async () => {
  const [a, b] = [await startInstance(answers({ thing: 1 })), await startInstance(answers({ thing: 1 }))];
  const { source } = sourceOf([a.url, b.url]);
  for (let time = 0; time < 10; time++) expect(await query(source)).toEqual({ data: { thing: 1 } });
  expect([a.asked, b.asked]).toEqual([5, 5]);
});

test('operations that share a fetch make what they want of its answer, each of its own', async () => {
  const instance = await startInstance(answers({ thing: { name: 'Lamp' } }));
  const { source } = sourceOf([instance.url]);
  const same = { query: '{ thing { name } }' };
  const both = await Promise.all([source.ask(same, context), source.ask(same, context)]);
  expect(instance.asked).toBe(1);
  both[0].data!.thing.stock = 'of another operation';
  expect(both[1]).toEqual({ data: { thing: { name: 'Lamp' } } });
});

test('operations that only read what they share get the same, which is of none that puts something into it', async () => {
  const instance = await startInstance(answers({ product: { id: '5' } }));
  const { source } = sourceOf([instance.url]);
  const prepared = prepareFetch({ query: '{ product { id } }' });
  const given = await Promise.all([true, false, true, false].map((readOnly) => source.fetch({ ...prepared, readOnly }, context)));
  expect(new Set(given.map(({ data }) => data?.product)).size).toBe(3);
  expect(given[0]?.data).toBe(given[2]?.data);
  expect(instance.asked).toBe(2);
});

test('a query that an instance lets fall is answered by another one; a mutation is not sent twice', async () => {
  const [good, bad] = [await startInstance(answers({ thing: 1, change: 2 })), await startInstance(resets)];
  const { source, metric } = sourceOf([bad.url, good.url]);
  for (let time = 0; time < 4; time++) expect(await query(source)).toEqual({ data: { thing: 1, change: 2 } });
  expect(bad.asked).toBeGreaterThan(0);
  expect(await metric('subgraph_retries_total')).toContain(`reason="unreachable"} ${bad.asked}`);
  const before = good.asked + bad.asked;
  const outcomes = await Promise.allSettled([mutate(source), mutate(source)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(good.asked + bad.asked).toBe(before + 2);
});

test('what was never sent may be sent elsewhere, a mutation too: nobody listens, or the instance says that it stops', async () => {
  const good = await startInstance(answers({ change: 2 }));
  const stopping = await startInstance(stops);
  const dead = `http://127.0.0.1:${await freePort()}/graphql`;
  const { source, metric } = sourceOf([dead, stopping.url, good.url], { healthCheckMs: 60_000 });
  for (let time = 0; time < 6; time++) expect(await mutate(source)).toEqual({ data: { change: 2 } });
  // Each is found out once at most, and left from then on.
  expect(stopping.asked).toBeLessThanOrEqual(1);
  expect(await metric('upstream_healthy')).toContain(`instance="${new URL(dead).host}"} 0`);
  expect(source.report().instances.map(({ healthy }) => healthy)).toEqual([false, stopping.asked === 0, true]);
});

test('an instance that is not ready is left before it refuses anybody, and asked again once it is ready', async () => {
  const [a, b] = [await startInstance(answers({ thing: 1 })), await startInstance(answers({ thing: 1 }))];
  const { source } = sourceOf([a.url, b.url], { healthCheckMs: 20 });
  a.ready = 503;
  await eventually(() => expect(source.report().instances[0]?.healthy).toBe(false));
  const before = a.asked;
  for (let time = 0; time < 10; time++) await query(source);
  expect(a.asked).toBe(before);
  expect(new Set(Array.from({ length: 4 }, () => source.pick()))).toEqual(new Set([b.url]));
  a.ready = 200;
  await eventually(() => expect(source.report().instances[0]?.healthy).toBe(true));
  for (let time = 0; time < 10; time++) await query(source);
  expect(a.asked).toBeGreaterThan(before);
});

test('a subgraph of somebody else, which knows no probes, counts as ready where it answers at all', async () => {
  const [a, b] = [await startInstance(answers({ thing: 1 })), await startInstance(answers({ thing: 1 }))];
  a.ready = b.ready = 404;
  const { source } = sourceOf([a.url, b.url], { healthCheckMs: 10 });
  await a.kill();
  await eventually(() => expect(source.report().instances.map(({ healthy }) => healthy)).toEqual([false, true]));
});

test('a subgraph that fails is left alone: refused at once, tried once, and asked by all again when it is well', async () => {
  const instance = await startInstance(fails);
  const breaker = { windowMs: 10_000, minVolume: 5, failureRate: 0.5, openMs: 100, maxOpenMs: 100 };
  const { source, metric } = sourceOf([instance.url], { breaker });
  await eventually(async () => {
    await expect(query(source)).rejects.toMatchObject(unavailable);
    expect(source.report().state).not.toBe('closed');
  });
  // Open or on trial, hardly any request gets through.
  const before = instance.asked;
  const many = await Promise.allSettled(Array.from({ length: 200 }, () => query(source)));
  expect(many.every(({ status }) => status === 'rejected')).toBe(true);
  expect(many[0]).toMatchObject({ reason: { extensions: { retryAfterSeconds: 1 } } });
  expect(instance.asked - before).toBeLessThan(20);
  expect(await metric('circuit_breaker_refusals_total')).toContain('{upstream="things"}');
  instance.handle = answers({ thing: 1 });
  await eventually(async () => expect(await query(source)).toEqual({ data: { thing: 1 } }));
  expect(source.report()).toMatchObject({ service: 'things', state: 'closed', failures: 0 });
  expect(await metric('circuit_breaker_state')).toMatch(/upstream="things".* 0$/m);
});

test('a single instance that was away is told of as well again once it answers', async () => {
  const port = await freePort();
  const { source } = sourceOf([`http://127.0.0.1:${port}/graphql`]);
  await expect(query(source)).rejects.toMatchObject(unavailable);
  expect(source.report().instances[0]?.healthy).toBe(false);
  await startInstance(answers({ thing: 1 }), port);
  expect(await query(source)).toEqual({ data: { thing: 1 } });
  expect(source.report().instances[0]?.healthy).toBe(true);
});

test('time-outs open the breaker like any failure', async () => {
  const instance = await startInstance(hangs);
  const breaker = { windowMs: 10_000, minVolume: 5, failureRate: 0.5, openMs: 60_000, maxOpenMs: 60_000 };
  const { source } = sourceOf([instance.url], { breaker, timeoutMs: 30 });
  await Promise.allSettled(Array.from({ length: 5 }, () => query(source)));
  expect(source.report()).toMatchObject({ state: 'open', failures: 5 });
  expect(instance.asked).toBe(5);
});

test('more than a subgraph can answer in time is queued; what is late is refused with a time to come back, and the breaker stays closed', async () => {
  let atOnce = 0;
  let most = 0;
  const instance = await startInstance((request, response) => {
    most = Math.max(most, ++atOnce);
    setTimeout(() => {
      atOnce--;
      answers({ thing: 1 })(request, response);
    }, 50);
  });
  const { source, metric } = sourceOf([instance.url], { timeoutMs: 1_000 });
  const many = await Promise.allSettled(Array.from({ length: 2_000 }, () => query(source)));
  const late = many.filter(({ status }) => status === 'rejected');
  expect(many.length).toBeGreaterThan(late.length);
  expect(late.length).toBeGreaterThan(0);
  for (const each of late)
    expect(each).toMatchObject({ reason: { extensions: { ...unavailable.extensions, retryAfterSeconds: expect.any(Number) } } });
  expect(most).toBe(32);
  expect(source.report().state).toBe('closed');
  expect(await metric('subgraph_fetches_total')).toContain('outcome="overdue"');
  // All of it is over by now, and the next one is answered at once.
  expect(await query(source)).toEqual({ data: { thing: 1 } });
});

test('clients that leave say nothing of a subgraph', async () => {
  const instance = await startInstance(hangs);
  const { source } = sourceOf([instance.url]);
  const gone = new AbortController();
  const waiting = Array.from({ length: 20 }, () => query(source, { signal: gone.signal }));
  await eventually(() => expect(instance.asked).toBe(20));
  gone.abort(new Error('the client has gone'));
  await Promise.allSettled(waiting);
  expect(source.report()).toMatchObject({ state: 'closed', failures: 0 });
});

test('when all requests fail only a share of them is made again', async () => {
  const instance = await startInstance(fails);
  const never = { windowMs: 10_000, minVolume: 1_000_000, failureRate: 1, openMs: 1, maxOpenMs: 1 };
  const { source, metric } = sourceOf([instance.url], { breaker: never });
  for (let round = 0; round < 20; round++) await Promise.allSettled(Array.from({ length: 25 }, () => query(source)));
  // 500 requests earn a hundred retries, and fifty were there.
  expect(instance.asked).toBeGreaterThan(550);
  expect(instance.asked).toBeLessThanOrEqual(650);
  expect(await metric('subgraph_retries_refused_total')).toContain('upstream="things"');
});

test('a subgraph is told how long it has, and is given up by then', async () => {
  const instance = await startInstance(hangs);
  const { source } = sourceOf([instance.url]);
  const startedAt = performance.now();
  await expect(query(source, { deadlineAt: startedAt + 150 })).rejects.toMatchObject(unavailable);
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(140);
  const told = Number(instance.headers[0]?.['x-comptoir-deadline-ms']);
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThanOrEqual(150);
  // Without a deadline it has as long as any request.
  instance.handle = answers({ thing: 1 });
  await query(source);
  expect(instance.headers.at(-1)?.['x-comptoir-deadline-ms']).toBe('5000');
});

test('a subgraph gets the trace, the id, the signed caller and the deadline, and nothing else of ours', async () => {
  const instance = await startInstance(answers({ thing: 1 }));
  const { source } = sourceOf([instance.url]);
  const trace = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'x-request-id': 'r1' };
  await query(source, { trace });
  const sent = Object.keys(instance.headers[0] ?? {}).sort();
  const ofHttp = ['accept', 'connection', 'content-length', 'content-type', 'host'];
  expect(sent.filter((name) => !ofHttp.includes(name))).toEqual([
    'traceparent',
    'x-comptoir-deadline-ms',
    'x-comptoir-principal',
    'x-request-id',
  ]);
});

test('a source that is stopped, as its subgraph has another address now, still answers what it was asked', async () => {
  const instance = await startInstance(hangs);
  const { source } = sourceOf([instance.url]);
  const answering = Promise.withResolvers<ServerResponse>();
  instance.handle = (_request, response) => answering.resolve(response);
  const answer = query(source);
  const response = await answering.promise;
  const stopped = source.stop();
  answers({ thing: 1 })({} as IncomingMessage, response);
  expect(await answer).toEqual({ data: { thing: 1 } });
  await stopped;
});

test('at an instance that was killed under load no query fails', async () => {
  const [a, b] = [await startInstance(answers({ thing: 1 })), await startInstance(answers({ thing: 1 }))];
  const { source } = sourceOf([a.url, b.url], { healthCheckMs: 20 });
  let going = true;
  let answered = 0;
  const failures: unknown[] = [];
  const load = Array.from({ length: 10 }, async () => {
    while (going) {
      await query(source).catch((error: unknown) => failures.push(error));
      answered++;
    }
  });
  for (const instance of [a, b]) {
    const { port } = new URL(instance.url);
    await eventually(() => expect(answered).toBeGreaterThan(100));
    await instance.kill();
    answered = 0;
    await eventually(() => expect(answered).toBeGreaterThan(100));
    const again = await startInstance(answers({ thing: 1 }), Number(port));
    await eventually(() => expect(again.asked).toBeGreaterThan(20));
  }
  going = false;
  await Promise.all(load);
  expect(failures).toEqual([]);
});
