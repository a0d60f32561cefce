import type { FastifyReply } from 'fastify';

/** So often something is sent, so that proxies keep the connection and a client that is gone is noticed. */
const heartbeatMs = 10_000;

/** A response of server-sent events. */
export interface EventStream {
  /** False while the connection is congested, until `onDrain` is called. */
  send(event: 'next' | 'complete', data: string): boolean;
  /** Tells the client when to come back, and ends. */
  retryLater(waitMs: number): void;
  end(): void;
}

/** Takes the response over and begins the stream. `onClose` is called once, however it ends. */
export function openEventStream(reply: FastifyReply, { onDrain, onClose }: { onDrain: () => void; onClose: () => void }): EventStream {
  reply.headers({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    // Proxies must not collect events before they pass them on.
    'x-accel-buffering': 'no',
  });
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, reply.getHeaders() as Record<string, string>);
  raw.write(':\n\n');
  raw.socket?.setNoDelay(true);
  const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs);
  raw.on('drain', onDrain);
  raw.once('close', () => {
    clearInterval(heartbeat);
    onClose();
  });
  const open = () => !raw.writableEnded && !raw.destroyed;

  return {
    send: (event, data) => !open() || raw.write(`event: ${event}\ndata: ${data}\n\n`),
    retryLater(waitMs) {
      if (open()) raw.end(`retry: ${waitMs}\n\n`);
    },
    end() {
      if (open()) raw.end();
    },
  };
}
