import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import type { SubgraphUrls } from '@comptoir/schema/compose.ts';
import { subgraphNames } from '@comptoir/schema/sdl.ts';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { createGateway } from '../service.ts';

/** What is served beside the facade: the graph, the pages, and the files of pages and viewers. */
const notRest = [
  /^(GET|POST|PUT|DELETE|OPTIONS|PATCH|HEAD|\w+) \/graphql(\/stream)?$/,
  /^GET \/explorer(\/.*)?$/,
  /^GET \/(docs|redoc)\/[\w.-]+$/,
  /^GET \/(app|app\/\*|assets\/\*|:file|app-config\.json)?$/,
];

test('a whole gateway serves no route that its description does not tell of', async () => {
  const served: string[] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url, config }) => {
      if (!config?.refusal) served.push(...[method].flat().map((each) => `${each} ${url}`));
    });
  };
  subscribe('fastify.initialization', listen);
  const nobody = Object.fromEntries(subgraphNames.map((name) => [name, 'http://127.0.0.1:1/graphql'])) as SubgraphUrls;
  const gateway = createGateway(
    {
      host: '127.0.0.1',
      port: 0,
      secret: 'secret-of-this-test-only',
      subgraphUrls: nobody,
      auth: false,
      production: false,
      demo: true,
      webRoot: 'clients/web/dist',
    },
    {
      log: createLog({ service: 'gateway', level: 'silent' }),
      metrics: createMetrics({ service: 'gateway', instanceId: 'gateway-it', processMetrics: false }),
      health: createHealth(),
    },
  );
  try {
    await gateway.start();
    const { paths } = (await (await fetch(`${gateway.url()}/openapi.json`)).json()) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.length).toBeGreaterThan(50);
    expect(described.filter((route) => !served.includes(route))).toEqual([]);
    const others = served.filter((route) => !route.startsWith('HEAD ') && !described.includes(route));
    expect(others.filter((route) => !notRest.some((pattern) => pattern.test(route)))).toEqual([]);
  } finally {
    unsubscribe('fastify.initialization', listen);
    await gateway.stop();
  }
});
