import { createLog } from '@comptoir/platform/log.ts';
import { runService } from '@comptoir/platform/service.ts';
import { createBroker } from './broker.ts';

const log = createLog({
  service: 'development-broker',
  level: process.env.LOG_LEVEL,
  format: process.env.LOG_FORMAT === 'json' ? 'json' : process.env.LOG_FORMAT === 'pretty' ? 'pretty' : undefined,
});
const broker = createBroker({
  host: process.env.HOST || '127.0.0.1',
  port: portVariable('AMQP_PORT', 5672),
  managementPort: portVariable('AMQP_MANAGEMENT_PORT', 15_672),
  log,
});

await runService(
  {
    name: 'development broker',
    async start() {
      await broker.start();
      // Sent before runService's own message, which knows of no ports: 0 asks for free ones.
      process.send?.({ type: 'ready', port: broker.port(), managementPort: broker.managementPort() });
    },
    stop: broker.stop,
  },
  { log },
);

function portVariable(name: string, fallback: number): number {
  const given = process.env[name];
  if (!given) return fallback;
  if (!/^\d{1,5}$/.test(given) || Number(given) > 65_535)
    throw new Error(`${name} is ${JSON.stringify(given)}; a port from 0 to 65535 is wanted`);
  return Number(given);
}
