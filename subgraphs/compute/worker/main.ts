import { parseConfig } from '@comptoir/platform/config.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { toWorkerConfig, workerConfig } from './config.ts';
import { createWorker } from './service.ts';

const env = parseConfig(workerConfig, process.env);
const config = toWorkerConfig(env, { pid: process.pid, terminal: process.stdout.isTTY === true });
const log = createLog({ service: config.id, level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'worker', instanceId: config.id });
const health = createHealth();
await runService(createWorker(config, { log, metrics, health }), { log, health });
