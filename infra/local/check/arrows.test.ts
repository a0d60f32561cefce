import { expect, test } from 'vitest';
import { type Folder, wrongImportsOf } from './arrows.ts';
import { importsOf } from './imports.ts';
import { isPermissive, licenceFaults, lockFaults } from './lock.ts';
import { tracesIn } from './machine-traces.ts';

const folder = (place: string, name: string, dependencies: Record<string, string> = {}): Folder => ({
  place,
  manifest: { name, dependencies },
});
const folders: Folder[] = [
  folder('schema', '@comptoir/schema'),
  folder('infra/platform', '@comptoir/platform', { '@comptoir/schema': '0.1.0' }),
  folder('gateway', '@comptoir/gateway', { '@comptoir/platform': '0.1.0', '@comptoir/compute': '0.1.0' }),
  folder('subgraphs/compute', '@comptoir/compute', { '@comptoir/platform': '0.1.0' }),
];

test('imports along the arrows are right', () => {
  expect(
    wrongImportsOf('gateway/a.ts', "import { x } from '@comptoir/platform/log.ts';\nimport fs from 'node:fs';\nimport './b.ts';", folders),
  ).toEqual([]);
});

test('an import against the arrows is named with its line, dynamic ones too', () => {
  const source = "import a from './a.ts';\n\nconst b = await import('@comptoir/compute/service.ts');";
  expect(wrongImportsOf('gateway/a.ts', source, folders)).toEqual([
    'gateway/a.ts:3: gateway may not import from subgraphs/compute (@comptoir/compute/service.ts)',
  ]);
});

test('a relative import may not leave its folder', () => {
  expect(wrongImportsOf('subgraphs/compute/a.ts', "export * from '../../gateway/b.ts';", folders)[0]).toContain(
    'outside subgraphs/compute',
  );
});

test('a package that package.json does not name is missed', () => {
  expect(wrongImportsOf('gateway/a.ts', "import type { Pool } from 'pg';", folders)).toEqual([
    'gateway/a.ts:1: pg is not among the dependencies of gateway/package.json',
  ]);
});

test('imports over several lines and for their effect are found, words in texts are not', () => {
  const source = "import {\n  a,\n  b,\n} from 'one';\nimport 'two';\nconst text = 'taken from \"three\"';\n// import x from 'four';\n";
  expect(importsOf(source)).toEqual([
    { specifier: 'one', line: 4 },
    { specifier: 'two', line: 5 },
  ]);
});

test('a lock entry without version or with an address is a fault', () => {
  expect(lockFaults('lock', { 'node_modules/a': { integrity: 'x', resolved: 'https://somewhere/' } })).toEqual([
    'lock: node_modules/a has no version',
    'lock: node_modules/a names where it was downloaded from',
  ]);
});

test('copyleft is refused in what runs, and the gateway’s own licence is for the gateway’s packages only', () => {
  const entry = (license: string, more = {}) => ({ version: '1.0.0', integrity: 'x', license, ...more });
  const lock = {
    'node_modules/free': entry('(MIT OR GPL-3.0)'),
    'node_modules/left': entry('AGPL-3.0'),
    'node_modules/tool': entry('AGPL-3.0', { dev: true }),
    'node_modules/@apollo/gateway': entry('Elastic-2.0'),
    'node_modules/other': entry('Elastic-2.0'),
  };
  expect(licenceFaults('lock', lock)).toEqual(['lock: left is under AGPL-3.0', 'lock: other is under Elastic-2.0']);
  expect([isPermissive('MIT AND GPL-2.0'), isPermissive('(MIT AND Zlib)'), isPermissive(undefined)]).toEqual([false, true, false]);
});

test('paths of a machine are found with their line', () => {
  const home = ['', 'home', 'anna', 'src'].join('/');
  expect(tracesIn('a.md', `fine\nsee ${home}/x`, [])).toEqual([expect.stringMatching(/^a\.md:2: names /)]);
  expect(tracesIn('a.md', 'see /srv/clone/x', ['/srv/clone'])).toEqual(['a.md:1: names /srv/clone']);
});
