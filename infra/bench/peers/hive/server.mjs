// Hive Gateway by its own command line, in this process: `server.mjs [--hive-router-runtime]` serves the file BENCH_SUPERGRAPH at PORT.
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Logger, run } from '@graphql-hive/gateway';

const { BENCH_SUPERGRAPH: supergraph, PORT: port } = process.env;
const config = fileURLToPath(new URL('gateway.config.mjs', import.meta.url));
const options = process.argv.slice(2);
process.argv.splice(2, Infinity, 'supergraph', supergraph, '--config-path', config, '--host', '127.0.0.1', '--port', port, ...options);
await run({ log: new Logger({ level: 'warn' }) });

const lastTry = performance.now() + 20_000;
for (;;) {
  // Refused while it does not listen yet; the last try below has the bound.
  const answer = await fetch(`http://127.0.0.1:${port}/readiness`).catch(() => null);
  if (answer?.ok) break;
  if (performance.now() > lastTry) throw new Error('Hive Gateway is not ready');
  await delay(50);
}
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
