import { operationFromDocument } from '@apollo/federation-internals';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { createLru } from '../lru.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { PlanCache } from '../plan-cache.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { type CompiledOperation, compileOperation } from './compile-operation.ts';

export interface AskedOperation {
  /** Under what its plan is kept. */
  readonly key: string;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
}

/** The queries and mutations of one version of the supergraph, planned by Apollo's planner and compiled by us, once each. */
export interface CompiledOperations {
  /**
   * Null: only Apollo's executor can run it.
   * @throws GraphQLError where there is no plan for it
   */
  of(asked: AskedOperation): Promise<CompiledOperation | null>;
}

/** As many as there are plans. */
const operationsAtMost = 500;

export function createCompiledOperations({
  supergraph,
  plans,
  metrics,
}: {
  supergraph: Supergraph;
  plans: PlanCache;
  metrics: Pick<GatewayMetrics, 'queryPlanCache'>;
}): CompiledOperations {
  const known = createLru<string, { readonly compiled: CompiledOperation | null }>(operationsAtMost);

  async function planOf({ key, document, operationName }: AskedOperation) {
    const planned = await plans.get(key);
    if (planned) return planned;
    const plan = supergraph.planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema, document, { operationName }));
    await plans.set(key, plan);
    return plan;
  }

  return {
    async of(asked) {
      const found = known.get(asked.key);
      if (found) {
        metrics.queryPlanCache(true);
        return found.compiled;
      }
      const { node: plan } = await planOf(asked);
      const compiled = plan?.kind === 'Subscription' ? null : compileOperation({ ...asked, plan }, supergraph);
      known.set(asked.key, { compiled });
      return compiled;
    },
  };
}
