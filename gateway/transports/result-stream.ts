import type { FastifyReply } from 'fastify';
import type { GraphQLError } from 'graphql';

/** A response that carries the results of one operation as they come. */
export interface ResultStream {
  /** Sends the JSON text of an execution result; false while the connection is congested, until `onDrain` is called. */
  next(text: string, cursor?: string): boolean;
  /** Tells that everything up to the cursor is there. */
  mark(cursor: string): void;
  /** Ends with the error that ended the operation. */
  fail(error: GraphQLError): void;
  complete(): void;
  /** Ends, and asks the client to come back after a while. */
  retryLater(waitMs: number): void;
  /** Ends: the credential that it was begun with counts no more. Who comes back is answered why. */
  revoke(): void;
}

/** Takes the response over and begins the stream. `onClose` is called once, however it ends. */
export type OpenResultStream = (reply: FastifyReply, events: { onDrain: () => void; onClose: () => void; marks: boolean }) => ResultStream;

/** So often something is sent, so that proxies keep the connection and a client that is gone is noticed. */
const heartbeatMs = 10_000;

/** The response itself: sent bit by bit, with heartbeats. */
export function openResponse(
  reply: FastifyReply,
  { contentType, begin, heartbeat }: { contentType: string; begin: string; heartbeat: string },
  { onDrain, onClose }: { onDrain: () => void; onClose: () => void },
) {
  reply.headers({
    'content-type': contentType,
    'cache-control': 'no-cache, no-transform',
    // Proxies must not collect events before they pass them on.
    'x-accel-buffering': 'no',
  });
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, reply.getHeaders() as Record<string, string>);
  raw.write(begin);
  raw.socket?.setNoDelay(true);
  const timer = setInterval(() => {
    // One that does not read would only be given more to read.
    if (!raw.writableNeedDrain) raw.write(heartbeat);
  }, heartbeatMs);
  raw.on('drain', onDrain);
  raw.once('close', () => {
    clearInterval(timer);
    onClose();
  });
  const isOpen = () => !raw.writableEnded && !raw.destroyed;
  return {
    /** True where there is room for more, or nobody to send it to. */
    write: (text: string) => !isOpen() || raw.write(text),
    end(text = '') {
      if (isOpen()) raw.end(text);
    },
  };
}

/** Clients are told to come back after a wait between these, so that they do not all come at once. */
const minRetryMs = 500;
const maxRetryMs = 3_000;

export function retryWaitMs(): number {
  return Math.round(minRetryMs + Math.random() * (maxRetryMs - minRetryMs));
}
