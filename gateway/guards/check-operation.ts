import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { limitExceeded, type OperationLimits } from '../operation-limits.ts';
import type { CostOf } from './known-costs.ts';

export interface OperationGuardConfig {
  readonly limits: OperationLimits;
  /** Whether a refusal says how far the operation is past which value: in development. */
  readonly tellLimits: boolean;
  /** Works the cost out, or knows it from before. */
  readonly costOf: CostOf;
}

/** What depends on the variables, which the rules of validation do not see: their own depth, and the cost. Null: the operation may run. */
export function checkOperation(
  request: {
    readonly schema: GraphQLSchema;
    readonly document: DocumentNode;
    readonly operation: OperationDefinitionNode;
    readonly variables: Readonly<Record<string, unknown>>;
  },
  { limits, tellLimits, costOf }: OperationGuardConfig,
): GraphQLError | null {
  const depth = depthOf(request.variables, limits.variablesDepth + 1);
  if (depth > limits.variablesDepth) return limitExceeded('variablesDepth', depth, { limits, tellLimits });
  const cost = costOf(request);
  return cost > limits.cost ? limitExceeded('cost', cost, { limits, tellLimits }) : null;
}

/** Levels of objects and lists, looked for no deeper than `atMost`. */
function depthOf(value: unknown, atMost: number): number {
  if (typeof value !== 'object' || value === null || atMost === 0) return 0;
  let deepest = 0;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner, atMost - 1));
  return deepest + 1;
}
