import type { ErrorCode } from '@comptoir/schema/errors.ts';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createCommonHeaders } from './common-headers.ts';
import type { Health } from './health.ts';
import { answerError, answerNotFound, parseJsonBodies } from './http-errors.ts';
import { type AnsweredListener, observeRequests } from './http-metrics.ts';
import { addProbes } from './http-probes.ts';
import { answerUnreadable } from './http-unreadable.ts';
import { createUpgrades, type UpgradeTaker } from './http-upgrades.ts';
import { elapsedMs, type Incoming, requestId, traceOf } from './incoming.ts';
import { createLifecycle } from './lifecycle.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { readableUrl } from './readable-url.ts';
import { createRequestLogs } from './request-log.ts';
import type { Service } from './service.ts';
import type { Trace } from './trace.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The step of the caller's trace (or of a new one) that this request is. Its id is on every line of `request.log`. */
    trace: Trace;
  }
}

export interface HttpServerConfig {
  name: string;
  host: string;
  /** 0: the system chooses. */
  port: number;
  log: Log;
  metrics: Metrics;
  /** Follows the server: start() calls its started(), so start the server last; stop() calls its stopping(). */
  health: Health;
  /** Default: 1 MiB. */
  bodyLimitBytes?: number;
  /** What a caller reads where there is no such route. */
  noSuchRoute?: string;
  /** More addresses at which clients know /health. */
  healthPaths?: readonly string[];
  /** Whether a proxy at this address is believed when it says for whom it asks (X-Forwarded-*). Default: none is. */
  trustProxy?: (address: string) => boolean;
  /** How long requests in flight may take to finish once the server stops. */
  drainTimeoutMs?: number;
}

export interface HttpServer extends Service {
  /** Routes are added before start(). */
  readonly app: FastifyInstance;
  /** Where it listens; throws before start(). */
  address(): { host: string; port: number; url: string };
  isStopping(): boolean;
  /** Every answer has these headers from now on, unless it says otherwise by one of the same name; names in small letters. */
  addHeaders(headers: Readonly<Record<string, string>>): void;
  /** Called for each request that was answered, or whose client left. */
  onAnswered(listener: AnsweredListener): void;
  /** Takes connections over whose clients ask for a WebSocket at this path. */
  onUpgrade(path: string, take: UpgradeTaker): void;
  /** Called when the server begins to stop, to end what does not end by itself: WebSockets, event streams. Bounded by the drain timeout, then the signal fires. */
  onStop(end: (signal: AbortSignal) => Promise<void>): void;
}

/** How long answers on their way may take to leave, once no request is in flight. */
const lingerMs = 500;

/**
 * An HTTP server with probes, `/metrics`, request ids, traces, a request log, and errors that tell callers no more than they should know.
 * stop(): not ready any more, new requests get 503 with Retry-After (after a lead, new connections are refused instead), those in flight finish (bounded), every connection is closed.
 */
