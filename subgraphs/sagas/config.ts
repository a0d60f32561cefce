import { baseConfig, brokerConfig, databaseConfig, numberVariable, portVariable, secretConfig } from '@comptoir/platform/config.ts';
import { failpointConfig } from '@comptoir/platform/failpoint.ts';
import { developmentPorts } from '@comptoir/schema/urls.ts';
import { z } from 'zod';

/** What sagas is told at its start, parsed from the environment by `parseConfig(sagasConfig, env)`. */
export const sagasConfig = z.object({
  ...baseConfig,
  ...failpointConfig,
  ...databaseConfig,
  ...brokerConfig,
  ...secretConfig,
  SAGAS_PORT: portVariable(developmentPorts.sagas),
  SAGAS_TIME_SCALE: numberVariable({ min: 0.001, max: 10, fallback: 1 }),
  // 0: as SAGAS_TIME_SCALE.
  SAGAS_COMPENSATION_TIME_SCALE: numberVariable({ min: 0, max: 10, fallback: 0 }),
});

export interface SagasConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  readonly amqpUrl: string;
  /** Shared with the gateway; null, for trials only: every caller is taken for an administrator. */
  readonly secret: string | null;
  readonly production: boolean;
  /** Shortens every wait of the definitions, for tests. Default 1. */
  readonly timeScale?: number | undefined;
  /** The same of what has to succeed. Default: timeScale. */
  readonly compensationTimeScale?: number | undefined;
  /** Time between two looks at the timers at most. Default 500 ms. */
  readonly timerPollMs?: number | undefined;
}

export function toSagasConfig(env: z.infer<typeof sagasConfig>): SagasConfig {
  return {
    host: env.HOST,
    port: env.SAGAS_PORT,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}sagas`,
    amqpUrl: env.AMQP_URL,
    secret: env.GATEWAY_SECRET ?? null,
    production: env.NODE_ENV === 'production',
    timeScale: env.SAGAS_TIME_SCALE,
    compensationTimeScale: env.SAGAS_COMPENSATION_TIME_SCALE || env.SAGAS_TIME_SCALE,
  };
}
