import { baseConfig, databaseConfig, onOffVariable, portVariable, secretConfig } from '@comptoir/platform/config.ts';
import { z } from 'zod';

/** What accounts is told at its start, parsed from the environment by `parseConfig(accountsConfig, env)`. */
export const accountsConfig = z.object({
  ...baseConfig,
  ...databaseConfig,
  ...secretConfig,
  ACCOUNTS_PORT: portVariable(4102),
  DEMO: onOffVariable(false),
});

export interface AccountsConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  /** Shared with the gateway; null, for trials only: every caller is taken for an administrator. */
  readonly secret: string | null;
  readonly production: boolean;
  /** Creates the consumers of the demo; not in production. */
  readonly demo: boolean;
}

export function toAccountsConfig(env: z.infer<typeof accountsConfig>): AccountsConfig {
  return {
    host: env.HOST,
    port: env.ACCOUNTS_PORT,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}accounts`,
    secret: env.GATEWAY_SECRET ?? null,
    production: env.NODE_ENV === 'production',
    demo: env.DEMO,
  };
}
