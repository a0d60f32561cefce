import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { elapsedMs } from './incoming.ts';
import { httpMetrics, requestBuckets, sizeBuckets } from './metric-families.ts';
import { counterSeries, histogramSeries, seriesByLabels } from './metric-series.ts';
import type { Metrics } from './metrics.ts';

/** What became of a request. */
export interface Answered {
  readonly request: FastifyRequest;
  /** `clientGone` where the client left before the answer. */
  readonly status: number;
  readonly ms: number;
}
export type AnsweredListener = (answered: Answered) => void;

export interface RequestObservation {
  onAnswered(listener: AnsweredListener): void;
  inFlight(): number;
  /** True as soon as no request is in flight, false once the signal has fired. */
  idle(signal: AbortSignal): Promise<boolean>;
}

/** Status of a request whose client left before the answer, as proxies write it. */
export const clientGone = 499;
const rateWindowSeconds = 10;

/** Counts, times and logs every request. The log line of a probe is left to the level `debug`. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): RequestObservation {
  const families = httpMetrics(metrics);
  const instance_id = metrics.instanceId;
  const rate = createRate();
  const listeners: AnsweredListener[] = [];
  let inFlight = 0;
  let onIdle: (() => void)[] = [];
  Object.assign(families.perSecond, { collect: () => families.perSecond.set({ instance_id }, rate.perSecond()) });

  app.addHook('onRequest', (request, reply, next) => {
    inFlight++;
    rate.count();
    // Not the hook onResponse: that one is not called when the client left.
    reply.raw.on('close', () => {
      inFlight--;
      record(request, reply);
      if (inFlight === 0) {
        for (const resolve of onIdle) resolve();
        onIdle = [];
      }
    });

    next();
  });

  /** There are as many as routes, methods and statuses. */
  const seriesOf = seriesByLabels((endpoint: string, method: string, status: number) => ({
    isProbe: /^\/(health|metrics)/.test(endpoint),
    requests: counterSeries(families.requests, { method, endpoint, status, instance_id }),
    duration: histogramSeries(families.duration, requestBuckets, { method, endpoint, instance_id }),
    requestSize: histogramSeries(families.requestSize, sizeBuckets, { method, endpoint }),
    responseSize: histogramSeries(families.responseSize, sizeBuckets, { method, endpoint }),
  }));

  function record(request: FastifyRequest, reply: FastifyReply): void {
    const status = reply.raw.writableFinished ? reply.raw.statusCode : clientGone;
    const endpoint = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const ms = elapsedMs(request.raw);
    const series = seriesOf(endpoint, method, status);
    series.requests.inc();
    // An event stream lasts as long as somebody watches; that is not a response time.
    if (!String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream')) {
      series.duration.observe(ms / 1_000);
    }
    series.requestSize.observe(Number(request.headers['content-length'] ?? 0));
    const responseSize = Number(reply.getHeader('content-length'));
    if (Number.isFinite(responseSize)) series.responseSize.observe(responseSize);

    const level = series.isProbe ? 'debug' : status >= 500 ? 'warn' : 'info';
    request.log[level](
      { event: 'http_request', method, endpoint, status, durationMs: Math.round(ms * 100) / 100 },
      `${method} ${endpoint} ${status}`,
    );
    for (const tell of listeners) tell({ request, status, ms });
  }

  return {
    onAnswered: (listener) => void listeners.push(listener),
    inFlight: () => inFlight,
    async idle(signal) {
      if (inFlight === 0) return true;
      if (signal.aborted) return false;
      return new Promise<boolean>((resolve) => {
        onIdle.push(() => resolve(true));
        signal.addEventListener('abort', () => resolve(false), { once: true });
      });
    },
  };
}

/** Mean rate over the last seconds, counted in one slot a second. */
function createRate() {
  const slots = new Map<number, number>();
  const now = () => Math.floor(performance.now() / 1_000);
  function forget(second: number): void {
    for (const slot of slots.keys()) if (slot <= second - rateWindowSeconds) slots.delete(slot);
  }
  return {
    count(): void {
      const second = now();
      if (!slots.has(second)) forget(second);
      slots.set(second, (slots.get(second) ?? 0) + 1);
    },
    perSecond(): number {
      forget(now());
      let total = 0;
      for (const count of slots.values()) total += count;
      return total / rateWindowSeconds;
    },
  };
}
