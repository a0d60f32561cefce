import { createDatabase } from '@comptoir/platform/database.ts';
import type { Health } from '@comptoir/platform/health.ts';
import { createHttpServer } from '@comptoir/platform/http.ts';
import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import { createServiceGroup, type Service } from '@comptoir/platform/service.ts';
import type { PaymentProviderConfig } from './config.ts';
import { paymentProviderMigrations } from './migrations.ts';
import { addRoutes } from './routes.ts';

export interface PaymentProviderDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly health: Health;
}

export interface PaymentProviderService extends Service {
  /** Where it answers; known once started. */
  url(): string;
}

/** A payment provider as others run one: simulated, with a database of its own. It moves no money and keeps no number of a card. */
export function createPaymentProvider(
  config: PaymentProviderConfig,
  { log, metrics, health }: PaymentProviderDeps,
): PaymentProviderService {
  const { host, port, databaseUrl, slowMs = 2_000, silenceMs = 20_000 } = config;
  const database = createDatabase(
    { url: databaseUrl, database: config.database, migrations: paymentProviderMigrations, poolSize: 4 },
    { log, metrics },
  );
  const http = createHttpServer({ name: 'payment-provider', host, port, log, metrics, health });
  const stopping = new AbortController();
  http.onStop(async () => stopping.abort());
  addRoutes(http.app, { database, slowMs, silenceMs, signal: stopping.signal });
  health.register('database', async (signal) => ({ state: 'up', ...(await database.ping(signal)) }), { critical: true });
  const group = createServiceGroup('payment-provider', [database, http]);
  return { ...group, url: () => http.address().url };
}
