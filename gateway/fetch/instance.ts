import { type Breaker, type BreakerConfig, createBreaker } from './breaker.ts';
import type { FetchMetrics } from './metrics.ts';
import { createPoster, type Poster, type PostLimits } from './post.ts';

/** One process of a subgraph: its address, its connections, and how it does. */
export interface Instance {
  readonly url: string;
  /** For people and labels: host and port. */
  readonly label: string;
  readonly poster: Poster;
  readonly breaker: Breaker;
  /** Requests that it has not answered yet. */
  inFlight: number;
  /** False once it says that it stops, refuses connections or is not ready, until a check finds it ready again. */
  isHealthy(): boolean;
  setHealthy(healthy: boolean): void;
  stop(): Promise<void>;
}

export interface InstanceConfig extends PostLimits {
  readonly service: string;
  readonly url: string;
  readonly breaker: BreakerConfig;
}

export function createInstance({ service, url, breaker, ...limits }: InstanceConfig, metrics: FetchMetrics): Instance {
  const label = new URL(url).host;
  const poster = createPoster(url, limits);
  let healthy = true;
  metrics.breaker(service, label, 'closed');
  metrics.healthy(service, label, true);

  return {
    url,
    label,
    poster,
    breaker: createBreaker(breaker, (state) => metrics.breaker(service, label, state)),
    inFlight: 0,
    isHealthy: () => healthy,
    setHealthy(now) {
      if (now === healthy) return;
      healthy = now;
      metrics.healthy(service, label, now);
    },
    async stop() {
      metrics.forget(service, label);
      await poster.stop();
    },
  };
}
