import { createHealth } from '@comptoir/platform/health.ts';
import { createHttpServer, type HttpServer } from '@comptoir/platform/http.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics, type Metrics } from '@comptoir/platform/metrics.ts';
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../auth/caller.ts';
import { remember } from '../auth/remember.ts';
import type { Graph } from '../graph.ts';
import { createLimits, type LimitsConfig } from '../limits/limits.ts';
import { noSuchRoute } from './answer-error.ts';
import { healthPaths } from './operations.ts';
import { type RestConfig, registerRest } from './register.ts';
import { createTestGraph, type TestGraph } from './test-graph.ts';

export const testKeys: Readonly<Record<string, Caller>> = {
  'admin-key': { consumerId: '1', name: 'admin', roles: ['ADMIN'], stores: null, limits: { perMinute: 100_000, perHour: 1_000_000 } },
  'device-key': { consumerId: '2', name: 'device', roles: ['DEVICE'], stores: null, limits: { perMinute: 100_000, perHour: 1_000_000 } },
  'small-key': { consumerId: '3', name: 'small', roles: ['ADMIN'], stores: null, limits: { perMinute: 3, perHour: 5 } },
};

export interface TestApp extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly graph: TestGraph;
  readonly metrics: Metrics;
  readonly server: HttpServer;
  /** While set, nobody can be told apart: the subgraph that knows the keys is down. */
  authFailure: Error | null;
  /** The keys that were looked up. */
  readonly lookedUp: string[];
}

/** The facade on the platform's own HTTP server, before a graph that answers in this process. Not listening: requests are injected, or start `server`. */
export async function createTestApp({
  graph,
  anonymousPerMinute = 100_000,
  before,
  ...config
}: RestConfig & LimitsConfig & { graph?: Graph; before?: (app: FastifyInstance) => void } = {}): Promise<TestApp> {
  const log = createLog({ service: 'gateway', level: 'silent' });
  const metrics = createMetrics({ service: 'gateway', instanceId: 'gateway-test', processMetrics: false });
  const health = createHealth();
  const server = createHttpServer({ name: 'gateway', host: '127.0.0.1', port: 0, log, metrics, health, healthPaths, noSuchRoute });
  const ownerOf = remember(
    async (key) => {
      test.lookedUp.push(key);
      return testKeys[key] ?? null;
    },
    { knownMs: 30_000, unknownMs: 5_000, maxEntries: 100 },
  );
  const limits = createLimits(
    { anonymousPerMinute },
    {
      metrics,
      authenticate: async (credentials, admit) => {
        if (test.authFailure) throw test.authFailure;
        return credentials && ownerOf(credentials.key, admit);
      },
    },
  );
  const testGraph = createTestGraph();
  server.app.addHook('onRequest', limits.hook);
  before?.(server.app);
  registerRest(server.app, { graph: graph ?? testGraph, limits, log }, config);
  const test: TestApp = {
    app: server.app,
    graph: testGraph,
    metrics,
    server,
    authFailure: null,
    lookedUp: [],
    async [Symbol.asyncDispose]() {
      await server.stop();
      await limits.stop();
    },
  };
  await server.app.ready();
  return test;
}
