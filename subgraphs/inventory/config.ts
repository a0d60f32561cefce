import {
  baseConfig,
  brokerConfig,
  databaseConfig,
  numberVariable,
  onOffVariable,
  portVariable,
  secretConfig,
} from '@comptoir/platform/config.ts';
import { failpointConfig } from '@comptoir/platform/failpoint.ts';
import { z } from 'zod';

/** What inventory is told at its start, parsed from the environment by `parseConfig(inventoryConfig, env)`. */
export const inventoryConfig = z.object({
  ...baseConfig,
  ...failpointConfig,
  ...databaseConfig,
  ...brokerConfig,
  ...secretConfig,
  INVENTORY_PORT: portVariable(4104),
  DEMO: onOffVariable(false),
  RESERVATION_EXPIRY_MINUTES: numberVariable({ min: 1, max: 10_080, fallback: 30 }),
});

export interface InventoryConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  readonly amqpUrl: string;
  /** Shared with the gateway; null, for trials only: every caller is taken for an administrator. */
  readonly secret: string | null;
  readonly production: boolean;
  /** Creates the products of the demo. */
  readonly demo: boolean;
  /** How long goods are held for a saga; longer than any saga may take. */
  readonly reservationExpiryMs: number;
  /** Time between two looks for reservations that ran out. Default 5 s. */
  readonly sweepIntervalMs?: number | undefined;
}

export function toInventoryConfig(env: z.infer<typeof inventoryConfig>): InventoryConfig {
  return {
    host: env.HOST,
    port: env.INVENTORY_PORT,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}inventory`,
    amqpUrl: env.AMQP_URL,
    secret: env.GATEWAY_SECRET ?? null,
    production: env.NODE_ENV === 'production',
    demo: env.DEMO,
    reservationExpiryMs: env.RESERVATION_EXPIRY_MINUTES * 60_000,
  };
}
