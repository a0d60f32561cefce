/** Whether requests pass. `half-open`: it was open for long enough; one request at a time finds out whether to close it. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface InstanceReport {
  readonly url: string;
  readonly healthy: boolean;
  readonly state: BreakerState;
  /** Requests that it is answering right now. */
  readonly inFlight: number;
}

/** A subgraph as one gateway asks it. */
export interface UpstreamReport {
  readonly service: string;
  /** The best of its instances. */
  readonly state: BreakerState;
  /** Within the window of the breakers. */
  readonly failures: number;
  readonly instances: readonly InstanceReport[];
}

/** Answers that are kept, and how often they were of use. */
export interface CacheReport {
  readonly kind: 'redis' | 'memory';
  readonly enabled: boolean;
  readonly hits: number;
  readonly misses: number;
  /** 0 to 1. */
  readonly hitRatio: number;
  readonly keys: number;
  readonly memoryUsedBytes: number;
  readonly connectedClients: number;
}

/** How a consumer stands, as one gateway last saw it. */
export interface ConsumerUsage {
  readonly consumerId: string;
  /** Its name, which is not always its alone. */
  readonly consumer: string;
  readonly perMinute: number;
  readonly usedMinute: number;
  readonly perHour: number;
  readonly usedHour: number;
  /** Until its minute begins anew; 0 where that has happened already. */
  readonly resetMs: number;
  /** Requests refused by this instance since it started. */
  readonly refused: number;
}

/** Subscriptions at this moment. */
export interface SubscriptionReport {
  readonly subscriptions: number;
  readonly groups: number;
  readonly upstreams: number;
  readonly consumers: number;
  /** Bytes of results kept for clients that come back, and of those that wait for clients that read slowly. */
  readonly keptBytes: number;
  readonly waitingBytes: number;
}

/** What one gateway knows of itself that no subgraph does, as it tells it at /api/edge. */
export interface EdgeReport {
  /** Which instance tells. */
  readonly instance: string;
  /** Of the supergraph that it serves. */
  readonly version: string;
  readonly upstreams: readonly UpstreamReport[];
  readonly cache: CacheReport;
  /** Those that asked this instance of late, the last one first. */
  readonly consumers: readonly ConsumerUsage[];
  readonly subscriptions: SubscriptionReport;
}
