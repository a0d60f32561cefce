import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@comptoir/platform/testing/free-port.ts';
import { temporaryFolder } from '@comptoir/platform/testing/temporary-folder.ts';
import { expect, test } from 'vitest';
import { createTestSystem, startMain, submit, submitBatch } from './testing/compute.ts';
import { admin } from './testing/graph.ts';

test('a process keeps its requests and what they changed in the log directory, to the last line before it ends', {
  timeout: 150_000,
}, async () => {
  await using system = await createTestSystem();
  const directory = temporaryFolder();
  const port = await freePort();
  const env = { ...system.env, COMPUTE_PORT: String(port), LOG_DIR: directory, LOG_LEVEL: 'warn' };
  await using compute = await startMain('main.ts', env);
  const url = `http://127.0.0.1:${port}/graphql`;
  const task = await submit(url, 42, 'ADD', 7);
  const batch = await submitBatch(url, [{ n1: 1, n2: 2, operation: 'ADD' }]);
  await compute.stop();

  async function lines(name: string) {
    const files = (await readdir(directory)).filter((file) => file.startsWith(`${name}_`));
    const texts = await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')));
    return texts.flatMap((text) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    );
  }
  expect(await lines('business')).toMatchObject([
    {
      service: 'compute',
      operation: 'calculation.submitted',
      entityType: 'calculation',
      entityId: task,
      user: admin.consumerId,
      details: { n1: 42, n2: 7 },
    },
    { service: 'compute', operation: 'batch.submitted', entityType: 'batch', entityId: batch, details: { tasks: 1 } },
  ]);
  const requests = (await lines('api')).filter(({ endpoint }) => endpoint === '/graphql');
  expect(requests).toMatchObject([200, 200].map((status) => ({ method: 'POST', status, durationMs: expect.any(Number) })));
  expect(await lines('errors')).toEqual([]);
});
