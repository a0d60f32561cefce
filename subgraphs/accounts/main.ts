import { parseConfig } from '@comptoir/platform/config.ts';
import { armFailpoint } from '@comptoir/platform/failpoint.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { accountsConfig, toAccountsConfig } from './config.ts';
import { createAccounts } from './service.ts';

const env = parseConfig(accountsConfig, process.env);
armFailpoint(env.FAILPOINT);
const log = createLog({ service: 'accounts', level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'accounts', instanceId: `accounts-${process.pid}` });
const health = createHealth();
await runService(createAccounts(toAccountsConfig(env), { log, metrics, health }), { log, health, stopLeadMs: env.STOP_LEAD_MS });
