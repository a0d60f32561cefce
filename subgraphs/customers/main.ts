import { parseConfig } from '@comptoir/platform/config.ts';
import { armFailpoint } from '@comptoir/platform/failpoint.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { customersConfig, toCustomersConfig } from './config.ts';
import { createCustomers } from './service.ts';

const env = parseConfig(customersConfig, process.env);
armFailpoint(env.FAILPOINT);
const log = createLog({ service: 'customers', level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'customers', instanceId: `customers-${process.pid}` });
const health = createHealth();
await runService(createCustomers(toCustomersConfig(env), { log, metrics, health }), { log, health, stopLeadMs: env.STOP_LEAD_MS });
