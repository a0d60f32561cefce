import type { IncomingMessage } from 'node:http';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { HttpServer } from './http.ts';
import type { Upgrade } from './http-upgrades.ts';
import type { Log } from './log.ts';
import { webSocketMetrics } from './metric-families.ts';
import type { Metrics } from './metrics.ts';

export interface WebSocketExtra {
  readonly request: IncomingMessage;
  readonly socket: WebSocket;
}

export interface WebSocketConfig {
  http: HttpServer;
  path: string;
  /** graphql-ws' own options: who may connect, what an operation does. */
  protocol: ServerOptions<Record<string, unknown>, WebSocketExtra>;
  log: Log;
  metrics: Metrics;
  maxPayloadBytes?: number;
  /** A socket that does not answer a ping within this time is cut. */
  livenessMs?: number;
  /** Refuses an upgrade with this HTTP status; null lets it in. */
  refuse?: (request: IncomingMessage) => number | null;
  /** Awaited before the sockets are closed, e.g. for operations in flight. */
  beforeClose?: (signal: AbortSignal) => Promise<void>;
  /** Over how long the closing of many sockets is spread when the server stops, so that their clients do not come to another one all at once. Default: at once. */
  drainSpreadMs?: number;
  /** What sockets are closed with then; a wait in it, "retry in 1200 ms", is another way to spread them. Default: "Service restart". */
  restartReason?: () => string;
}

/** "Service Restart": clients of graphql-ws connect again. */
export const restartCode = 1012;
/** Sockets closed within a drain before the next ones' turn; fewer are closed at once. */
const closedAtOnce = 20;
/** How long a client may take to answer a close. */
const closeTimeoutMs = 1_000;

/**
 * GraphQL over WebSocket on a path of an HTTP server: graphql-ws speaks, `ws` carries. (graphql-ws' own adapter for `ws` writes to the console and
 * counts nothing.) When the server stops, new sockets get 503 and open ones are closed with 1012, many of them one after another.
 */
export function attachWebSocket(config: WebSocketConfig): { clients(): number } {
  const { http, path, log, metrics, livenessMs = 12_000, drainSpreadMs = 0, restartReason = () => 'Service restart', refuse } = config;
  const families = webSocketMetrics(metrics);
  const server = makeServer<Record<string, unknown>, WebSocketExtra>(config.protocol);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: config.maxPayloadBytes ?? 1_048_576,
    perMessageDeflate: false,
    handleProtocols: (protocols) => handleProtocols(protocols),
    closeTimeout: closeTimeoutMs,
  } as ConstructorParameters<typeof WebSocketServer>[0]);

  const refusals = new WeakMap<IncomingMessage, Upgrade['refuse']>();
  sockets.on('wsClientError', (_error, _socket, request) => refusals.get(request)?.(400, { 'sec-websocket-version': '13, 8' }));
  http.onUpgrade(path, ({ request, socket, head, refuse: refuseIt }) => {
    socket.on('error', onError);
    const status = http.isStopping() ? 503 : (refuse?.(request) ?? null);
    if (status !== null) return refuseIt(status, status === 503 || status === 429 ? { 'retry-after': '1' } : {});
    socket.off('error', onError);
    refusals.set(request, refuseIt);
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, request));
  });

  function onError(error: Error): void {
    families.errors.inc();
    log.debug({ event: 'websocket_error', err: error }, 'error on a WebSocket connection');
  }

  function serve(socket: WebSocket, request: IncomingMessage): void {
    families.connections.inc();
    const stopPings = keepAlive(socket, livenessMs);
    socket.on('error', onError);
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) return resolve();
            families.sent.inc();
            socket.send(data, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) =>
          socket.on('message', (data) => {
            families.received.inc();
            take(String(data)).catch((error: unknown) => {
              families.errors.inc();
              // A socket that closed while something was sent is no fault of ours.
              if (socket.readyState !== socket.OPEN) return;
              log.error({ event: 'websocket_message_failed', err: error }, 'a message could not be handled');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          }),
      },
      { socket, request },
    );
    socket.once('close', (code, reason) => {
      families.connections.dec();
      stopPings();
      closed(code, String(reason)).catch((error: unknown) =>
        log.error({ event: 'websocket_cleanup_failed', err: error }, 'a socket left something behind'),
      );
    });
  }

  http.onStop(async (signal) => {
    await config.beforeClose?.(signal);
    const open = [...sockets.clients];
    const closings = open.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    signal.addEventListener('abort', () => {
      for (const socket of sockets.clients) socket.terminate();
    });
    const steps = Math.ceil(open.length / closedAtOnce);
    for (let step = 0; step < steps; step++) {
      if (step > 0 && drainSpreadMs > 0 && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, drainSpreadMs / steps));
      for (const socket of open.slice(step * closedAtOnce, (step + 1) * closedAtOnce)) socket.close(restartCode, restartReason());
    }
    await Promise.all(closings);
    sockets.close();
  });

  return { clients: () => sockets.clients.size };
}

function keepAlive(socket: WebSocket, livenessMs: number): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, livenessMs);
  return () => clearInterval(timer);
}
