import { GraphQLError, SingleFieldSubscriptionsRule, specifiedRules, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { planSubscription, type SubscriptionPlan } from './plan.ts';

// As where it was first read: graphql-js throws at a condition at the root.
const rules = specifiedRules.filter((rule) => rule !== SingleFieldSubscriptionsRule);

/** Plans living subscriptions for the next version of the supergraph; equal ones once. */
export function createReplan(supergraph: Supergraph): (plan: SubscriptionPlan, variables: Record<string, unknown>) => SubscriptionPlan {
  const planned = new Map<SubscriptionPlan, SubscriptionPlan>();

  /** @throws GraphQLError SCHEMA_CHANGED that says why the subscription cannot go on. */
  return (plan, variables) => {
    if (plan.supergraph === supergraph) return plan;
    const fault =
      validate(supergraph.schema, plan.document, rules)[0] ??
      getVariableValues(supergraph.schema, plan.operation.variableDefinitions ?? [], variables).errors?.[0];
    if (fault) throw changed(fault);
    try {
      const next = planned.get(plan) ?? planSubscription(plan.document, supergraph);
      planned.set(plan, next);
      if (next.snapshot !== plan.snapshot) throw new GraphQLError('its events are of another kind now');
      return next;
    } catch (error) {
      throw changed(error as Error);
    }
  };
}

function changed(cause: Error): GraphQLError {
  return new GraphQLError(`The graph has changed and does not answer this subscription any more: ${cause.message}`, {
    originalError: cause,
    extensions: { code: 'SCHEMA_CHANGED' },
  });
}

/** Whether both ask the same of the same subgraph. */
export function samePrimary({ primary: a }: SubscriptionPlan, { primary: b }: SubscriptionPlan): boolean {
  return a.serviceName === b.serviceName && a.operation === b.operation && String(a.variableUsages) === String(b.variableUsages);
}
