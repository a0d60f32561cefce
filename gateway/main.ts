import { randomUUID } from 'node:crypto';
import { parseConfig } from '@comptoir/platform/config.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { gatewayConfig, toGatewayConfig } from './config.ts';
import { createGateway } from './service.ts';

const env = parseConfig(gatewayConfig, process.env);
const log = createLog({ service: 'gateway', level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'gateway', instanceId: `gateway-${randomUUID().slice(0, 8)}` });
const health = createHealth();
await runService(createGateway(toGatewayConfig(env), { log, metrics, health }), { log, health, stopLeadMs: env.STOP_LEAD_MS });
