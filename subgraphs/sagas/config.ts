import { numberVariable, portVariable } from '@comptoir/platform/config.ts';
import { type SubgraphServiceConfig, subgraphVariables, toSubgraphServiceConfig } from '@comptoir/platform/subgraph-config.ts';
import { developmentPorts } from '@comptoir/schema/urls.ts';
import { z } from 'zod';

/** What sagas is told at its start, parsed from the environment by `parseConfig(sagasConfig, env)`. */
export const sagasConfig = z.object({
  ...subgraphVariables,
  SAGAS_PORT: portVariable(developmentPorts.sagas),
  SAGAS_TIME_SCALE: numberVariable({ min: 0.001, max: 10, fallback: 1 }),
  // 0: as SAGAS_TIME_SCALE.
  SAGAS_COMPENSATION_TIME_SCALE: numberVariable({ min: 0, max: 10, fallback: 0 }),
});

export interface SagasConfig extends SubgraphServiceConfig {
  /** Shortens every wait of the definitions, for tests. Default 1. */
  readonly timeScale?: number | undefined;
  /** The same of what has to succeed. Default: timeScale. */
  readonly compensationTimeScale?: number | undefined;
  /** Time between two looks at the timers at most. Default 500 ms. */
  readonly timerPollMs?: number | undefined;
}

export function toSagasConfig(env: z.infer<typeof sagasConfig>): SagasConfig {
  return {
    ...toSubgraphServiceConfig('sagas', env.SAGAS_PORT, env),
    timeScale: env.SAGAS_TIME_SCALE,
    compensationTimeScale: env.SAGAS_COMPENSATION_TIME_SCALE || env.SAGAS_TIME_SCALE,
  };
}
