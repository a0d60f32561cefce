import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { emptyTable } from '../wire/field-table.ts';
import { encodeFrame, encodeMethodFrame, type Frame, FrameReader, protocolHeader } from '../wire/frames.ts';
import type { Method, MethodName } from '../wire/method-specs.ts';
import { decodeMethod } from '../wire/methods.ts';
import type { BrokerUnderTest } from './brokers.ts';
import { bounded } from './rig.ts';

/** Speaks frames, also wrong ones. */
export interface RawClient extends Disposable {
  readonly socket: Socket;
  write(bytes: Uint8Array): void;
  sendMethod(channel: number, method: Method): void;
  sendFrame(type: Frame['type'], channel: number, payload: Uint8Array): void;
  /** The next frame, whatever it is. */
  frame(): Promise<Frame>;
  /** The next method of this name; others before it are passed over. */
  expect<N extends MethodName>(name: N): Promise<Method<N>>;
  /** Bytes that came instead of frames. */
  bytes(length: number): Promise<Buffer>;
  /** Resolves when the broker has closed the socket. */
  readonly ended: Promise<void>;
}

export async function openRawClient({ host, port }: BrokerUnderTest): Promise<RawClient> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  const reader = new FrameReader(1024 * 1024);
  let wake: () => void = () => undefined;
  socket.on('data', (chunk) => {
    reader.push(chunk);
    wake();
  });
  // A broker that drops us may reset the connection: that is an end like another.
  socket.on('error', () => undefined);
  const ended = bounded<void>('the end of the connection', (resolve) => socket.once('close', () => resolve()));
  ended.catch(() => undefined);

  async function arrival<T>(what: string, take: () => T | undefined): Promise<T> {
    return bounded<T>(what, (resolve) => {
      wake = () => {
        const item = take();
        if (item === undefined) return;
        wake = () => undefined;
        resolve(item);
      };
      wake();
    });
  }

  const frame = () => arrival('a frame', () => reader.next());
  return {
    socket,
    ended,
    frame,
    write: (bytes) => void socket.write(bytes),
    sendMethod: (channel, method) => void socket.write(encodeMethodFrame(channel, method)),
    sendFrame: (type, channel, payload) => void socket.write(encodeFrame(type, channel, payload)),
    bytes: (length) => arrival(`${length} bytes`, () => reader.take(length)),
    async expect<N extends MethodName>(name: N): Promise<Method<N>> {
      for (;;) {
        const next = await frame();
        if (next.type !== 'method') continue;
        const method = decodeMethod(next.payload);
        if (method.name === name) return method as Method<N>;
      }
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

export interface RawTuning {
  readonly frameMax?: number;
  readonly channelMax?: number;
  readonly heartbeat?: number;
}

/** A client that has got as far as `connection.tune-ok`; what follows is up to the test. */
export async function openTunedClient(
  broker: BrokerUnderTest,
  { frameMax = 131_072, channelMax = 2047, heartbeat = 0 }: RawTuning = {},
): Promise<RawClient> {
  const client = await openRawClient(broker);
  client.write(protocolHeader);
  await client.expect('connection.start');
  client.sendMethod(0, {
    name: 'connection.start-ok',
    clientProperties: emptyTable,
    mechanism: 'PLAIN',
    response: Buffer.from('\0guest\0guest'),
    locale: 'en_US',
  });
  await client.expect('connection.tune');
  client.sendMethod(0, { name: 'connection.tune-ok', channelMax, frameMax, heartbeat });
  return client;
}

/** A client with channel 1 open. */
export async function openRawChannel(broker: BrokerUnderTest, tuning?: RawTuning): Promise<RawClient> {
  const client = await openTunedClient(broker, tuning);
  client.sendMethod(0, { name: 'connection.open', virtualHost: broker.vhost });
  await client.expect('connection.open-ok');
  client.sendMethod(1, { name: 'channel.open' });
  await client.expect('channel.open-ok');
  return client;
}
