import { baseConfig, brokerConfig, databaseConfig, portVariable, secretConfig } from '@comptoir/platform/config.ts';
import { z } from 'zod';
import type { LostTasksConfig } from './broker/lost-tasks.ts';

/** What compute is told at its start, parsed from the environment by `parseConfig(computeConfig, env)`. */
export const computeConfig = z.object({
  ...baseConfig,
  ...databaseConfig,
  ...brokerConfig,
  ...secretConfig,
  COMPUTE_PORT: portVariable(4101),
});

export interface ComputeConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  readonly amqpUrl: string;
  readonly managementUrl?: string | null | undefined;
  /** Shared with the gateway; null, for trials only: every caller is taken for an administrator. */
  readonly secret: string | null;
  readonly production: boolean;
  /** Time between two looks at queues and workers while somebody watches them. Default 1 s. */
  readonly pollMs?: number | undefined;
  /** Time between two states of the counters at least. Default 200 ms. */
  readonly statsIntervalMs?: number | undefined;
  readonly lostTasks?: Partial<LostTasksConfig> | undefined;
}

export function toComputeConfig(env: z.infer<typeof computeConfig>): ComputeConfig {
  return {
    host: env.HOST,
    port: env.COMPUTE_PORT,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}compute`,
    amqpUrl: env.AMQP_URL,
    managementUrl: env.AMQP_MANAGEMENT_URL,
    secret: env.GATEWAY_SECRET ?? null,
    production: env.NODE_ENV === 'production',
  };
}
