import { parseConfig } from '@comptoir/platform/config.ts';
import { armFailpoint } from '@comptoir/platform/failpoint.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { inventoryConfig, toInventoryConfig } from './config.ts';
import { createInventory } from './service.ts';

const env = parseConfig(inventoryConfig, process.env);
armFailpoint(env.FAILPOINT);
const log = createLog({ service: 'inventory', level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'inventory', instanceId: `inventory-${process.pid}` });
const health = createHealth();
await runService(createInventory(toInventoryConfig(env), { log, metrics, health }), { log, health, stopLeadMs: env.STOP_LEAD_MS });
