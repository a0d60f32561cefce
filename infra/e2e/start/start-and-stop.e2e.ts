import { isAlive } from '@comptoir/local/process/is-alive.ts';
import { expect, test, vi } from 'vitest';
import { expectEveryResultOnce, followBatch, submitBatch, underWay } from '../batches/batch.ts';
import { ask } from '../graph.ts';
import { startSystem } from '../system.ts';
import { type Launched, launch, occupyPort } from './launch.ts';

/** All that runs under it now, to look for later. */
function treeOf(launched: Launched): number[] {
  const { worker_add_1: worker = 0, postgres = 0, broker = 0 } = launched.processes();
  const tree = launched.tree();
  expect(tree).toEqual(expect.arrayContaining([worker, postgres, broker]));
  return tree;
}

const gone = (tree: readonly number[]) => vi.waitFor(() => expect(tree.filter(isAlive)).toEqual([]), { timeout: 20_000, interval: 50 });

test('a start with nothing around brings everything and ends its screen with the ready line; SIGTERM to npm leaves nothing behind', async () => {
  const system = launch({ env: { PORT: '24000' } });
  const url = await system.ready();
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  expect((await fetch(url)).status).toBe(200);
  expect(system.output()).toMatch(/admin-key-12345.*embedded PostgreSQL.*development broker/s);
  const tree = treeOf(system);
  system.child.kill('SIGTERM');
  await gone(tree);
});

test('a taken port is passed over, and the next free one is printed; stopped, it ends with code 0', async () => {
  const port = await occupyPort();
  const system = launch({ command: [process.execPath, 'infra/local/run.mjs', 'start'], env: { PORT: String(port) } });
  const url = await system.ready();
  expect(Number(new URL(url).port)).toBeGreaterThan(port);
  expect(system.output()).toContain(`Port ${port} is taken`);
  expect((await fetch(`${url}/health/live`)).status).toBe(200);
  system.child.kill('SIGTERM');
  expect(await system.ended()).toBe(0);
  expect(system.output()).toMatch(/Stopped\.\n$/);
});

test('kill -9 of npm leaves nothing behind', async () => {
  const system = launch({ env: { PORT: '24000' } });
  await system.ready();
  const tree = treeOf(system);
  system.child.kill('SIGKILL');
  await gone(tree);
});

test('kill -9 of the supervisor leaves nothing behind, and the next start finds the data in order', async () => {
  const system = launch({ command: [process.execPath, 'infra/local/run.mjs', 'start'], env: { PORT: '24000' } });
  await system.ready();
  const tree = treeOf(system);
  system.child.kill('SIGKILL');
  await gone(tree);
  const again = launch({ dataFolder: system.dataFolder, env: { PORT: '24000' } });
  expect((await fetch(`${await again.ready()}/health/ready`)).status).toBe(200);
});

test('a configured database that cannot be used ends the start with its cause and code 1', async () => {
  const port = await occupyPort();
  const system = launch({ env: { DATABASE_URL: `postgres://postgres:pass-word-1@127.0.0.1:${port}/` } });
  expect(await system.ended()).toBe(1);
  expect(system.output()).toMatch(/DATABASE_URL is set but cannot be used/);
  expect(system.output()).not.toMatch(/is ready|pass-word-1/);
});

test('a configured broker that cannot be used ends the start with its cause and code 1, and nothing is left', async () => {
  const system = launch({ env: { AMQP_URL: 'amqp://guest:guest@127.0.0.1:1/' } });
  expect(await system.ended()).toBe(1);
  expect(system.output()).toMatch(/AMQP_URL is set but cannot be used: nothing listens there/);
});

test('a second start on the same data says where the first one is', async () => {
  const first = launch({ env: { PORT: '24000' } });
  const url = await first.ready();
  const second = launch({ dataFolder: first.dataFolder, env: { PORT: '24000' } });
  expect(await second.ended()).toBe(1);
  expect(second.output()).toContain(`Comptoir already runs from this folder: ${url}`);
});

// Here, since its ports are those of the other starts: while it is away none of them may be under way.
test('the development broker killed during a batch, all its messages lost: every task still gets its one result', {
  timeout: 120_000,
}, async () => {
  await using system = await startSystem({ env: { AMQP_URL: '', AMQP_MANAGEMENT_URL: '', COMPTOIR_BROKER: 'development' } });
  const count = 4_000;
  const id = await submitBatch(system, count);
  await using feed = followBatch(system, id);
  await underWay(feed, count);
  await system.kill('broker');
  const { errors } = await ask(system.url, 'mutation { submitCalculation(input: { n1: 1, n2: 1, operation: ADD }) { __typename } }');
  expect(errors).toEqual([]);
  await feed.ended;
  await expectEveryResultOnce(system, id, count);
});
