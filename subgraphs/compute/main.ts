import { parseConfig } from '@comptoir/platform/config.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { computeConfig, toComputeConfig } from './config.ts';
import { createCompute } from './service.ts';

const env = parseConfig(computeConfig, process.env);
const log = createLog({ service: 'compute', level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'compute', instanceId: `compute-${process.pid}` });
const health = createHealth();
await runService(createCompute(toComputeConfig(env), { log, metrics, health }), { log, health, stopLeadMs: env.STOP_LEAD_MS });
