import type { HttpServer } from '@comptoir/platform/http.ts';
import { onRequest } from '@comptoir/platform/http-hook.ts';
import { clientGone } from '@comptoir/platform/http-metrics.ts';
import { counterSeries, seriesByLabels } from '@comptoir/platform/metric-series.ts';
import { boundedLabel, type Metrics } from '@comptoir/platform/metrics.ts';
import { andThen, type NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { FastifyRequest } from 'fastify';
import type { Caller } from './auth/caller.ts';

/** Further consumers are counted together. */
const consumersApart = 200;

export interface EdgeMetricsDeps {
  readonly metrics: Metrics;
  /** Known already where the limits have asked. */
  readonly callerOf: (request: FastifyRequest) => NowOrLater<Caller | null>;
  /** Probes and files, which nobody is looked up for. */
  readonly isNobodys: (request: FastifyRequest) => boolean;
}

/** Where a request keeps whose use of what it is. */
const use = Symbol('use');

declare module 'fastify' {
  interface FastifyRequest {
    [use]?: { readonly consumer: string; readonly route: string; readonly writtenBefore: number };
  }
}

/** Tells who uses what: requests, time and bytes by consumer and route. To be added behind the hook of the limits, which answers what it refuses itself. */
export function observeEdge(
  { app, onAnswered }: Pick<HttpServer, 'app' | 'onAnswered'>,
  { metrics, callerOf, isNobodys }: EdgeMetricsDeps,
): void {
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

  /** There are as many as consumers, routes and classes of status. */
  const seriesOf = seriesByLabels((consumer: string, route: string, status: string) => ({
    requests: counterSeries(requests, { consumer, route, status }),
    seconds: counterSeries(seconds, { consumer, route }),
    bytesIn: counterSeries(bytes, { consumer, route, direction: 'in' }),
    bytesOut: counterSeries(bytes, { consumer, route, direction: 'out' }),
  }));

  app.addHook(
    'onRequest',
    onRequest((request) => {
      if (isNobodys(request)) return;
      const writtenBefore = request.socket.bytesWritten;
      // Where callers cannot be looked up the limits have answered so already.
      return andThen(callerOf(request), (caller) => {
        const consumer = caller ? consumerLabel(caller.name) : 'anonymous';
        request[use] = { consumer, route: request.routeOptions.url ?? 'unknown', writtenBefore };
      });
    }),
  );
  onAnswered(({ request, status, ms }) => {
    const used = request[use];
    if (!used) return;
    const series = seriesOf(used.consumer, used.route, status === clientGone ? 'client gone' : `${Math.floor(status / 100)}xx`);
    series.requests.inc();
    series.seconds.inc(ms / 1_000);
    series.bytesIn.inc(Number(request.headers['content-length'] ?? 0) || 0);
    series.bytesOut.inc(Math.max(0, request.socket.bytesWritten - used.writtenBefore));
  });
}
