import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How a line is slow, in each direction. */
export interface Slowness {
  readonly latencyMs?: number;
  readonly bytesPerSecond?: number;
}

/** Stands between a client and a server, to do what networks and ailing servers do. */
export interface TcpProxy extends AsyncDisposable {
  /** The server's address, by way of the proxy. */
  readonly url: string;
  /** Nothing goes through any more, and nobody is told: a server that was suspended, a cable that was pulled. */
  freeze(): void;
  thaw(): void;
  /** Every connection ends, and new ones too, until `mend`. */
  cut(): void;
  /** Everything goes through, and takes its time, until `mend`. */
  slowDown(slowness: Slowness): void;
  mend(): void;
  /** Like a server short of memory: what clients send over connections that carried these bytes before goes no further until `thaw`. */
  holdUploads(marker: Buffer): void;
  /** Sends these bytes to every client, as if from the server. */
  inject(bytes: Buffer): void;
}

const sliceBytes = 256;
const maxQueuedBytes = 64 * 1024;
/** How soon a line that was mended is quick again. */
const stepMs = 50;

/** Sends on what comes, at the pace of the moment, in order. */
function createLine(from: Socket, to: Socket, slowness: () => Slowness | null): (data: Buffer) => void {
  const queue: { data: Buffer; at: number }[] = [];
  let queued = 0;
  let running = false;

  async function run(): Promise<void> {
    for (let next = queue[0]; next && !to.destroyed; next = queue[0]) {
      const pace = slowness();
      const waitMs = pace ? next.at + (pace.latencyMs ?? 0) - performance.now() : 0;
      if (waitMs > 0) {
        await delay(Math.min(waitMs, stepMs));
        continue;
      }
      const slice = pace?.bytesPerSecond ? next.data.subarray(0, sliceBytes) : next.data;
      next.data = next.data.subarray(slice.length);
      if (next.data.length === 0) queue.shift();
      queued -= slice.length;
      to.write(slice);
      if (pace?.bytesPerSecond) await delay((slice.length / pace.bytesPerSecond) * 1_000);
      if (queued < maxQueuedBytes && held) {
        held = false;
        from.resume();
      }
    }
    running = false;
  }

  let held = false;
  return (data) => {
    if (!running && slowness() === null) return void to.write(data);
    queue.push({ data, at: performance.now() });
    queued += data.length;
    if (queued >= maxQueuedBytes) {
      held = true;
      from.pause();
    }
    if (running) return;
    running = true;
    void run();
  };
}

export async function createTcpProxy(target: string): Promise<TcpProxy> {
  const url = new URL(target);
  const { hostname: host, port } = url;
  const pairs = new Set<readonly [client: Socket, server: Socket]>();
  const uploads = new WeakMap<Socket, Buffer>();
  let frozen = false;
  let isCut = false;
  let slowness: Slowness | null = null;
  const destroyAll = () => {
    for (const pair of [...pairs]) for (const socket of pair) socket.destroy();
  };
  const server = createServer({ noDelay: true }, (client) => {
    if (isCut) return void client.destroy();
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
    const up = createLine(client, upstream, () => slowness);
    const down = createLine(upstream, client, () => slowness);
    let sent = Buffer.alloc(0);
    client.on('data', (data) => {
      sent = Buffer.concat([sent, data]);
      uploads.set(client, sent);
      up(data);
    });
    upstream.on('data', down);
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
    cut() {
      isCut = true;
      destroyAll();
    },
    slowDown(pace) {
      slowness = pace;
    },
    mend() {
      isCut = false;
      slowness = null;
    },
    holdUploads(marker) {
      for (const [client] of pairs) if (uploads.get(client)?.includes(marker)) client.pause();
    },
    inject(bytes) {
      for (const [client] of pairs) client.write(bytes);
    },
    async [Symbol.asyncDispose]() {
      destroyAll();
      server.close();
      await once(server, 'close');
    },
  };
}
