import { baseConfig, brokerConfig, databaseConfig, onOffVariable, portVariable, secretConfig } from '@comptoir/platform/config.ts';
import { failpointConfig } from '@comptoir/platform/failpoint.ts';
import { z } from 'zod';

/** What customers is told at its start, parsed from the environment by `parseConfig(customersConfig, env)`. */
export const customersConfig = z.object({
  ...baseConfig,
  ...failpointConfig,
  ...databaseConfig,
  ...brokerConfig,
  ...secretConfig,
  CUSTOMERS_PORT: portVariable(4103),
  DEMO: onOffVariable(false),
});

export interface CustomersConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  readonly amqpUrl: string;
  /** Shared with the gateway; null, for trials only: every caller is taken for an administrator. */
  readonly secret: string | null;
  readonly production: boolean;
  /** Creates the customers of the demo. */
  readonly demo: boolean;
}

export function toCustomersConfig(env: z.infer<typeof customersConfig>): CustomersConfig {
  return {
    host: env.HOST,
    port: env.CUSTOMERS_PORT,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}customers`,
    amqpUrl: env.AMQP_URL,
    secret: env.GATEWAY_SECRET ?? null,
    production: env.NODE_ENV === 'production',
    demo: env.DEMO,
  };
}
