import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changedSources, changeSource, type SourceChange } from './source-change.ts';

const modulesIn = (folder: string) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => new URL(`${folder}${file}`, import.meta.url).href);

/** Everything that is loaded to change sources; what else is in the folder has no `changes`. */
const files = [...modulesIn('../mutants/'), ...modulesIn('./').filter((file) => !/(change-sources|interposer)\.ts$/.test(file))];

test('every change of a fault test fits the sources as they are', async () => {
  const found = await Promise.all(files.map(async (file) => ((await import(file)) as { changes?: readonly SourceChange[] }).changes ?? []));
  expect(found.filter((changes) => changes.length > 0).length).toBeGreaterThanOrEqual(12);
  for (const changes of found) expect([...changedSources(changes).values()]).not.toContain('');
});

test('a change whose text is missing, or there twice, is refused', () => {
  const change = { module: 'a.ts', text: 'x', replacement: '$&y' };
  expect(changeSource('1 x 2', change)).toBe('1 $&y 2');
  expect(() => changeSource('1 2', change)).toThrow('a.ts has the text of a change 0 times');
  expect(() => changeSource('x x', change)).toThrow('a.ts has the text of a change 2 times');
});
