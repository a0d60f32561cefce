import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from './process.ts';

async function script(source: string) {
  const folder = await mkdtemp(join(tmpdir(), 'process-test-'));
  const path = join(folder, 'main.ts');
  await writeFile(path, source);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test('a process is ready when it says so, and ends as it is told', async () => {
  await using main = await script(`
    process.on('SIGTERM', () => process.exit(7));
    console.log('hello ' + process.env.NAME);
    setInterval(() => undefined, 1_000);
    process.send?.({ type: 'ready' });
  `);
  await using gentle = await startProcess(main.path, { env: { NAME: 'olga' } });
  expect(await gentle.stop()).toBe(7);
  expect(gentle.output()).toBe('hello olga\n');
  await using hard = await startProcess(main.path);
  expect(await hard.kill()).toBe('SIGKILL');
});

test('one that ends before it is ready is reported with what it wrote', async () => {
  await using main = await script(`console.error('no database'); process.exitCode = 3;`);
  await expect(startProcess(main.path)).rejects.toThrow(/ended with 3 before it was ready[\s\S]*no database/);
});
