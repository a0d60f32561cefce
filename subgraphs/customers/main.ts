import { parseConfig } from '@comptoir/platform/config.ts';
import { runSubgraph } from '@comptoir/platform/run-subgraph.ts';
import { customersConfig, toCustomersConfig } from './config.ts';
import { createCustomers } from './service.ts';

await runSubgraph('customers', parseConfig(customersConfig, process.env), (env, deps) => createCustomers(toCustomersConfig(env), deps));
