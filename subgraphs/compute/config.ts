import { portVariable } from '@comptoir/platform/config.ts';
import { type SubgraphServiceConfig, subgraphVariables, toSubgraphServiceConfig } from '@comptoir/platform/subgraph-config.ts';
import { z } from 'zod';
import type { LostTasksConfig } from './broker/lost-tasks.ts';

/** What compute is told at its start, parsed from the environment by `parseConfig(computeConfig, env)`. */
export const computeConfig = z.object({
  ...subgraphVariables,
  COMPUTE_PORT: portVariable(4101),
});

export interface ComputeConfig extends SubgraphServiceConfig {
  readonly managementUrl?: string | null | undefined;
  /** Time between two looks at queues and workers while somebody watches them. Default 1 s. */
  readonly pollMs?: number | undefined;
  /** Time between two states of the counters at least. Default 200 ms. */
  readonly statsIntervalMs?: number | undefined;
  readonly lostTasks?: Partial<LostTasksConfig> | undefined;
}

export function toComputeConfig(env: z.infer<typeof computeConfig>): ComputeConfig {
  return {
    ...toSubgraphServiceConfig('compute', env.COMPUTE_PORT, env),
    managementUrl: env.AMQP_MANAGEMENT_URL,
  };
}
