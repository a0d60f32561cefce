import { parseConfig } from '@comptoir/platform/config.ts';
import { runSubgraph } from '@comptoir/platform/run-subgraph.ts';
import { ordersConfig, toOrdersConfig } from './config.ts';
import { createOrders } from './service.ts';

await runSubgraph('orders', parseConfig(ordersConfig, process.env), (env, deps) => createOrders(toOrdersConfig(env), deps));
