import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { developmentUrls } from '@comptoir/schema/urls.ts';
import type { GatewayConfig } from '../config.ts';
import { createGateway, type Gateway } from '../service.ts';
import { testSecret } from './subgraph.ts';

/** A gateway alone, before any supergraph. */
export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  url(): string;
  wsUrl(): string;
  /** What it logged so far. */
  readonly lines: readonly Record<string, unknown>[];
  /** The value of a metric, summed over the labels that are not named. */
  metric(name: string, labels?: Record<string, string>): Promise<number>;
}

export async function startTestGateway(overrides: Partial<GatewayConfig>): Promise<TestGateway> {
  const lines: Record<string, unknown>[] = [];
  const log = createLog({ service: 'gateway', level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const metrics = createMetrics({ service: 'gateway', instanceId: 'test', processMetrics: false });
  const gateway = createGateway(
    {
      host: '127.0.0.1',
      port: 0,
      secret: testSecret,
      subgraphUrls: developmentUrls,
      auth: false,
      production: false,
      demo: false,
      webRoot: 'no-such-folder',
      ...overrides,
    },
    { log, metrics, health: createHealth({ cacheMs: 0 }) },
  );
  await gateway.start().catch(async (error: unknown) => {
    await gateway.stop();
    throw error;
  });
  return {
    gateway,
    url: () => gateway.url(),
    wsUrl: () => `${gateway.url().replace('http', 'ws')}/graphql`,
    lines,
    async metric(name, labels = {}) {
      const found = (await metrics.registry.getMetricsAsJSON()).find((metric) => metric.name === name);
      const values = (found?.values ?? []) as { value: number; labels: Record<string, unknown> }[];
      return values
        .filter((value) => Object.entries(labels).every(([label, wanted]) => value.labels[label] === wanted))
        .reduce((sum, { value }) => sum + value, 0);
    },
    [Symbol.asyncDispose]: () => gateway.stop(),
  };
}
