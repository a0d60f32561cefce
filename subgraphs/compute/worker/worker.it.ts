import { createHealth } from '@comptoir/platform/health.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { createTestBroker } from '@comptoir/platform/testing/broker.ts';
import { testLog } from '@comptoir/platform/testing/log.ts';
import { taskQueue } from '@comptoir/schema/topology.ts';
import { expect, test } from 'vitest';
import { createWorker } from './service.ts';

const config = { id: 'worker_add_test', operation: 'add', host: '127.0.0.1', port: 0, minSeconds: 0, maxSeconds: 0, pretty: null } as const;

async function run(amqpUrl: string) {
  const metrics = createMetrics({ service: 'worker', instanceId: config.id });
  const worker = createWorker({ ...config, amqpUrl }, { log: testLog(), metrics, health: createHealth({ cacheMs: 0 }) });
  await worker.start();
  return {
    status: async (path: string) => (await fetch(worker.url() + path)).status,
    text: async (path: string) => (await fetch(worker.url() + path)).text(),
    [Symbol.asyncDispose]: () => worker.stop(),
  };
}

test('a worker tells of itself: that it is ready, what it computed and what the process uses', async () => {
  await using broker = await createTestBroker();
  await using worker = await run(broker.url);
  await expect.poll(() => worker.status('/health/ready')).toBe(200);
  expect([await worker.status('/health/live'), await worker.status('/health/startup')]).toEqual([200, 200]);
  const channel = await broker.channel();
  const task = { n1: 1, n2: 2, operation: 'add', request_id: 'r1' };
  channel.sendToQueue(taskQueue('add'), Buffer.from(JSON.stringify(task)), { messageId: 'm1', contentType: 'application/json' });
  await expect.poll(() => worker.text('/metrics')).toMatch(/messages_consumed_total\{[^}]*queue="task_queue_add"[^}]*\} 1/);
  const metrics = await worker.text('/metrics');
  for (const name of ['broker_link_up', 'http_requests_total', 'process_cpu_seconds_total']) expect(metrics).toContain(name);
});

test('a worker without its broker lives and starts, and is not ready', async () => {
  await using worker = await run('amqp://guest:guest@127.0.0.1:1/');
  expect([await worker.status('/health/live'), await worker.status('/health/startup'), await worker.status('/health/ready')]).toEqual([
    200, 200, 503,
  ]);
});
