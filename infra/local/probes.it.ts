import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { probePostgres } from './postgres/probe.ts';
import { probeBroker } from './rabbitmq/probe.ts';
import { probeRedis } from './redis/choose.ts';

/** A server that treats every connection like this; its port. */
async function listen(onConnection: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as net.AddressInfo).port;
}

const web = (socket: net.Socket) => socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
const silent = (socket: net.Socket) => socket.on('data', () => undefined);

test('the broker of the tests is usable and says what it is', async () => {
  expect(await probeBroker(process.env.TEST_AMQP_URL ?? '', 5_000)).toMatchObject({
    usable: true,
    product: expect.stringMatching(/RabbitMQ|broker/),
  });
});

test('a wrong password on a broker is told from everything else', async () => {
  const url = new URL(process.env.TEST_AMQP_URL ?? '');
  url.password = 'wrong';
  expect(await probeBroker(url.href, 5_000)).toEqual({ usable: false, cause: 'user or password refused' });
});

test('the PostgreSQL of the tests is usable; a wrong password is told with its code', async () => {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  expect(await probePostgres(url.href, 5_000)).toMatchObject({ usable: true });
  url.password = '';
  url.username = 'nobody_of_this_name';
  expect(await probePostgres(url.href, 5_000)).toMatchObject({
    usable: false,
    cause: expect.stringMatching(/password required|28|does not exist/),
  });
});

test('another protocol on the port is not taken for a server', async () => {
  const port = await listen(web);
  expect(await probeBroker(`amqp://guest:guest@127.0.0.1:${port}/`, 1_500)).toEqual({
    usable: false,
    cause: 'it does not speak AMQP 0-9-1',
  });
  expect(await probePostgres(`postgres://postgres@127.0.0.1:${port}/`, 1_500)).toMatchObject({ usable: false });
  expect(await probeRedis(`redis://127.0.0.1:${port}`, 1_500)).toEqual({
    cause: 'it does not speak the protocol of Redis',
    listening: true,
  });
});

test('a port that never answers is given up in time', async () => {
  const port = await listen(silent);
  expect(await probeBroker(`amqp://guest:guest@127.0.0.1:${port}/`, 300)).toEqual({ usable: false, cause: 'it does not answer' });
  expect(await probePostgres(`postgres://postgres@127.0.0.1:${port}/`, 300)).toEqual({ usable: false, cause: 'it does not answer' });
  expect(await probeRedis(`redis://127.0.0.1:${port}`, 300)).toEqual({ cause: 'it does not answer', listening: true });
});

test('a Redis that wants a password says so, and one that answers PING is usable', async () => {
  const guarded = await listen((socket) => socket.on('data', () => socket.write('-NOAUTH Authentication required.\r\n')));
  const open = await listen((socket) => socket.on('data', () => socket.write('+PONG\r\n')));
  expect(await probeRedis(`redis://127.0.0.1:${guarded}`, 1_500)).toEqual({ cause: 'password required', listening: true });
  expect(await probeRedis(`redis://127.0.0.1:${open}`, 1_500)).toBe('usable');
});
