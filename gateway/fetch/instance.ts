import { type Breaker, type BreakerConfig, createBreaker } from './breaker.ts';
import { createLane, type Lane } from './lane.ts';
import type { FetchMetrics } from './metrics.ts';
import { createPoster, type Poster, type PostLimits } from './post.ts';

/** One process of a subgraph: its address, its connections, and how it does. */
export interface Instance {
  readonly url: string;
  /** For people and labels: host and port. */
  readonly label: string;
  readonly poster: Poster;
  readonly breaker: Breaker;
  /** Where requests wait while it has enough to do. */
  readonly lane: Lane;
  /** Requests that it has not answered yet, those that wait among them. */
  inFlight: number;
  /** Requests that it has answered so far. */
  answered: number;
  /** False once it says that it stops, refuses connections or is not ready, until a check finds it ready again. */
  isHealthy(): boolean;
  setHealthy(healthy: boolean): void;
  stop(): Promise<void>;
}

export interface InstanceConfig extends Omit<PostLimits, 'maxConnections'> {
  readonly service: string;
  readonly url: string;
  readonly breaker: BreakerConfig;
  /** Requests that it is sent at once. */
  readonly maxAtOnce: number;
}

export function createInstance({ service, url, breaker, maxAtOnce, ...limits }: InstanceConfig, metrics: FetchMetrics): Instance {
  const label = new URL(url).host;
  const poster = createPoster(url, { ...limits, maxConnections: maxAtOnce });
  let healthy = true;
  metrics.breaker(service, label, 'closed');
  metrics.healthy(service, label, true);

  return {
    url,
    label,
    poster,
    breaker: createBreaker(breaker, (state) => metrics.breaker(service, label, state)),
    lane: createLane(maxAtOnce),
    inFlight: 0,
    answered: 0,
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
