import type { Log } from '@comptoir/platform/log.ts';
import type { Metrics } from '@comptoir/platform/metrics.ts';
import type { NowOrLater } from '@comptoir/platform/now-or-later.ts';
import type { LimitBackend } from './backend.ts';

/**
 * Counts where all gateways do, and in this process while that cannot be reached: then each instance lets through what the limits allow, which is better
 * than refusing everybody or nobody. What was counted here is not carried over.
 */
export function createInsuredBackend(
  shared: LimitBackend,
  own: LimitBackend,
  { log, metrics }: { log: Log; metrics: Metrics },
): LimitBackend {
  const alone = metrics.gauge({ name: 'rate_limit_alone', help: '1 while limits are counted in this process instead of in Redis' });
  alone.set(0);
  let isAlone = false;

  async function insured<T>(ask: (backend: LimitBackend) => NowOrLater<T>): Promise<T> {
    try {
      const answer = await ask(shared);
      if (isAlone) {
        log.info({ event: 'limits_shared_again' }, 'limits are counted together with the other gateways again');
        isAlone = false;
        alone.set(0);
      }
      return answer;
    } catch (error) {
      if (!isAlone) log.warn({ event: 'limits_alone', err: error }, 'limits are counted in this instance only, until Redis is back');
      isAlone = true;
      alone.set(1);
      return ask(own);
    }
  }

  return {
    count: (windows) => insured((backend) => backend.count(windows)),
    take: (key, size, cost) => insured((backend) => backend.take(key, size, cost)),
    async stop() {
      await Promise.all([shared.stop(), own.stop()]);
    },
  };
}
