import { parseConfig } from '@comptoir/platform/config.ts';
import { runSubgraph } from '@comptoir/platform/run-subgraph.ts';
import { accountsConfig, toAccountsConfig } from './config.ts';
import { createAccounts } from './service.ts';

await runSubgraph('accounts', parseConfig(accountsConfig, process.env), (env, deps) => createAccounts(toAccountsConfig(env), deps));
