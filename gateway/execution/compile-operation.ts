import type { PlanNode } from '@apollo/query-planner';
import { type DocumentNode, GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { createLru } from '../lru.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { type Completion, compileCompletion } from './completion.ts';
import type { JsonObject } from './json.ts';
import { lookOver } from './look-over.ts';
import type { Run, Sources, Variables } from './run.ts';
import { compileSteps, conditionOf } from './steps.ts';
import { Unsupported } from './unsupported.ts';

export interface Execution {
  readonly sources: Sources;
  readonly context: GatewayContext;
  readonly variables: Variables;
}

/** As Apollo's executor answers it. */
export interface ExecutionAnswer {
  readonly data?: JsonObject | null;
  readonly errors?: readonly GraphQLError[];
  /** What was wrong with the answers of subgraphs, where they told of no errors themselves. */
  readonly extensions?: { readonly valueCompletion: readonly GraphQLError[] };
  /** A subgraph does not have an entity that another one refers to. */
  readonly dangles: boolean;
}

/** An operation and its plan, made into functions once. */
export type CompiledOperation = (execution: Execution) => Promise<ExecutionAnswer>;

/** What differs by the values of conditions is compiled for each combination of them that is asked for; so many are kept. */
const maxCombinations = 16;

/** Null: the plan or the operation holds something that only Apollo's executor knows how to run. */
export function compileOperation(
  { document, operation, plan }: { document: DocumentNode; operation: OperationDefinitionNode; plan: PlanNode | undefined },
  { schema, supergraphSchema }: Pick<Supergraph, 'schema' | 'supergraphSchema'>,
): CompiledOperation | null {
  const root = schema.getRootType(operation.operation);
  if (!root) return null;
  try {
    const { fragments, conditions, defaults } = lookOver(document, operation);
    const step = plan && compileSteps(plan, { supergraph: supergraphSchema, defaults, alone: plan.kind === 'Fetch' });
    const completions = createLru<string, (data: JsonObject) => Completion>(maxCombinations);

    function completionFor(variables: Variables): (data: JsonObject) => Completion {
      const values = conditions.map((name) => [name, conditionOf(name, variables, defaults)] as const);
      const key = values.map(([, value]) => (value ? '1' : '0')).join('');
      const known = completions.get(key);
      if (known) return known;
      const selected = { selectionSet: operation.selectionSet, on: root! };
      const compiled = compileCompletion(selected, { schema, fragments, conditions: new Map(values) });
      completions.set(key, compiled);
      return compiled;
    }

    return async ({ sources, context, variables }) => {
      const run: Run = { sources, context, variables, data: {}, errors: [], dangles: false };
      await step?.(run);
      const { errors, dangles } = run;
      try {
        const completion = completionFor(variables)(run.data);
        if (errors.length > 0) return { errors, data: completion.data, dangles };
        if (completion.faults.length > 0) return { extensions: { valueCompletion: completion.faults }, data: completion.data, dangles };
        return { data: completion.data, dangles };
      } catch (error) {
        return { errors: [new GraphQLError((error as Error).message, { originalError: error as Error })], dangles };
      }
    };
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}
