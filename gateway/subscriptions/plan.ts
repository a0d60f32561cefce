import { operationFromDocument } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, type FieldNode, GraphQLError, Kind, type OperationDefinitionNode, print, type SelectionNode } from 'graphql';
import { getArgumentValues } from 'graphql/execution/values.js';
import { type CompiledOperation, compileOperation } from '../execution/compile-operation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';

/** The service name under which an executor is handed the event as the answer of the primary fetch. No subgraph can be called so. */
export const eventService = '\0event';

export interface SubscriptionPlan {
  /** Equal for operations that select the same thing. */
  readonly key: string;
  /** The version of the supergraph that it was planned for, and the folded document that was planned. */
  readonly supergraph: Supergraph;
  readonly document: DocumentNode;
  /** The field that is subscribed to, by the name it has in the schema. */
  readonly fieldName: string;
  /** Its arguments, with the values of the variables. */
  argumentsOf(variables: Record<string, unknown>): Record<string, unknown>;
  readonly operation: OperationDefinitionNode;
  /** Each event is the whole newest state. */
  readonly snapshot: boolean;
  /** What is subscribed to, and where. */
  readonly primary: FetchNode;
  /** What is run for each event: the primary fetch, answered by the event, then the fetches to other subgraphs. */
  readonly perEvent: QueryPlan;
  /** False where an event is only read: its own subgraph answers everything, and calls it what the client does. */
  readonly changesEvents: boolean;
  /** The same, compiled; null where only Apollo's executor can run it. */
  readonly compiled: CompiledOperation | null;
}

/**
 * Plans a folded subscription.
 * @throws GraphQLError for an operation that cannot be run.
 */
export function planSubscription(folded: DocumentNode, supergraph: Supergraph): SubscriptionPlan {
  const operation = folded.definitions[0] as OperationDefinitionNode;
  const field = onlyRootField(folded, operation);
  const fieldName = field.name.value;
  const definition = supergraph.schema.getSubscriptionType()?.getFields()[fieldName];
  const { node } = supergraph.planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema, folded));
  if (node?.kind !== 'Subscription' || !definition)
    throw new GraphQLError('The subscription has no source', { extensions: { code: 'BAD_REQUEST' } });
  const { primary, rest } = node;
  const answered: PlanNode = { ...primary, serviceName: eventService, operationKind: 'query' as FetchNode['operationKind'] };
  const perEvent: PlanNode = rest ? { kind: 'Sequence', nodes: [answered, rest] } : answered;
  return {
    key: print(folded),
    supergraph,
    document: folded,
    fieldName,
    argumentsOf: (variables) => getArgumentValues(definition, field, variables),
    operation,
    snapshot: supergraph.snapshotFields.has(fieldName),
    primary,
    perEvent: { kind: 'QueryPlan', node: perEvent },
    changesEvents: rest !== undefined || (primary.outputRewrites?.length ?? 0) > 0,
    compiled: compileOperation({ document: folded, operation, plan: perEvent }, supergraph),
  };
}

/** The rule of the specification, which the folded operation is held to: one field, and not an introspection one. */
function onlyRootField(folded: DocumentNode, operation: OperationDefinitionNode): FieldNode {
  const fields = new Map<string, FieldNode>();
  const collect = (selections: readonly SelectionNode[]) => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.set(selection.alias?.value ?? selection.name.value, selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet.selections);
      else
        for (const definition of folded.definitions)
          if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value)
            collect(definition.selectionSet.selections);
    }
  };
  collect(operation.selectionSet.selections);
  const [field] = fields.values();
  if (fields.size !== 1 || field === undefined || field.name.value.startsWith('__'))
    throw new GraphQLError('A subscription selects exactly one field at its root, and not an introspection field', {
      nodes: operation,
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  return field;
}
