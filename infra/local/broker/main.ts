import { createLog } from '@comptoir/platform/log.ts';
import { type Runtime, runService } from '@comptoir/platform/service.ts';
import { createBroker } from './broker.ts';

const log = createLog({
  service: 'development-broker',
  level: process.env.LOG_LEVEL,
  format: process.env.LOG_FORMAT === 'json' ? 'json' : process.env.LOG_FORMAT === 'pretty' ? 'pretty' : undefined,
  directory: process.env.LOG_DIR || undefined,
});
const broker = createBroker({
  host: process.env.HOST || '127.0.0.1',
  port: portVariable('AMQP_PORT', 5672),
  managementPort: portVariable('AMQP_MANAGEMENT_PORT', 15_672),
  log,
});

/** The parent is told the ports with the one message that says the broker is ready: a port of 0 asked for a free one. */
const runtime: Runtime = {
  on: process.on.bind(process),
  off: process.off.bind(process),
  exit: process.exit.bind(process),
  kill: process.kill.bind(process),
  pid: process.pid,
  send:
    process.send &&
    ((message: object) => process.send?.({ ...message, port: broker.port(), managementPort: broker.managementPort() }) ?? false),
};
await runService({ name: 'development broker', start: broker.start, stop: broker.stop }, { log, runtime });

function portVariable(name: string, fallback: number): number {
  const given = process.env[name];
  if (!given) return fallback;
  if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535)
    throw new Error(`${name} is ${JSON.stringify(given)}; a port from 0 to 65535 is wanted`);
  return Number(given);
}
