import { randomUUID } from 'node:crypto';
import type { GatewayConfig } from '../config.ts';
import { createCacheHearing } from './hearing.ts';
import { createResponseCache, type ResponseCache, type ResponseCacheDeps } from './response-cache.ts';

/** The cache of a gateway, and its listening to the broker where there is one. Neither Redis nor the broker is waited for. */
export async function startCache(
  { cache: enabled = true, amqpUrl }: Pick<GatewayConfig, 'cache' | 'amqpUrl'>,
  deps: ResponseCacheDeps,
): Promise<{ cache: ResponseCache; stop(): Promise<void> }> {
  const cache = createResponseCache({ enabled }, deps);
  const hearing =
    enabled && amqpUrl !== undefined ? createCacheHearing({ amqpUrl, instanceId: randomUUID() }, { cache, log: deps.log }) : null;
  if (hearing) {
    cache.setHearing(hearing);
    await hearing.start();
  }
  return {
    cache,
    async stop() {
      cache.stop();
      await hearing?.stop();
    },
  };
}
