import { expect, test } from 'vitest';
import { satisfies } from './installed.mjs';
import { isNewEnough } from './node-runtime.mjs';

const here = { platform: 'linux', arch: 'x64' };
const entry = (more = {}) => ({ version: '1.0.0', integrity: 'sha512-a', ...more });
const lock = (packages) => ({ packages: { '': {}, schema: {}, 'node_modules/@comptoir/schema': { link: true }, ...packages } });

test('the same version with the same integrity is installed', () => {
  expect(satisfies(lock({ 'node_modules/a': entry() }), { packages: { 'node_modules/a': entry() } }, 'all', here)).toBe(true);
  expect(satisfies(lock({ 'node_modules/a': entry() }), { packages: {} }, 'all', here)).toBe(false);
  expect(
    satisfies(lock({ 'node_modules/a': entry() }), { packages: { 'node_modules/a': entry({ integrity: 'sha512-b' }) } }, 'all', here),
  ).toBe(false);
});

test('what only develops may be missing for a start, not for a test', () => {
  const wanted = lock({ 'node_modules/a': entry({ dev: true }) });
  expect(satisfies(wanted, { packages: {} }, 'production', here)).toBe(true);
  expect(satisfies(wanted, { packages: {} }, 'all', here)).toBe(false);
});

test('what is for other machines may be missing, what is for this one may not', () => {
  const wanted = lock({
    'node_modules/pg-linux': entry({ optional: true, os: ['linux'], cpu: ['x64'] }),
    'node_modules/pg-mac': entry({ optional: true, os: ['darwin'], cpu: ['arm64'] }),
  });
  expect(satisfies(wanted, { packages: { 'node_modules/pg-linux': entry() } }, 'all', here)).toBe(true);
  expect(satisfies(wanted, { packages: {} }, 'all', here)).toBe(false);
});

test.each([
  ['18.20.0', false],
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['23.5.0', false],
  ['23.6.0', true],
  ['24.0.0', true],
])('Node %s runs the sources as they are: %s', (version, answer) => {
  expect(isNewEnough(version)).toBe(answer);
});
