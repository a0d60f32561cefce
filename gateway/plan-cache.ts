import { createHash } from 'node:crypto';
import type { GatewayConfig } from '@apollo/gateway';
import { createLru } from './lru.ts';
import type { GatewayMetrics } from './metrics.ts';

export type PlanCache = NonNullable<NonNullable<GatewayConfig['queryPlannerConfig']>['cache']>;
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

/** Under what Apollo's gateway keeps the plan of an operation (gateway-js, `executor`). */
export function planKey(query: string, operationName: string | undefined): string {
  return planKeyOf(createHash('sha256').update(query).digest('hex'), operationName);
}

/** The same, of a text whose digest is known. */
export function planKeyOf(queryHash: string, operationName: string | undefined): string {
  return operationName ? createHash('sha256').update(queryHash).update(operationName).digest('hex') : queryHash;
}
