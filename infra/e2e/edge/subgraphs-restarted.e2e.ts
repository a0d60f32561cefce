import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '@comptoir/local/places.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { createTestDatabase } from '@comptoir/platform/testing/database.ts';
import { policies } from '@comptoir/schema/topology.ts';
import { portVariableOf, urlVariableOf } from '@comptoir/schema/urls.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PartProcess, startPart } from '../faults/part.ts';
import { ownPort } from '../own-port.ts';
import { createResources } from '../resources.ts';
import { startLoad } from './load.ts';

/** Two subgraphs, two processes of each, and a gateway. */
const services = ['customers', 'inventory'] as const;
/** Longer than the gateway's checks are apart, so that it has left an instance before that one refuses anybody. */
const stopLeadMs = 3_000;
const endTimeoutMs = 30_000;

const resources = createResources();
const processes = new Map<string, PartProcess>();
const ports = new Map<string, number>();
let url: string;
let start: (part: string) => Promise<void>;

beforeAll(async () => {
  const database = resources.use(await createTestDatabase());
  const broker = resources.use(await createTestBroker());
  await broker.applyPolicies(policies);
  const parts = services.flatMap((service) => [`${service}_1`, `${service}_2`]);
  for (const part of [...parts, 'gateway']) ports.set(part, await ownPort());
  const address = (part: string) => `http://127.0.0.1:${ports.get(part)}/graphql`;
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    LOG_FORMAT: 'json',
    DATABASE_URL: database.url,
    DATABASE_PREFIX: database.prefix,
    AMQP_URL: broker.url,
    GATEWAY_SECRET: 'a secret of the tests of the edge',
    DEMO: 'on',
    AUTH: 'off',
    CACHE: 'off',
    STOP_LEAD_MS: String(stopLeadMs),
    PORT: String(ports.get('gateway')),
    ...Object.fromEntries(services.map((service) => [urlVariableOf(service), `${address(`${service}_1`)},${address(`${service}_2`)}`])),
  };
  const logs = path.join(root, '.data/logs/edge', database.prefix.replaceAll('_', ''));
  mkdirSync(logs, { recursive: true });
  start = async (part) => {
    const service = services.find((name) => part.startsWith(name));
    const own = service ? { [portVariableOf(service)]: String(ports.get(part)) } : {};
    const script = path.join(root, service ? `subgraphs/${service}/main.ts` : 'gateway/main.ts');
    const running = startPart(script, { ...env, ...own }, path.join(logs, `${part}.log`));
    processes.set(part, running);
    await running.ready;
  };
  resources.defer(() => Promise.all([...processes.keys()].map((part) => end(part, 'SIGKILL'))));
  await Promise.all(services.map((service) => start(`${service}_1`)));
  await Promise.all(services.map((service) => start(`${service}_2`)));
  await start('gateway');
  url = `http://127.0.0.1:${ports.get('gateway')}`;
}, 180_000);
afterAll(() => resources[Symbol.asyncDispose]());

async function end(part: string, signal: NodeJS.Signals): Promise<void> {
  const running = processes.get(part);
  if (!running || running.hasEnded()) return;
  const overdue = setTimeout(() => running.child.kill('SIGKILL'), endTimeoutMs);
  running.child.kill(signal);
  await running.ended;
  clearTimeout(overdue);
}

/** Whether the gateway sends requests to an instance. */
async function isUsed(part: string): Promise<boolean> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return new RegExp(`^upstream_healthy\\{.*instance="127\\.0\\.0\\.1:${ports.get(part)}"\\} 1$`, 'm').test(metrics);
}

const graphql = (query: string, isRight: (data: Record<string, unknown>) => boolean) => ({
  path: '/graphql',
  method: 'POST' as const,
  body: { query },
  isRight: (body: string) => !JSON.parse(body).errors && isRight(JSON.parse(body).data),
});

test('subgraphs are restarted one process after the other under reads and writes: no request fails', async () => {
  const load = startLoad(
    url,
    'none',
    [
      graphql('{ product(id: 1) { name } customer(id: 123) { firstName } }', (data) => data.product !== null && data.customer !== null),
      { path: '/api/v1/products/1', isRight: (body) => JSON.parse(body).id === 1 },
      graphql(
        'mutation { updateCustomer(id: 123, input: { phone: "+33 1 23 45 67 89" }) { __typename } }',
        (data) => data.updateCustomer !== null,
      ),
      { path: '/api/v1/customers/123', isRight: (body) => JSON.parse(body).id === 123 },
    ],
    { clients: 4 },
  );
  const answered = async (more: number) => {
    const from = load.count();
    await expect.poll(() => load.count() - from, { timeout: 60_000 }).toBeGreaterThan(more);
  };
  await answered(50);
  for (const part of services.flatMap((service) => [`${service}_1`, `${service}_2`])) {
    await end(part, 'SIGTERM');
    expect(await isUsed(part)).toBe(false);
    await start(part);
    await expect.poll(() => isUsed(part), { timeout: 60_000 }).toBe(true);
    await answered(50);
  }
  await load.stop();
  expect(load.faults).toEqual([]);
}, 240_000);

test('one process of each is killed under reads: no request fails', async () => {
  const load = startLoad(
    url,
    'none',
    [
      graphql('{ product(id: 1) { name } customer(id: 123) { firstName } }', (data) => data.product !== null && data.customer !== null),
      { path: '/api/v1/customers/123', isRight: (body) => JSON.parse(body).id === 123 },
    ],
    { clients: 4 },
  );
  await expect.poll(() => load.count(), { timeout: 60_000 }).toBeGreaterThan(50);
  await Promise.all(services.map((service) => end(`${service}_1`, 'SIGKILL')));
  const from = load.count();
  await expect.poll(() => load.count() - from, { timeout: 60_000 }).toBeGreaterThan(200);
  await load.stop();
  expect(load.faults).toEqual([]);
  const { dependencies } = (await (await fetch(`${url}/health/ready`)).json()) as { dependencies: Record<string, { detail?: string }> };
  expect(dependencies['subgraph:customers']?.detail).toContain('1 of 2 instances take requests');
}, 120_000);
