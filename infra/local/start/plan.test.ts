import { expect, test } from 'vitest';
import { type PlanInput, planProcesses, reachable } from './plan.ts';

const input: PlanInput = {
  split: false,
  demo: true,
  producerIntervalMs: 5_000,
  env: { PATH: '/bin', AMQP_MANAGEMENT_URL: 'http://elsewhere' },
  host: '127.0.0.1',
  ports: { gateway: 4000, compute: 4101, accounts: 4102 },
  databaseUrl: 'postgres://postgres:secret@127.0.0.1:15432/postgres',
  amqpUrl: 'amqp://guest:guest@127.0.0.1:5672/',
  secret: 'not to be known by workers',
};

test('by default gateway and subgraphs are one process, workers are five', () => {
  const plan = planProcesses(input);
  expect(plan.services.map(({ name }) => name)).toEqual(['system']);
  expect(plan.workers.map(({ name }) => name)).toEqual(['worker_add_1', 'worker_add_2', 'worker_sub_1', 'worker_mul_1', 'worker_div_1']);
  expect(plan.workers.map(({ env }) => env.WORKER_OPERATION)).toEqual(['add', 'add', 'sub', 'mul', 'div']);
});

test('split, each subgraph has its process and only the gateway is for other machines', () => {
  const { services } = planProcesses({ ...input, split: true, host: '0.0.0.0' });
  expect(Object.fromEntries(services.map(({ name, env }) => [name, env.HOST]))).toEqual({
    accounts: '127.0.0.1',
    compute: '127.0.0.1',
    gateway: '0.0.0.0',
  });
});

test('workers and producer know neither the database nor the secret', () => {
  const { workers, producer } = planProcesses(input);
  for (const { env } of [...workers, ...(producer ? [producer] : [])]) {
    expect(env).not.toHaveProperty('DATABASE_URL');
    expect(env).not.toHaveProperty('GATEWAY_SECRET');
  }
});

test('what was not chosen does not reach a child from the outer environment', () => {
  expect(planProcesses(input).services[0]?.env.AMQP_MANAGEMENT_URL).toBe('');
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
