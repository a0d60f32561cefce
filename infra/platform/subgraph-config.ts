import { z } from 'zod';
import { baseConfig, brokerConfig, databaseConfig, secretConfig, secretOf } from './config.ts';
import { failpointConfig } from './failpoint.ts';

/** What every subgraph reads from the environment, beside its port and what is its own. */
export const subgraphVariables = { ...baseConfig, ...failpointConfig, ...databaseConfig, ...brokerConfig, ...secretConfig };

const variables = z.object(subgraphVariables);
export type SubgraphVariables = z.infer<typeof variables>;

/** What every subgraph is told at its start. */
export interface SubgraphServiceConfig {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly databaseUrl: string;
  readonly database: string;
  readonly amqpUrl: string;
  /** Shared with the gateway; null, for trials only: every caller is taken for an administrator. */
  readonly secret: string | null;
  /** No introspection, no suggestions, and nothing of the demo. */
  readonly production: boolean;
}

/** Throws ConfigError where production has no secret. */
export function toSubgraphServiceConfig(name: string, port: number, env: SubgraphVariables): SubgraphServiceConfig {
  return {
    host: env.HOST,
    port,
    databaseUrl: env.DATABASE_URL,
    database: `${env.DATABASE_PREFIX}${name}`,
    amqpUrl: env.AMQP_URL,
    secret: secretOf(env),
    production: env.NODE_ENV === 'production',
  };
}
