import { numberVariable, onOffVariable, portVariable } from '@comptoir/platform/config.ts';
import { type SubgraphServiceConfig, subgraphVariables, toSubgraphServiceConfig } from '@comptoir/platform/subgraph-config.ts';
import { z } from 'zod';

/** What inventory is told at its start, parsed from the environment by `parseConfig(inventoryConfig, env)`. */
export const inventoryConfig = z.object({
  ...subgraphVariables,
  INVENTORY_PORT: portVariable(4104),
  DEMO: onOffVariable(false),
  RESERVATION_EXPIRY_MINUTES: numberVariable({ min: 1, max: 10_080, fallback: 30 }),
});

export interface InventoryConfig extends SubgraphServiceConfig {
  /** Creates the products of the demo. */
  readonly demo: boolean;
  /** How long goods are held for a saga; longer than any saga may take. */
  readonly reservationExpiryMs: number;
  /** Time between two looks for reservations that ran out. Default 5 s. */
  readonly sweepIntervalMs?: number | undefined;
}

export function toInventoryConfig(env: z.infer<typeof inventoryConfig>): InventoryConfig {
  return {
    ...toSubgraphServiceConfig('inventory', env.INVENTORY_PORT, env),
    demo: env.DEMO,
    reservationExpiryMs: env.RESERVATION_EXPIRY_MINUTES * 60_000,
  };
}
