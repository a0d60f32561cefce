import { baseConfig, databaseConfig, numberVariable, portVariable } from '@comptoir/platform/config.ts';
import { failpointConfig } from '@comptoir/platform/failpoint.ts';
import { paymentProviderPort } from '@comptoir/schema/urls.ts';
import { z } from 'zod';

/** What the simulated provider is told at its start, parsed from the environment by `parseConfig(paymentProviderConfig, env)`. */
export const paymentProviderConfig = z.object({
  ...baseConfig,
  ...failpointConfig,
  ...databaseConfig,
  PAYMENT_PROVIDER_PORT: portVariable(paymentProviderPort),
  PAYMENT_PROVIDER_SLOW_MS: numberVariable({ min: 0, max: 60_000, integer: true, fallback: 2_000 }),
});

export interface PaymentProviderConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  /** How long the slow card takes. Default 2 s. */
  readonly slowMs?: number | undefined;
  /** How long a request is kept open whose answer is to be lost. Default 20 s. */
  readonly silenceMs?: number | undefined;
}

export function toPaymentProviderConfig(env: z.infer<typeof paymentProviderConfig>): PaymentProviderConfig {
  return {
    host: env.HOST,
    port: env.PAYMENT_PROVIDER_PORT,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}payments`,
    slowMs: env.PAYMENT_PROVIDER_SLOW_MS,
  };
}
