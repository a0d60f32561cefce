/** graphql-transport-ws as PROTOCOL.md of graphql-ws has it, on a bare `ws` socket. */
import { once } from 'node:events';
import { parse } from 'graphql';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createHealth } from './health.ts';
import { createHttpServer } from './http.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createSubgraphOf } from './subgraph.ts';
import { attachWebSocket } from './websocket.ts';

async function startSubgraph() {
  const subgraph = createSubgraphOf(parse('type Query { a: Int } type Subscription { quiet: Int }'), {
    name: 'test',
    host: '127.0.0.1',
    port: 0,
    secret: null,
    log: createLog({ service: 'test', level: 'silent' }),
    metrics: createMetrics({ service: 'test', instanceId: 'i1', processMetrics: false }),
    health: createHealth(),
    context: () => ({}),
    resolvers: {
      Query: { a: () => 1 },
      Subscription: { quiet: { subscribe: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) }) } },
    },
  });
  await subgraph.start();
  const sockets: WebSocket[] = [];

  async function open(protocols: string[] = ['graphql-transport-ws'], path = '') {
    const socket = new WebSocket(subgraph.url().replace('http', 'ws') + path, protocols);
    sockets.push(socket);
    const inbox: unknown[] = [];
    const wanted: ((message: unknown) => void)[] = [];
    socket.on('message', (data) => {
      const message: unknown = JSON.parse(String(data));
      const take = wanted.shift();
      if (take) take(message);
      else inbox.push(message);
    });
    const closed = once(socket, 'close').then(([code, reason]) => ({ code: code as number, reason: String(reason) }));
    await once(socket, 'open');
    return {
      socket,
      closed,
      inbox,
      send: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
      next: () => (inbox.length > 0 ? Promise.resolve(inbox.shift()) : new Promise((resolve) => wanted.push(resolve))),
    };
  }

  async function connected() {
    const peer = await open();
    peer.send({ type: 'connection_init' });
    expect(await peer.next()).toEqual({ type: 'connection_ack' });
    return peer;
  }

  return {
    open,
    connected,
    url: subgraph.url(),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate();
      await subgraph.stop();
    },
  };
}

const quiet = { id: '1', type: 'subscribe', payload: { query: 'subscription { quiet }' } };