export function createHttpServer(config: HttpServerConfig): HttpServer {
  const { name, host, port, log, metrics, health, bodyLimitBytes = 1_048_576, drainTimeoutMs = 8_000, healthPaths = [] } = config;
  const { noSuchRoute = 'There is no such route.' } = config;
  const endings: ((signal: AbortSignal) => Promise<void>)[] = [];
  const requestLog = createRequestLogs(log, (raw: Incoming) => ({ traceId: traceOf(raw).traceId, requestId: raw.id }));
  const headers = createCommonHeaders({
    'x-request-id': (raw: Incoming) => raw.id ?? '',
    'x-response-time': (raw) => elapsedMs(raw).toFixed(3),
  });
  headers.add({ 'x-instance-id': metrics.instanceId });
  let stopping = false;
  const upgrades = createUpgrades(() => app.server, headers);
  const http = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000, shouldUpgradeCallback: upgrades.isTaken };

  const app = Fastify({
    // Fastify has no log, for which it would listen to each answer: what is to be told of requests is told below.
    genReqId: requestId,
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, { 'x-instance-id': metrics.instanceId }),
    trustProxy: config.trustProxy ? (address: string) => config.trustProxy?.(address) ?? false : false,
    bodyLimit: bodyLimitBytes,
    // A client that sends a byte now and then is let go.
    requestTimeout: 30_000,
    http,
    // The hook below answers them, with Retry-After and the probes still open.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // Whatever a part of a path holds is its route's to judge; the router would refuse a long one in words of its own, past every hook. A head has at most 16 KiB.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    rewriteUrl: ({ url = '/' }) => readableUrl(url),
  }) as unknown as FastifyInstance;

  function begin(request: FastifyRequest, reply: FastifyReply): void {
    const raw: Incoming = request.raw;
    raw.begunAt = performance.now();
    request.log = requestLog(raw);
    reply.log = request.log;
    headers.putOn(reply.raw);
  }

  // Begun where somebody asks for it: most requests that are answered from memory have nothing to tell.
  app.decorateRequest('trace', {
    getter(this: FastifyRequest) {
      return traceOf(this.raw);
    },
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound(noSuchRoute));
  parseJsonBodies(app);
  const requests = observeRequests(app, metrics);

  app.addHook('onRequest', (request, reply, next) => {
    begin(request, reply);
    const phase = health.phase();
    // Whoever keeps the connection for its next request would send that to one who is gone by then.
    if (phase === 'stopping' || phase === 'left') reply.header('connection', 'close');
    if (stopping) {
      if (!isOperational(request) && !healthPaths.includes(request.routeOptions.url ?? '')) {
        void reply.code(503).headers({ 'retry-after': '1', 'cache-control': 'no-store' }).send(refusal(request));
        return;
      }
    }
    next();
  });
  addProbes(app, { name, health, metrics, healthPaths });

  async function stop(): Promise<void> {
    stopping = true;
    health.stopping();
    if (health.phase() === 'left') app.server.close();
    const overdue = AbortSignal.timeout(drainTimeoutMs);
    await within(overdue, Promise.all(endings.map((end) => end(overdue)))).catch((error: unknown) =>
      log.error({ event: 'http_stop_failed', err: error }, 'a part of the server did not end in order'),
    );
    if (!(await requests.idle(overdue))) log.warn({ event: 'http_drain_overdue', inFlight: requests.inFlight() }, 'requests were cut off');
    // What is still connected now was promised no answer: connections kept alive, and requests that never end.
    const cut = setTimeout(() => app.server.closeAllConnections(), overdue.aborted ? 0 : lingerMs);
    await app.close();
    clearTimeout(cut);
  }

  async function start(): Promise<void> {
    await app.listen({ host, port });
    health.started();
  }

  const lifecycle = createLifecycle({ start, stop });
  return {
    name: `${name}-http`,
    app,
    start: lifecycle.start,
    stop: lifecycle.stop,
    isStopping: () => stopping,
    addHeaders: headers.add,
    onAnswered: requests.onAnswered,
    onUpgrade: upgrades.add,
    onStop: (end) => void endings.push(end),
    address() {
      const address = app.server.address();
      if (address === null || typeof address === 'string') throw new Error(`${name} does not listen yet`);
      const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
      return { host, port: address.port, url: `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${address.port}` };
    },
  };
}

/** In the form of who asks. That it is SHUTTING_DOWN tells GraphQL clients that nothing was done, so that even a mutation may be sent elsewhere. */
function refusal(request: FastifyRequest): object {
  const detail = 'This instance is stopping.';
  if (!/^\/graphql(\/|\?|$)/.test(request.url)) return { detail };
  return { errors: [{ message: detail, extensions: { code: 'SHUTTING_DOWN' satisfies ErrorCode } }] };
}

function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

function isOperational(request: FastifyRequest): boolean {
  return /^\/(health|metrics)(\/|\?|$)/.test(request.url);
}
