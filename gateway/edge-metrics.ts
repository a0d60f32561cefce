import { onRequest } from '@comptoir/platform/http-hook.ts';
import { counterSeries } from '@comptoir/platform/metric-series.ts';
import { boundedLabel, type Metrics } from '@comptoir/platform/metrics.ts';
import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Caller } from './auth/caller.ts';

/** Further consumers are counted together. */
const consumersApart = 200;

export interface EdgeMetricsDeps {
  readonly metrics: Metrics;
  /** Known already where the limits have asked. */
  readonly callerOf: (request: FastifyRequest) => NowOrLater<Caller | null>;
  /** Requests that are nobody's in particular. */
  readonly isUncounted: (request: FastifyRequest) => boolean;
}

/** The onRequest hook that tells who uses what: requests, time and bytes by consumer and route. To be added behind that of the limits. */
export function createEdgeMetrics({ metrics, callerOf, isUncounted }: EdgeMetricsDeps): onRequestHookHandler {
  const requests = metrics.counter({
    name: 'edge_requests_total',
    help: 'Requests of consumers',
    labelNames: ['consumer', 'route', 'status'],
  });
  const seconds = metrics.counter({
    name: 'edge_request_seconds_total',
    help: 'Time that requests of consumers took, summed up; by the number of requests it is their mean latency',
    labelNames: ['consumer', 'route'],
  });
  const bytes = metrics.counter({
    name: 'edge_bytes_total',
    help: 'Bytes of the bodies that came in, and of all that went out',
    labelNames: ['consumer', 'route', 'direction'],
  });
  const consumerLabel = boundedLabel(consumersApart);

  /** Finding the series of some labels costs more than counting in it; there are as many as consumers, routes and classes of status. */
  const known = new Map<string, ReturnType<typeof createSeries>>();
  const createSeries = (consumer: string, route: string, status: string) => ({
    requests: counterSeries(requests, { consumer, route, status }),
    seconds: counterSeries(seconds, { consumer, route }),
    bytesIn: counterSeries(bytes, { consumer, route, direction: 'in' }),
    bytesOut: counterSeries(bytes, { consumer, route, direction: 'out' }),
  });
  const seriesOf = (consumer: string, route: string, status: string) => {
    // Neither a status nor the pattern of a route has a line end in it.
    const name = `${status}\n${route}\n${consumer}`;
    const series = known.get(name) ?? createSeries(consumer, route, status);
    known.set(name, series);
    return series;
  };

  return onRequest((request, reply) => {
    if (isUncounted(request)) return;
    const { socket } = request.raw;
    const writtenBefore = socket.bytesWritten;
    // Where callers cannot be looked up the limits have answered so already.
    return andThen(callerOf(request), (caller) => {
      const consumer = caller ? consumerLabel(caller.name) : 'anonymous';
      const route = request.routeOptions.url ?? 'unknown';
      // Not the hook onResponse: that one is not called when the client left.
      reply.raw.on('close', () => {
        const series = seriesOf(consumer, route, statusClass(reply));
        series.requests.inc();
        series.seconds.inc(reply.elapsedTime / 1_000);
        series.bytesIn.inc(Number(request.headers['content-length'] ?? 0) || 0);
        series.bytesOut.inc(Math.max(0, socket.bytesWritten - writtenBefore));
      });
    });
  });
}

function statusClass({ raw }: FastifyReply): string {
  return raw.writableFinished ? `${Math.floor(raw.statusCode / 100)}xx` : 'client gone';
}
