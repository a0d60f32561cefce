import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, to do what networks and ailing servers do. */
export interface TcpProxy extends AsyncDisposable {
  /** The server's address, by way of the proxy. */
  readonly url: string;
  /** Nothing goes through any more, and nobody is told: a cut cable, a server that was suspended. */
  freeze(): void;
  thaw(): void;
  /** Like a server short of memory: what clients send over connections that carried these bytes before goes no further until `thaw`. */
  holdUploads(marker: Buffer): void;
  /** Sends these bytes to every client, as if from the server. */
  inject(bytes: Buffer): void;
}

export async function createTcpProxy(target: string): Promise<TcpProxy> {
  const url = new URL(target);
  const { hostname: host, port } = url;
  const pairs = new Set<readonly [client: Socket, server: Socket]>();
  const uploads = new WeakMap<Socket, Buffer>();
  let frozen = false;
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host, port: Number(port), noDelay: true });
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of pair) {
      socket.on('error', end);
      socket.on('close', end);
      if (frozen) socket.pause();
    }
    let sent = Buffer.alloc(0);
    client.on('data', (data) => {
      sent = Buffer.concat([sent, data]);
      uploads.set(client, sent);
      upstream.write(data);
    });
    upstream.on('data', (data) => client.write(data));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    freeze() {
      frozen = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    thaw() {
      frozen = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    holdUploads(marker) {
      for (const [client] of pairs) if (uploads.get(client)?.includes(marker)) client.pause();
    },
    inject(bytes) {
      for (const [client] of pairs) client.write(bytes);
    },
    async [Symbol.asyncDispose]() {
      for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
