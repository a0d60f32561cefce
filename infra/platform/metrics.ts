import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  Registry,
} from 'prom-client';

/** A process's metrics. Asking for a name again gives the metric that is there, so parts of one process can share them. */
export interface Metrics {
  readonly service: string;
  /** Value of the label `instance_id`. */
  readonly instanceId: string;
  readonly registry: Registry;
  counter<Label extends string>(config: Omit<CounterConfiguration<Label>, 'registers'>): Counter<Label>;
  histogram<Label extends string>(config: Omit<HistogramConfiguration<Label>, 'registers'>): Histogram<Label>;
  gauge<Label extends string>(config: Omit<GaugeConfiguration<Label>, 'registers'>): Gauge<Label>;
}

export interface MetricsConfig {
  service: string;
  instanceId: string;
  /** Whether to tell of the process itself too: memory, processor, event loop. Default: yes. */
  processMetrics?: boolean;
}

export function createMetrics({ service, instanceId, processMetrics = true }: MetricsConfig): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const once = <M>(name: string, create: () => M) => (registry.getSingleMetric(name) as M | undefined) ?? create();
  return {
    service,
    instanceId,
    registry,
    counter: (config) => once(config.name, () => new Counter({ ...config, registers })),
    histogram: (config) => once(config.name, () => new Histogram({ ...config, registers })),
    gauge: (config) => once(config.name, () => new Gauge({ ...config, registers })),
  };
}

/** Keeps a label's values bounded: the first `max` different ones are themselves, later ones are `other`. */
export function boundedLabel(max: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= max) return 'other';
    known.add(value);
    return value;
  };
}

/** One look at the database for all metrics that are collected at once. Null while there is none to be had: then the last figures stand. */
export function sharedLook<Figures>(look: () => Promise<Figures>): () => Promise<Figures | null> {
  let looking: Promise<Figures | null> | null = null;
  return () => {
    looking ??= look()
      .catch(() => null)
      .finally(() => {
        looking = null;
      });
    return looking;
  };
}
