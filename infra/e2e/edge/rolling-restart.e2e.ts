import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../graph.ts';
import { newConsumer } from './consumer.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { follow } from './follow.ts';
import { startLoad } from './load.ts';

let fleet: Fleet;
let key: string;

beforeAll(async () => {
  fleet = await startFleet({ subgraphInstances: 2 });
  key = await newConsumer(fleet.gateways[0], { name: 'load', perMinute: 1_000_000 });
}, 300_000);
afterAll(async () => fleet?.[Symbol.asyncDispose]());

const submitCalculation =
  'mutation ($n1: Float!) { submitCalculation(input: { n1: $n1, n2: 1, operation: ADD }) { ... on CalculationSubmitted { task { id } } } }';

test('every gateway and every subgraph restarted under load, one after the other: no request fails, and no event is lost', {
  timeout: 400_000,
}, async () => {
  let submitted = 0;
  const load = startLoad(
    fleet.url,
    key,
    [
      { path: '/api/v1/products/1', isRight: (body) => JSON.parse(body).id === 1 },
      { path: '/api/v1/customers/123', isRight: (body) => JSON.parse(body).id === 123 },
      { path: '/api/v1/sagas?limit=5', isRight: (body) => Array.isArray(JSON.parse(body)) },
      {
        path: '/graphql',
        method: 'POST',
        body: { query: '{ products(first: 5) { nodes { id stock { available } } } orders(first: 2) { nodes { id customer { id } } } }' },
        isRight: (body) => JSON.parse(body).errors === undefined,
      },
    ],
    { clients: 4, keepsConnections: false },
  );
  await using follower = follow(fleet.url, key, { query: 'subscription { calculationCompleted { id n1 } }' }, ({ calculationCompleted }) =>
    String(calculationCompleted.n1),
  );
  await follower.begun;

  for (const part of fleet.parts.filter((part) => /^gateway|_\d$/.test(part) && !part.startsWith('worker'))) {
    const before = load.count();
    if (part.startsWith('gateway')) await fleet.nginx.leave(fleet.gateways[part === 'gateway_1' ? 0 : 1]);
    await fleet.restart(part);
    if (part.startsWith('gateway')) await fleet.nginx.leave(null);
    const { errors } = await ask(fleet.url, submitCalculation, { n1: submitted++ }, key);
    expect(errors, `after the restart of ${part}`).toEqual([]);
    // Whatever took its place has to be seen to answer.
    await expect.poll(() => load.count() - before, { timeout: 30_000 }).toBeGreaterThan(20);
  }
  await load.stop();
  expect(load.faults).toEqual([]);
  await expect
    .poll(() => follower.failure() ?? [...follower.seen].sort((a, b) => Number(a) - Number(b)), { timeout: 30_000 })
    .toEqual(Array.from({ length: submitted }, (_, n1) => String(n1)));
  expect(follower.connections()).toBeGreaterThan(1);
});
