import { onOffVariable, portVariable } from '@comptoir/platform/config.ts';
import { type SubgraphServiceConfig, subgraphVariables, toSubgraphServiceConfig } from '@comptoir/platform/subgraph-config.ts';
import { z } from 'zod';

/** What customers is told at its start, parsed from the environment by `parseConfig(customersConfig, env)`. */
export const customersConfig = z.object({
  ...subgraphVariables,
  CUSTOMERS_PORT: portVariable(4103),
  DEMO: onOffVariable(false),
});

export interface CustomersConfig extends SubgraphServiceConfig {
  /** Creates the customers of the demo. */
  readonly demo: boolean;
}

export function toCustomersConfig(env: z.infer<typeof customersConfig>): CustomersConfig {
  return {
    ...toSubgraphServiceConfig('customers', env.CUSTOMERS_PORT, env),
    demo: env.DEMO,
  };
}
