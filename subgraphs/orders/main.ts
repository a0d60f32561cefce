import { parseConfig } from '@comptoir/platform/config.ts';
import { armFailpoint } from '@comptoir/platform/failpoint.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { ordersConfig, toOrdersConfig } from './config.ts';
import { createOrders } from './service.ts';

const env = parseConfig(ordersConfig, process.env);
armFailpoint(env.FAILPOINT);
const log = createLog({ service: 'orders', level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'orders', instanceId: `orders-${process.pid}` });
const health = createHealth();
await runService(createOrders(toOrdersConfig(env), { log, metrics, health }), { log, health, stopLeadMs: env.STOP_LEAD_MS });
