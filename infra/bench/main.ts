/** npm run bench [-- NAME …] [--size=small|full]: runs the named benchmarks, or all, and writes results.md. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Benchmark, Report, Size } from './benchmark.ts';
import { machine } from './machine.ts';
import { renderReports } from './render.ts';

const loaders: Readonly<Record<string, () => Promise<{ benchmark: Benchmark }>>> = {
  start: () => import('./start/benchmark.ts'),
  query: () => import('./query/benchmark.ts'),
  compute: () => import('./compute/benchmark.ts'),
  saga: () => import('./saga/benchmark.ts'),
  rest: () => import('./rest/benchmark.ts'),
  subscribe: () => import('./subscribe/benchmark.ts'),
};

const folder = new URL('./results/', import.meta.url);

const { values, positionals } = parseArgs({ options: { size: { type: 'string', default: 'full' } }, allowPositionals: true });
const unknown = positionals.filter((name) => !Object.hasOwn(loaders, name));
if (unknown.length > 0 || !['small', 'full'].includes(values.size)) {
  console.error(`npm run bench -- [${Object.keys(loaders).join(' ')}] [--size=small|full]`);
  process.exit(2);
}

await mkdir(folder, { recursive: true });
for (const name of positionals.length > 0 ? positionals : Object.keys(loaders)) {
  const load = loaders[name];
  if (!load) continue;
  const { benchmark } = await load();
  console.log(`\n${name}: ${benchmark.measures}`);
  const tables = await benchmark.run({ size: values.size as Size, say: (line) => console.log(`  ${line}`) });
  const report: Report = {
    name,
    measures: benchmark.measures,
    at: new Date().toISOString(),
    size: values.size as Size,
    machine: machine(),
    tables,
  };
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(report, null, 2)}\n`);
}

const reports = await Promise.all(
  (await readdir(folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map(async (file): Promise<Report> => JSON.parse(await readFile(new URL(file, folder), 'utf8'))),
);
const text = renderReports(reports);
await writeFile(new URL('./results.md', import.meta.url), text);
console.log(`\n${text}`);
