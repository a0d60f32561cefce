import { subgraphNames } from '@comptoir/schema/sdl.ts';
import { developmentPorts } from '@comptoir/schema/urls.ts';
import { expect, test } from 'vitest';
import { type PlanInput, planProcesses, reachable } from './plan.ts';

const input: PlanInput = {
  split: false,
  demo: true,
  producerIntervalMs: 5_000,
  env: { PATH: '/bin', AMQP_MANAGEMENT_URL: 'http://elsewhere' },
  host: '127.0.0.1',
  ports: { gateway: 4000, subgraphs: developmentPorts, paymentProvider: 4180, workers: [4190, 4191, 4192, 4193, 4194] },
  databaseUrl: 'postgres://postgres:secret@127.0.0.1:15432/postgres',
  amqpUrl: 'amqp://guest:guest@127.0.0.1:5672/',
  secret: 'not to be known by workers',
};

test('by default gateway and subgraphs are one process, the payment provider is its own, workers are five', () => {
  const plan = planProcesses(input);
  expect(plan.services.map(({ name }) => name)).toEqual(['payment-provider', 'system']);
  expect(plan.workers.map(({ name }) => name)).toEqual(['worker_add_1', 'worker_add_2', 'worker_sub_1', 'worker_mul_1', 'worker_div_1']);
  expect(plan.workers.map(({ env }) => env.WORKER_OPERATION)).toEqual(['add', 'add', 'sub', 'mul', 'div']);
  expect(plan.workers.map(({ env }) => env.WORKER_PORT)).toEqual(['4190', '4191', '4192', '4193', '4194']);
});

test('split, each subgraph has its process and only the gateway is for other machines', () => {
  const { services } = planProcesses({ ...input, split: true, host: '0.0.0.0' });
  expect(Object.fromEntries(services.map(({ name, env }) => [name, env.HOST]))).toEqual({
    ...Object.fromEntries([...subgraphNames, 'payment-provider'].map((name) => [name, '127.0.0.1'])),
    gateway: '0.0.0.0',
  });
});

test('every process knows where each subgraph and the payment provider answer', () => {
  const { services } = planProcesses({ ...input, ports: { ...input.ports, subgraphs: { ...developmentPorts, orders: 4199 } } });
  for (const { env } of services) {
    expect(env).toMatchObject({
      ORDERS_PORT: '4199',
      ORDERS_URL: 'http://127.0.0.1:4199/graphql',
      SAGAS_URL: 'http://127.0.0.1:4106/graphql',
      PAYMENT_PROVIDER_PORT: '4180',
      PAYMENT_PROVIDER_URL: 'http://127.0.0.1:4180',
    });
  }
});

test('the payment provider does not know the secret of the gateway', () => {
  const provider = planProcesses(input).services.find(({ name }) => name === 'payment-provider');
  expect(provider?.env).not.toHaveProperty('GATEWAY_SECRET');
});

test('workers and producer know neither the database nor the secret', () => {
  const { workers, producer } = planProcesses(input);
  for (const { env } of [...workers, ...(producer ? [producer] : [])]) {
    expect(env).not.toHaveProperty('DATABASE_URL');
    expect(env).not.toHaveProperty('GATEWAY_SECRET');
  }
});

test('what was not chosen does not reach a child from the outer environment', () => {
  expect(planProcesses(input).services.at(-1)?.env.AMQP_MANAGEMENT_URL).toBe('');
});

test('there is no producer without an interval', () => {
  expect(planProcesses({ ...input, producerIntervalMs: 0 }).producer).toBeUndefined();
});

test('a listening address is turned into one that can be reached', () => {
  expect([reachable('0.0.0.0'), reachable('::'), reachable('::1'), reachable('10.0.0.5')]).toEqual([
    '127.0.0.1',
    '127.0.0.1',
    '[::1]',
    '10.0.0.5',
  ]);
});
