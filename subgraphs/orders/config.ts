import { numberVariable, portVariable, urlVariable } from '@comptoir/platform/config.ts';
import { type SubgraphServiceConfig, subgraphVariables, toSubgraphServiceConfig } from '@comptoir/platform/subgraph-config.ts';
import { developmentPorts, paymentProviderPort } from '@comptoir/schema/urls.ts';
import { z } from 'zod';

/** What orders is told at its start, parsed from the environment by `parseConfig(ordersConfig, env)`. */
export const ordersConfig = z.object({
  ...subgraphVariables,
  ORDERS_PORT: portVariable(developmentPorts.orders),
  PAYMENT_PROVIDER_URL: urlVariable(['http', 'https']).default(`http://127.0.0.1:${paymentProviderPort}`),
  PAYMENT_TIMEOUT_MS: numberVariable({ min: 100, max: 60_000, integer: true, fallback: 3_000 }),
});

export interface OrdersConfig extends SubgraphServiceConfig {
  readonly paymentProviderUrl: string;
  /** For one answer of the payment provider. Default 3 s. */
  readonly paymentTimeoutMs?: number | undefined;
  /** How long the news of a customer that an order names are waited for. Default 2.5 s. */
  readonly customerPatienceMs?: number | undefined;
}

export function toOrdersConfig(env: z.infer<typeof ordersConfig>): OrdersConfig {
  return {
    ...toSubgraphServiceConfig('orders', env.ORDERS_PORT, env),
    paymentProviderUrl: env.PAYMENT_PROVIDER_URL,
    paymentTimeoutMs: env.PAYMENT_TIMEOUT_MS,
  };
}