describe('a socket', () => {
  it('is let go with 4406 without the subprotocol', async () => {
    await using test = await startSubgraph();
    expect((await (await test.open([])).closed).code).toBe(4406);
  });

  it('is let go with 4408 when it says nothing for 3 seconds', async () => {
    await using test = await startSubgraph();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const peer = await test.open();
    await vi.advanceTimersByTimeAsync(2_999);
    // An answer to a ping comes after whatever was sent before.
    peer.send({ type: 'ping' });
    expect([await peer.next(), peer.socket.readyState]).toEqual([{ type: 'pong' }, WebSocket.OPEN]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await peer.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  it.each(['not json', '{}', '{"type":"what"}', '{"type":"subscribe"}', '{"type":"subscribe","id":"1","payload":{}}', '[]', 'null'])(
    'is let go with 4400 when it sends %s',
    async (message) => {
      await using test = await startSubgraph();
      const peer = await test.connected();
      peer.send(message);
      expect((await peer.closed).code).toBe(4400);
    },
  );

  it('is let go with 4401 when it subscribes before it was acknowledged', async () => {
    await using test = await startSubgraph();
    const peer = await test.open();
    peer.send(quiet);
    expect((await peer.closed).code).toBe(4401);
  });

  it('is let go with 4409 when it uses an id twice', async () => {
    await using test = await startSubgraph();
    const peer = await test.connected();
    peer.send(quiet);
    peer.send(quiet);
    expect(await peer.closed).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' });
  });

  it('is let go with 4429 when it begins twice', async () => {
    await using test = await startSubgraph();
    const peer = await test.connected();
    peer.send({ type: 'connection_init' });
    expect((await peer.closed).code).toBe(4429);
  });

  it('is let go with 1009 when a message is larger than 1 MB', async () => {
    await using test = await startSubgraph();
    const peer = await test.connected();
    peer.send('x'.repeat(1_048_577));
    expect((await peer.closed).code).toBe(1009);
  });

  it('has its pings answered with their payload, before and after it began', async () => {
    await using test = await startSubgraph();
    const peer = await test.open();
    peer.send({ type: 'ping', payload: { n: 1 } });
    expect(await peer.next()).toEqual({ type: 'pong', payload: { n: 1 } });
    peer.send({ type: 'connection_init' });
    expect(await peer.next()).toEqual({ type: 'connection_ack' });
    peer.send({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
  });

  it('may use an id again after it completed the operation, and gets no complete for what it completed itself', async () => {
    await using test = await startSubgraph();
    const peer = await test.connected();
    peer.send(quiet);
    peer.send({ id: '1', type: 'complete' });
    peer.send({ id: '1', type: 'subscribe', payload: { query: '{ a }' } });
    expect(await peer.next()).toEqual({ id: '1', type: 'next', payload: { data: { a: 1 } } });
    expect(await peer.next()).toEqual({ id: '1', type: 'complete' });
    expect(peer.inbox).toEqual([]);
  });

  it('gets no complete after an error', async () => {
    await using test = await startSubgraph();
    const peer = await test.connected();
    peer.send({ id: '1', type: 'subscribe', payload: { query: '{ nothing }' } });
    expect(await peer.next()).toMatchObject({ id: '1', type: 'error', payload: [{ message: expect.any(String) }] });
    peer.send({ type: 'ping' });
    expect(await peer.next()).toEqual({ type: 'pong' });
  });

  it('carries operations that are independent of each other, and releases one that was completed while it began', async () => {
    await using test = await startSubgraph();
    const peer = await test.connected();
    peer.send(quiet);
    peer.send({ id: '1', type: 'complete' });
    peer.send({ ...quiet, id: '2' });
    peer.send({ id: '3', type: 'subscribe', payload: { query: 'subscription { unknown }' } });
    expect(await peer.next()).toMatchObject({ id: '3', type: 'error' });
    peer.send({ id: '4', type: 'subscribe', payload: { query: '{ a }' } });
    expect(await peer.next()).toEqual({ id: '4', type: 'next', payload: { data: { a: 1 } } });
    expect(await peer.next()).toEqual({ id: '4', type: 'complete' });
    expect(peer.socket.readyState).toBe(peer.socket.OPEN);
  });

  it('is told what is wrong with its cursor, and of a field that cannot go on after one', async () => {
    await using test = await startSubgraph();
    const peer = await test.connected();
    for (const [cursor, code] of [
      [5, 'CURSOR_INVALID'],
      ['x'.repeat(201), 'CURSOR_INVALID'],
      ['x', 'CURSOR_EXPIRED'],
    ]) {
      peer.send({ id: '1', type: 'subscribe', payload: { query: 'subscription { quiet }', extensions: { cursor } } });
      expect(JSON.stringify(await peer.next())).toContain(`"code":"${code}"`);
      expect(await peer.next()).toEqual({ id: '1', type: 'complete' });
    }
  });

  it('is refused on another path with 404', async () => {
    await using test = await startSubgraph();
    const socket = new WebSocket(`${test.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('404');
  });
});

describe('liveness', () => {
  it('cuts a socket that does not answer a ping, and keeps one that does', async () => {
    const log = createLog({ service: 'test', level: 'silent' });
    const metrics = createMetrics({ service: 'test', instanceId: 'i1', processMetrics: false });
    const http = createHttpServer({ name: 'test', host: '127.0.0.1', port: 0, log, metrics, health: createHealth() });
    const endpoint = attachWebSocket({ http, path: '/graphql', protocol: { connectionInitWaitTimeout: 0 }, log, metrics, livenessMs: 100 });
    await http.start();
    const connect = (autoPong: boolean) =>
      new WebSocket(`${http.address().url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { autoPong });
    const [mute, alive] = [connect(false), connect(true)];
    try {
      const pinged = Promise.all([1, 2, 3].map(() => once(alive, 'ping')));
      const [code] = (await once(mute, 'close')) as [number];
      expect(code).toBe(1006);
      await pinged;
      await once(alive, 'ping');
      expect([alive.readyState, endpoint.clients()]).toEqual([WebSocket.OPEN, 1]);
    } finally {
      mute.terminate();
      await http.stop();
    }
  });
});
