import net from 'node:net';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { expect, onTestFinished, test } from 'vitest';
import { claimServicePorts } from './servers.ts';

test('services listen where the environment wants them, or at the next free port', async () => {
  const [compute, provider, worker] = [await freePort(), await freePort(), await freePort()];
  const env = { COMPUTE_PORT: String(compute), PAYMENT_PROVIDER_PORT: String(provider), WORKER_PORT: String(worker) };
  const blocker = net.createServer().listen(provider, '127.0.0.1');
  onTestFinished(() => void blocker.close());
  await new Promise((resolve) => blocker.once('listening', resolve));
  const taken = new Set<number>();
  const ports = await claimServicePorts({ gateway: await freePort(), host: '127.0.0.1', workerCount: 2, env }, taken);
  expect(ports.subgraphs.compute).toBe(compute);
  expect(ports.paymentProvider).toBeGreaterThan(provider);
  expect(ports.workers[0]).toBe(worker);
  expect(ports.workers[1]).toBeGreaterThan(worker);
  expect(new Set([ports.gateway, ...Object.values(ports.subgraphs), ports.paymentProvider, ...ports.workers]).size).toBe(10);
});
