import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSessionFile, type SessionFile, type StoredSession } from './session-file.ts';
import { loginCredential, signIn, signOut } from './sign-in.ts';

let server: Server;
let url: URL;
let folder: string;
let file: SessionFile;
let asked: Record<string, unknown>[];
let answers: object[];

beforeEach(async () => {
  [asked, answers] = [[], []];
  server = createServer(async (request, response) => {
    asked.push(JSON.parse(await text(request)).variables);
    response.end(JSON.stringify(answers.shift() ?? { errors: [{ message: 'nothing was expected' }] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  folder = await mkdtemp(path.join(tmpdir(), `comptoir-${process.pid}-cli-`));
  file = createSessionFile(folder);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await rm(folder, { recursive: true, force: true });
});

const inMinutes = (minutes: number) => Date.now() + minutes * 60_000;
const stored = (name: string, minutes: number): StoredSession => ({
  login: 'ada',
  accessToken: `access-${name}`,
  accessExpiresAt: inMinutes(minutes),
  refreshToken: `refresh-${name}`,
  refreshExpiresAt: inMinutes(1_000),
});
const signedIn = (name: string, minutes = 10) => ({
  __typename: 'SignedIn',
  accessToken: `access-${name}`,
  accessExpiresAt: new Date(inMinutes(minutes)).toISOString(),
  refreshToken: `refresh-${name}`,
  refreshExpiresAt: new Date(inMinutes(1_000)).toISOString(),
  consumer: { id: 'staff:1' },
});

test('a token that lasts is shown as it is; one near its end is renewed once, whoever asks', async () => {
  await file.write(url.origin, stored('one', 5));
  expect(await loginCredential(url, file, stored('one', 5)).current()).toBe('access-one');
  await file.write(url.origin, stored('one', 0.5));
  answers.push({ data: { refresh: signedIn('two') } });
  const here = loginCredential(url, file, stored('one', 0.5));
  const there = loginCredential(url, createSessionFile(folder), stored('one', 0.5));
  expect(await Promise.all([here.current(), here.current(), there.current()])).toEqual(['access-two', 'access-two', 'access-two']);
  expect(asked).toEqual([{ refreshToken: 'refresh-one' }]);
  expect(await file.read(url.origin)).toMatchObject({ login: 'ada', refreshToken: 'refresh-two' });
});

test('where this machine’s clock is ahead, a token just taken is not renewed again and again', async () => {
  await file.write(url.origin, stored('one', -20));
  answers.push({ data: { refresh: signedIn('two', -10) } });
  const credential = loginCredential(url, file, stored('one', -20));
  expect([await credential.current(), await credential.current()]).toEqual(['access-two', 'access-two']);
  expect(asked.length).toBe(1);
});

test('a token that the gateway did not take is followed by another, which may be there already', async () => {
  await file.write(url.origin, stored('two', 5));
  const credential = loginCredential(url, file, stored('one', 5));
  expect(await credential.next('access-one')).toBe('access-two');
  answers.push({ data: { refresh: signedIn('three') } });
  expect(await credential.next('access-two')).toBe('access-three');
  expect(asked).toEqual([{ refreshToken: 'refresh-two' }]);
});

test('a sign-in that is over is said so, and kept, so that nobody goes on as somebody else', async () => {
  await file.write(url.origin, stored('one', 0));
  answers.push({ data: { refresh: { __typename: 'SessionEnded', message: 'The session has ended.' } } });
  await expect(loginCredential(url, file, stored('one', 0)).current()).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringContaining('The session has ended.'),
    hint: expect.stringContaining('comptoir login'),
  });
  expect(await file.read(url.origin)).not.toBeNull();
  await file.write(url.origin, null);
  await expect(loginCredential(url, file, stored('one', 0)).current()).rejects.toThrow('Signed out');
});

test('who signs in again ends the sign-in of before; who signs out is forgotten though the gateway is not told', async () => {
  await file.write(url.origin, stored('old', 5));
  answers.push({ data: { login: signedIn('new') } }, { data: { logout: { ended: true } } });
  await signIn(url, file, 'bob', 'secret');
  expect(asked).toEqual([{ login: 'bob', password: 'secret' }, { refreshToken: 'refresh-old' }]);
  expect(await file.read(url.origin)).toMatchObject({ login: 'bob', refreshToken: 'refresh-new' });
  answers.push({ errors: [{ message: 'A needed part is down' }] });
  await expect(signOut(url, file)).rejects.toThrow(/Signed out here.*A needed part is down/);
  expect(await file.read(url.origin)).toBeNull();
  expect(await signOut(url, file)).toBeNull();
});
