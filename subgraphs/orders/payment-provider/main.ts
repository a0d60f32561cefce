import { parseConfig } from '@comptoir/platform/config.ts';
import { armFailpoint } from '@comptoir/platform/failpoint.ts';
import { createHealth } from '@comptoir/platform/health.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { createMetrics } from '@comptoir/platform/metrics.ts';
import { runService } from '@comptoir/platform/service.ts';
import { paymentProviderConfig, toPaymentProviderConfig } from './config.ts';
import { createPaymentProvider } from './service.ts';

const env = parseConfig(paymentProviderConfig, process.env);
armFailpoint(env.FAILPOINT);
const log = createLog({ service: 'payment-provider', level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
const metrics = createMetrics({ service: 'payment-provider', instanceId: `payment-provider-${process.pid}` });
await runService(createPaymentProvider(toPaymentProviderConfig(env), { log, metrics, health: createHealth() }), { log });
