import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminKey, ask } from '../graph.ts';
import { newConsumer } from './consumer.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { follow } from './follow.ts';
import { startLoad } from './load.ts';

let fleet: Fleet;
let key: string;

beforeAll(async () => {
  fleet = await startFleet({ ports: 6 });
  key = await newConsumer(fleet.gateways[0], { name: 'load', perMinute: 1_000_000 });
}, 180_000);
afterAll(async () => fleet?.[Symbol.asyncDispose]());

const rest = (url: string, path: string, method = 'GET', body?: unknown, apiKey = adminKey) =>
  fetch(new URL(path, url), {
    method,
    headers: { 'x-api-key': apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

test('every address that clients have always used leads to the gateways, which take turns', async () => {
  const instances = new Set<string | null>();
  for (const url of fleet.nginx.urls) {
    const response = await rest(url, '/api/v1/products/1');
    expect(response.status).toBe(200);
    instances.add(response.headers.get('x-instance-id'));
  }
  expect(instances.size).toBe(2);
});

test('the limits of a consumer hold over both gateways together', async () => {
  const limited = await newConsumer(fleet.gateways[0], { name: 'limited', perMinute: 30 });
  const asked = fleet.gateways.flatMap((gateway) =>
    Array.from({ length: 25 }, () => rest(gateway, '/api/stats', 'GET', undefined, limited)),
  );
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(30);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
});

test('the cache is one: what one gateway has read the other has, and a write at one is seen by the next read at the other', async () => {
  const [first, second] = fleet.gateways;
  const read = async (url: string) => {
    const response = await rest(url, '/api/v1/products/5');
    return { cache: response.headers.get('x-cache'), product: (await response.json()) as { nom: string } };
  };
  await read(first);
  expect((await read(second)).cache).toBe('HIT');
  for (const nom of ['Premier nom', 'Second nom']) {
    expect((await rest(second, '/api/v1/products/5', 'PUT', { nom })).status).toBe(200);
    expect((await read(first)).product.nom).toBe(nom);
    expect((await read(second)).product.nom).toBe(nom);
  }
});

test('a gateway killed under load: reads are answered by the other one, and subscriptions go on there without a missing or doubled event', async () => {
  const load = startLoad(
    fleet.url,
    key,
    [
      { path: '/api/v1/products/1', isRight: (body) => JSON.parse(body).id === 1 },
      { path: '/api/v1/customers/123', isRight: (body) => JSON.parse(body).id === 123 },
      { path: '/api/v1/products?limit=20', isRight: (body) => JSON.parse(body).length === 20 },
    ],
    { clients: 10 },
  );
  const followers = Array.from({ length: 6 }, () =>
    follow(
      fleet.url,
      key,
      { query: 'subscription { calculationCompleted { id } }' },
      ({ calculationCompleted }) => calculationCompleted.id,
    ),
  );
  await Promise.all(followers.map(({ begun }) => begun));
  const submit = async (count: number) => {
    const tasks = Array.from({ length: count }, (_, n1) => ({ n1, n2: 1, operation: 'ADD' }));
    const { errors } = await ask(
      fleet.gateways[0],
      'mutation ($input: SubmitBatchInput!) { submitBatch(input: $input) { __typename } }',
      { input: { tasks } },
      key,
    );
    expect(errors).toEqual([]);
  };
  await submit(400);
  await expect.poll(() => followers.every(({ seen }) => seen.length > 50), { timeout: 30_000 }).toBe(true);
  const before = load.count();
  await fleet.kill('gateway_2');
  await submit(400);
  await expect.poll(() => load.count() - before, { timeout: 30_000 }).toBeGreaterThan(200);
  const standings = () => followers.map(({ seen, failure }) => failure() ?? seen.length);
  await expect.poll(standings, { timeout: 60_000 }).toEqual(followers.map(() => 800));
  await fleet.start('gateway_2');
  await load.stop();
  expect(load.faults).toEqual([]);
  const [one, ...others] = followers.map(({ seen }) => seen);
  expect(new Set(one).size).toBe(800);
  for (const other of others) expect(other).toEqual(one);
  expect(followers.some(({ connections }) => connections() > 1)).toBe(true);
  await Promise.all(followers.map((follower) => follower[Symbol.asyncDispose]()));
});
