import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from './process.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function script(source: string): Promise<string> {
  const path = join(temporaryFolder(), 'main.ts');
  await writeFile(path, source);
  return path;
}

test('a process is ready when it says so, and ends as it is told', async () => {
  const main = await script(`
    process.on('SIGTERM', () => process.exit(7));
    console.log('hello ' + process.env.NAME);
    setInterval(() => undefined, 1_000);
    process.send?.({ type: 'ready' });
  `);
  await using gentle = await startProcess(main, { env: { NAME: 'olga' } });
  expect(await gentle.stop()).toBe(7);
  expect(gentle.output()).toBe('hello olga\n');
  await using hard = await startProcess(main);
  expect(await hard.kill()).toBe('SIGKILL');
});

test('one that ends before it is ready is reported with what it wrote', async () => {
  const main = await script(`console.error('no database'); process.exitCode = 3;`);
  await expect(startProcess(main)).rejects.toThrow(/ended with 3 before it was ready[\s\S]*no database/);
});
