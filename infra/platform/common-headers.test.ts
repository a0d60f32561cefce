import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createCommonHeaders } from './common-headers.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function answered(answer: RequestListener): Promise<Headers> {
  const headers = createCommonHeaders({ 'x-asked': ({ url }) => url ?? '' });
  headers.add({ 'x-frame-options': 'DENY', 'x-instance-id': 'one' });
  const server = createServer((request, response) => {
    headers.putOn(response);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).headers;
}
const ofAll = (headers: Headers) => [headers.get('x-frame-options'), headers.get('x-instance-id'), headers.get('x-asked')];

test.each<[string, RequestListener]>([
  ['whose headers are given with its head', (_, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('x')],
  ['whose headers are given as a list', (_, response) => response.writeHead(200, ['content-type', 'text/plain']).end('x')],
  ['whose head has words of its own', (_, response) => response.writeHead(200, 'Fine', { 'content-type': 'text/plain' }).end('x')],
  ['whose headers were set one by one', (_, response) => response.setHeader('content-type', 'text/plain').end('x')],
  [
    'whose headers were set and given',
    (_, response) => response.setHeader('x-other', '1').writeHead(200, { 'content-type': 'text/plain' }).end('x'),
  ],
])('an answer %s carries them beside its own', async (_, answer) => {
  const headers = await answered(answer);
  expect([...ofAll(headers), headers.get('content-type')]).toEqual(['DENY', 'one', '/', 'text/plain']);
});

test('an answer without headers carries them', async () => {
  expect(ofAll(await answered((_, response) => response.writeHead(204).end()))).toEqual(['DENY', 'one', '/']);
});

test.each<[string, RequestListener]>([
  ['given', (_, response) => response.writeHead(200, { 'x-frame-options': 'SAMEORIGIN' }).end()],
  ['given as a list', (_, response) => response.writeHead(200, ['x-frame-options', 'SAMEORIGIN']).end()],
  ['set', (_, response) => response.setHeader('X-Frame-Options', 'SAMEORIGIN').end()],
  ['set, with others given', (_, response) => response.setHeader('X-Frame-Options', 'SAMEORIGIN').writeHead(200, { 'x-other': '1' }).end()],
])('one of the same name that was %s counts instead, once', async (_, answer) => {
  expect(ofAll(await answered(answer))).toEqual(['SAMEORIGIN', 'one', '/']);
});

test.each<[string, RequestListener]>([
  ['given', (_, response) => response.writeHead(200, { 'x-asked': 'otherwise' }).end()],
  ['set', (_, response) => response.setHeader('X-Asked', 'otherwise').end()],
])('one that has another value on each answer is the answer’s own where it was %s, once', async (_, answer) => {
  expect(ofAll(await answered(answer))).toEqual(['DENY', 'one', 'otherwise']);
});

test('several values of one header stay several', async () => {
  const headers = await answered((_, response) => response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end());
  expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test('a header that no answer could have is refused', () => {
  const headers = createCommonHeaders({});
  expect(() => headers.add({ 'x-frame-options': 'DENY\r\nset-cookie: a=1' })).toThrow('x-frame-options');
  expect(() => headers.add({ 'x frame': 'DENY' })).toThrow('x frame');
});
