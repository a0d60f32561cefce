import { armFailpoint } from './failpoint.ts';
import { createHealth } from './health.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { runService } from './service.ts';
import type { SubgraphVariables } from './subgraph-config.ts';
import type { SubgraphService, SubgraphServiceDeps } from './subgraph-service.ts';

/** Runs a subgraph as a process of its own until it is told to stop. `env` is what its `main.ts` parsed. */
export async function runSubgraph<Env extends SubgraphVariables>(
  name: string,
  env: Env,
  create: (env: Env, deps: SubgraphServiceDeps) => SubgraphService,
): Promise<void> {
  armFailpoint(env.FAILPOINT);
  const log = createLog({ service: name, level: env.LOG_LEVEL, format: env.LOG_FORMAT, directory: env.LOG_DIR });
  const metrics = createMetrics({ service: name, instanceId: `${name}-${process.pid}` });
  const health = createHealth();
  await runService(create(env, { log, metrics, health }), { log, health, stopLeadMs: env.STOP_LEAD_MS });
}
