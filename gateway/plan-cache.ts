import type { GatewayConfig } from '@apollo/gateway';
import { createLru } from './lru.ts';
import type { GatewayMetrics } from './metrics.ts';

type PlanCache = NonNullable<NonNullable<GatewayConfig['queryPlannerConfig']>['cache']>;
type QueryPlan = NonNullable<Awaited<ReturnType<PlanCache['get']>>>;

const plansAtMost = 500;

/** Where Apollo's gateway keeps the plans of queries and mutations, as many as of subscriptions; tells how often one was there. */
export function createPlanCache(metrics: Pick<GatewayMetrics, 'queryPlanCache'>): PlanCache {
  let plans = createLru<string, QueryPlan>(plansAtMost);
  return {
    async get(key) {
      const plan = plans.get(key);
      metrics.queryPlanCache(plan !== undefined);
      return plan;
    },
    set: async (key, plan) => plans.set(key, plan),
    delete: async (key) => plans.delete(key),
    clear() {
      plans = createLru(plansAtMost);
    },
  };
}
