import type { Instance } from './instance.ts';

export interface Balancer {
  /**
   * The instance to ask next: of those that are healthy the one with the fewest requests, in turn where they are equal. One whose breaker waits for a trial
   * gets it only from a request that may be repeated. Null while every breaker is open.
   */
  pick(options: { readonly repeatable: boolean; readonly not?: ReadonlySet<Instance> | undefined }): Instance | null;
}

export function createBalancer(instances: readonly Instance[]): Balancer {
  let turn = 0;

  function least(candidates: readonly Instance[]): Instance | null {
    let best: Instance | null = null;
    for (const candidate of candidates) if (!best || candidate.inFlight < best.inFlight) best = candidate;
    return best;
  }

  return {
    pick({ repeatable, not }) {
      const [only] = instances;
      if (instances.length === 1 && only) return only.breaker.allows() ? only : null;
      const start = turn++ % instances.length;
      const inTurn = [...instances.slice(start), ...instances.slice(0, start)].filter(({ breaker }) => breaker.allows());
      const fresh = inTurn.filter((instance) => !not?.has(instance));
      const serving = fresh.filter((instance) => instance.isHealthy());
      const onTrial = serving.find(({ breaker }) => breaker.state() === 'half-open');
      if (onTrial && repeatable) return onTrial;
      // Where none is known to be well, any one is better than none; asked twice before that it is asked last.
      return least(serving.filter(({ breaker }) => breaker.state() === 'closed')) ?? least(serving) ?? least(fresh) ?? least(inTurn);
    },
  };
}
