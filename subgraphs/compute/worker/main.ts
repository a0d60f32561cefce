import { parseConfig } from '@comptoir/platform/config.ts';
import { createLog } from '@comptoir/platform/log.ts';
import { runService } from '@comptoir/platform/service.ts';
import { toWorkerConfig, workerConfig } from './config.ts';
import { createWorker } from './service.ts';

const env = parseConfig(workerConfig, process.env);
const config = toWorkerConfig(env, { pid: process.pid, terminal: process.stdout.isTTY === true });
const log = createLog({ service: config.id, level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
await runService(createWorker(config, { log }), { log });
