import { parseConfig } from '@comptoir/platform/config.ts';
import { runSubgraph } from '@comptoir/platform/run-subgraph.ts';
import { inventoryConfig, toInventoryConfig } from './config.ts';
import { createInventory } from './service.ts';

await runSubgraph('inventory', parseConfig(inventoryConfig, process.env), (env, deps) => createInventory(toInventoryConfig(env), deps));
