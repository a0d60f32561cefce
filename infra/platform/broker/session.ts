import type { Socket } from 'node:net';
import { type ChannelModel, connect } from 'amqplib';
import type { Log } from '../log.ts';

const connectTimeoutMs = 10_000;
const heartbeatSeconds = 10;
const closeTimeoutMs = 2_000;
export const rpcTimeoutMs = 10_000;

/** One connection from its opening to its loss. */
export interface Session {
  readonly model: ChannelModel;
  /** Settles once, with the reason, when the connection is gone; never rejects. */
  readonly lost: Promise<Error>;
  isLost(): boolean;
  /** Waits for the broker's answer to a call; no answer within 10 s loses the connection, for it is as good as dead. */
  rpc<T>(what: string, call: () => Promise<T>): Promise<T>;
  product(): string;
  /** Orderly within 2 s, else by force. */
  close(): Promise<void>;
}

const destroy = (model: ChannelModel) => (model.connection as unknown as { stream: Socket }).stream.destroy();

/** Settles with the promise, or rejects when the time is up. */
export async function bounded<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error(`${what} took longer than ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([promise, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects as soon as the signal aborts. */
export async function openSession({
  url,
  name,
  log,
  signal,
}: {
  url: string;
  name: string;
  log: Log;
  signal: AbortSignal;
}): Promise<Session> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(heartbeatSeconds));
  const connecting = connect(address.href, {
    noDelay: true,
    keepAlive: true,
    timeout: connectTimeoutMs,
    clientProperties: { connection_name: name },
  });
  let model: ChannelModel;
  try {
    model = await bounded(Promise.race([connecting, aborted.promise]), connectTimeoutMs + 1_000, 'connecting to the broker');
  } catch (error) {
    connecting.then(destroy, () => undefined); // it may still come, too late
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }

  const { promise: lost, resolve } = Promise.withResolvers<Error>();
  let gone = false;
  const lose = (reason: Error) => {
    if (gone) return;
    gone = true;
    destroy(model);
    resolve(reason);
  };
  model.on('error', lose);
  model.on('close', (reason?: Error) => lose(reason ?? new Error('The connection was closed')));
  model.on('handler-error', (error: Error, event: string) =>
    log.error({ event: 'broker_listener_failed', err: error, of: event }, 'a listener threw'),
  );

  return {
    model,
    lost,
    isLost: () => gone,
    async rpc(what, call) {
      if (gone) throw await lost;
      const answer = call();
      try {
        return await bounded(Promise.race([answer, lost.then((reason) => Promise.reject(reason))]), rpcTimeoutMs, what);
      } catch (error) {
        if (error instanceof Error && error.message.startsWith(`${what} took longer`)) lose(error);
        throw error;
      }
    },
    product() {
      const { product, version } = model.connection.serverProperties;
      return `${product} ${version}`;
    },
    async close() {
      if (gone) return;
      try {
        await bounded(Promise.race([model.close(), lost]), closeTimeoutMs, 'closing the connection');
      } catch (error) {
        log.debug({ event: 'broker_close_forced', err: error }, 'connection closed by force');
      }
      lose(new Error('The connection was closed'));
    },
  };
}
