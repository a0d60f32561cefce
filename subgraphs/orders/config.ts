import {
  baseConfig,
  brokerConfig,
  databaseConfig,
  numberVariable,
  portVariable,
  secretConfig,
  urlVariable,
} from '@comptoir/platform/config.ts';
import { failpointConfig } from '@comptoir/platform/failpoint.ts';
import { developmentPorts, paymentProviderPort } from '@comptoir/schema/urls.ts';
import { z } from 'zod';

/** What orders is told at its start, parsed from the environment by `parseConfig(ordersConfig, env)`. */
export const ordersConfig = z.object({
  ...baseConfig,
  ...failpointConfig,
  ...databaseConfig,
  ...brokerConfig,
  ...secretConfig,
  ORDERS_PORT: portVariable(developmentPorts.orders),
  PAYMENT_PROVIDER_URL: urlVariable(['http', 'https']).default(`http://127.0.0.1:${paymentProviderPort}`),
  PAYMENT_TIMEOUT_MS: numberVariable({ min: 100, max: 60_000, integer: true, fallback: 3_000 }),
});

export interface OrdersConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  readonly amqpUrl: string;
  /** Shared with the gateway; null, for trials only: every caller is taken for an administrator. */
  readonly secret: string | null;
  readonly production: boolean;
  readonly paymentProviderUrl: string;
  /** For one answer of the payment provider. Default 3 s. */
  readonly paymentTimeoutMs?: number | undefined;
  /** How long the news of a customer that an order names are waited for. Default 2.5 s. */
  readonly customerPatienceMs?: number | undefined;
}

export function toOrdersConfig(env: z.infer<typeof ordersConfig>): OrdersConfig {
  return {
    host: env.HOST,
    port: env.ORDERS_PORT,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}orders`,
    amqpUrl: env.AMQP_URL,
    secret: env.GATEWAY_SECRET ?? null,
    production: env.NODE_ENV === 'production',
    paymentProviderUrl: env.PAYMENT_PROVIDER_URL,
    paymentTimeoutMs: env.PAYMENT_TIMEOUT_MS,
  };
}
