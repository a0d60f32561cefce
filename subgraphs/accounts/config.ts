import { numberVariable, onOffVariable, portVariable } from '@comptoir/platform/config.ts';
import { type SubgraphServiceConfig, subgraphVariables, toSubgraphServiceConfig } from '@comptoir/platform/subgraph-config.ts';
import { z } from 'zod';
import { readStaff } from './domain/read-staff.ts';
import { passwordFaults } from './domain/secrets.ts';

const administrator = {
  ADMIN_LOGIN: z
    .string()
    .refine((login) => readStaff({ login }).faults.length === 0)
    .optional()
    .describe('3 to 60 letters, digits and . _ - @, a letter first; with ADMIN_PASSWORD'),
  ADMIN_PASSWORD: z
    .string()
    .refine((password) => passwordFaults(password, []).length === 0)
    .optional()
    .describe('10 to 200 characters; with ADMIN_LOGIN'),
};

/** What accounts is told at its start, parsed from the environment by `parseConfig(accountsConfig, env)`. */
export const accountsConfig = z.object({
  ...subgraphVariables,
  ...administrator,
  ACCOUNTS_PORT: portVariable(4102),
  DEMO: onOffVariable(false),
  AUDIT_RETENTION_DAYS: numberVariable({ min: 0, max: 36_500, integer: true, fallback: 1_095 }),
});

export interface AccountsConfig extends SubgraphServiceConfig {
  /** Creates the consumers and the staff of the demo; not in production. */
  readonly demo: boolean;
  /** How long entries of the audit log are kept; 0: for ever. Default: for ever. */
  readonly auditRetentionDays?: number | undefined;
  /** Default: an hour. */
  readonly auditSweepIntervalMs?: number | undefined;
  /** Created where nobody works here yet; null: nobody is. */
  readonly administrator: { readonly login: string; readonly password: string } | null;
}

export function toAccountsConfig(env: z.infer<typeof accountsConfig>): AccountsConfig {
  const { ADMIN_LOGIN: login, ADMIN_PASSWORD: password } = env;
  if ((login === undefined) !== (password === undefined)) throw new Error('ADMIN_LOGIN and ADMIN_PASSWORD are set together, or neither is');
  return {
    ...toSubgraphServiceConfig('accounts', env.ACCOUNTS_PORT, env),
    demo: env.DEMO,
    auditRetentionDays: env.AUDIT_RETENTION_DAYS,
    administrator: login !== undefined && password !== undefined ? { login, password } : null,
  };
}
