import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '../failure.ts';
import { configFolder, createSessionFile, type StoredSession } from './session-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), `comptoir-${process.pid}-cli-`));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const session = (login: string): StoredSession => ({
  login,
  accessToken: 'access',
  accessExpiresAt: 1,
  refreshToken: 'refresh',
  refreshExpiresAt: 2,
});
const here = 'http://localhost:4000';
const there = 'https://comptoir.example';

test('each gateway has a sign-in of its own, in a file that nobody else can read', async () => {
  const file = createSessionFile(path.join(folder, 'comptoir'));
  expect(await file.read(here)).toBeNull();
  await file.write(here, session('ada'));
  await file.write(there, session('bob'));
  expect([await file.read(here), await file.read(there)]).toEqual([session('ada'), session('bob')]);
  expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  expect((await stat(path.dirname(file.path))).mode & 0o777).toBe(0o700);
  await file.write(here, null);
  expect([await file.read(here), await file.read(there)]).toEqual([null, session('bob')]);
  expect(await readdir(path.dirname(file.path))).toEqual(['sessions.json']);
});

test('a file that others could read is closed to them by the next write', async () => {
  const file = createSessionFile(folder);
  await file.write(here, session('ada'));
  await chmod(file.path, 0o644);
  await file.write(here, session('ada'));
  expect((await stat(file.path)).mode & 0o777).toBe(0o600);
});

test('one command after the other: no change is lost', async () => {
  const file = createSessionFile(folder);
  const origins = Array.from({ length: 12 }, (_, index) => `http://localhost:${index}`);
  await Promise.all(origins.map((origin) => createSessionFile(folder).alone(() => file.write(origin, session(origin)))));
  expect((await Promise.all(origins.map((origin) => file.read(origin)))).map((found) => found?.login)).toEqual(origins);
});

test.each(['', '[]', '{"http://localhost:4000":{}}', '{"http://localhost:4000":{"login":"ada","accessToken":1}}'])(
  'a file that holds %j is told of, with what to do',
  async (text) => {
    const file = createSessionFile(folder);
    await writeFile(file.path, text);
    await expect(file.read(here)).rejects.toThrow(UsageError);
    await expect(file.read(here)).rejects.toThrow(/delete it, then sign in again/);
  },
);

test('the folder is where the user wants it', () => {
  expect(configFolder({ XDG_CONFIG_HOME: '/houses/ada/xdg' }, 'linux')).toBe('/houses/ada/xdg/comptoir');
  expect(configFolder({ XDG_CONFIG_HOME: 'relative' }, 'linux')).toMatch(/\.config\/comptoir$/);
  expect(configFolder({ APPDATA: '/users/ada/AppData' }, 'win32')).toBe('/users/ada/AppData/comptoir');
});
