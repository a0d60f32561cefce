/** What gateway/main.ts runs, for clients who all come from one address. */
import { gatewayConfig, toGatewayConfig } from '@comptoir/gateway/config.ts';
import { createGateway } from '@comptoir/gateway/service.ts';
import { parseConfig } from '@comptoir/platform/config.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';

/** More than any benchmark opens. */
const maxSocketsPerAddress = 100_000;

const env = parseConfig(gatewayConfig, process.env);
const log = createLog({ service: 'gateway', level: env.LOG_LEVEL, format: env.LOG_FORMAT });
const metrics = createMetrics({ service: 'gateway', instanceId: 'bench-gateway' });
const health = createHealth();
const gateway = createGateway({ ...toGatewayConfig(env), maxSocketsPerAddress }, { log, metrics, health });
await runService(gateway, { log, health });
