import type { Metrics } from '@comptoir/platform/metrics.ts';

/** `loaded`: serves now. `refused`: it cannot be built, the old one goes on. `unreadable`: its source did not give it. */
export type ReloadOutcome = 'loaded' | 'refused' | 'unreadable';

export interface SupergraphMetrics {
  serves(version: string): void;
  reload(outcome: ReloadOutcome): void;
  warmed(plans: number, seconds: number): void;
}

export function createSupergraphMetrics({ gauge, counter }: Metrics): SupergraphMetrics {
  const info = gauge({ name: 'supergraph_info', help: '1 for the version of the supergraph that serves', labelNames: ['version'] });
  const reloads = counter({ name: 'supergraph_reloads_total', help: 'Next versions of the supergraph', labelNames: ['outcome'] });
  const warmUpSeconds = gauge({ name: 'supergraph_warm_up_seconds', help: 'How long the plans of the version that serves took' });
  const warmedPlans = gauge({ name: 'supergraph_warmed_plans', help: 'Plans there were when the version that serves began to' });
  for (const outcome of ['loaded', 'refused', 'unreadable'] as const) reloads.inc({ outcome }, 0);

  return {
    serves(version) {
      info.reset();
      info.set({ version }, 1);
    },
    reload: (outcome) => reloads.inc({ outcome }),
    warmed(plans, seconds) {
      warmedPlans.set(plans);
      warmUpSeconds.set(seconds);
    },
  };
}
