import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { renderScreen, type ScreenInput } from './screen.ts';

const input: ScreenInput = {
  url: 'http://localhost:4001',
  takenPort: 4000,
  demo: true,
  production: false,
  database: ['embedded PostgreSQL 18', 'PostgreSQL on 5432 not used (password required); set DATABASE_URL to use it'],
  broker: ['development broker'],
  cache: ['in the memory of the gateway'],
  processes: ['system', 'worker_add_1'],
  logFolder: '.data/logs',
  seconds: 1.25,
};

test('the last line says where it is ready, and nothing comes after it', () => {
  expect(renderScreen(input).split('\n').at(-1)).toBe('Comptoir is ready: http://localhost:4001');
});

test('addresses, keys, servers, why one was not used, and the port that was taken are all on it', () => {
  const screen = stripVTControlCharacters(renderScreen(input));
  for (const part of [
    'http://localhost:4001/graphql',
    '/explorer',
    '/docs',
    'admin-key-12345',
    'gerante   comptoir-demo-2  MANAGER, PIN 2580',
    'Port 4000 is taken',
    'password required',
    'Ctrl-C',
  ]) {
    expect(screen).toContain(part);
  }
});

test('in production there is no explorer to go to', () => {
  expect(renderScreen({ ...input, production: true })).not.toContain('explorer');
});

test('without the demo there are no keys and no passwords to show', () => {
  expect(renderScreen({ ...input, demo: false })).not.toContain('comptoir-demo');
  expect(renderScreen({ ...input, demo: false })).not.toContain('key-');
});
