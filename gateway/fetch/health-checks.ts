import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@comptoir/platform/log.ts';
import type { Instance } from './instance.ts';

export interface HealthCheckConfig {
  readonly service: string;
  readonly everyMs: number;
}

const timeoutMs = 1_000;

/**
 * Asks each instance again and again whether it is ready, so that one that stops is left before it refuses anybody, and one that is back is found without
 * a request at stake. For several instances: where there is only one there is no choice. Returns how to end it.
 */
export function startHealthChecks(
  instances: readonly Instance[],
  { service, everyMs }: HealthCheckConfig,
  { log }: { log: Log },
): () => Promise<void> {
  const ending = new AbortController();

  async function check(instance: Instance): Promise<void> {
    const healthy = await isReady(instance.url, ending.signal);
    if (ending.signal.aborted || healthy === instance.isHealthy()) return;
    instance.setHealthy(healthy);
    const event = healthy ? 'upstream_instance_back' : 'upstream_instance_left';
    log.info(
      { event, subgraph: service, instance: instance.label },
      healthy ? 'an instance takes requests again' : 'an instance is left alone',
    );
  }

  async function watch(instance: Instance): Promise<void> {
    while (!ending.signal.aborted) {
      await check(instance);
      // Apart in time, so that gateways that were started together do not ask together. Rejects only at the end, which the loop looks for.
      await delay(everyMs * (0.8 + Math.random() * 0.4), undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }

  const watching = instances.map(watch);
  return async () => {
    ending.abort();
    await Promise.all(watching);
  };
}

/** A subgraph of somebody else may know no such address: that it answers at all has to do. */
async function isReady(url: string, ending: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(new URL('/health/ready', url), { signal: AbortSignal.any([ending, AbortSignal.timeout(timeoutMs)]) });
    await response.body?.cancel();
    return response.status !== 503;
  } catch {
    return false;
  }
}
