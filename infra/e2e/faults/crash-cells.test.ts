import { readFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryFiles } from '@comptoir/local/check/tracked-files.ts';
import { root } from '@comptoir/local/places.ts';
import { expect, test } from 'vitest';
import { cells, failpointOf } from './crash-cells.ts';

test('every failpoint of the source is in the crash matrix, and nothing else is', async () => {
  const sources = (await repositoryFiles()).filter(
    (file) => /^(infra\/platform|subgraphs)\/.*\.ts$/.test(file) && !/\.(test|it)\.ts$/.test(file),
  );
  const named = sources.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bfailpoint\(\s*'([^']+)'/g)].map(([, name]) => name),
  );
  expect([...new Set(cells.map(({ failpoint }) => failpoint))].toSorted()).toEqual([...new Set(named)].toSorted());
});

test('no cell is in the crash matrix twice, and there are at least 120', () => {
  const names = cells.map(({ victim, step, course, ...cell }) =>
    [victim, step, course, failpointOf({ victim, step, course, ...cell }, 'saga')].join(' '),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(120);
});
