import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { checkOperation, type OperationGuardConfig } from '../guards/check-operation.ts';
import { createLru } from '../lru.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { foldOperation, hasRootConditions } from './fold.ts';
import { planSubscription, type SubscriptionPlan } from './plan.ts';

/** What a client asks for, as it came. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A request that was read: wrong, a subscription that can be run, or a query or mutation, which is not our business. */
export type Prepared =
  | { readonly kind: 'faulty'; readonly errors: readonly GraphQLError[] }
  | { readonly kind: 'other'; readonly document: DocumentNode }
  | {
      readonly kind: 'subscription';
      readonly document: DocumentNode;
      readonly plan: SubscriptionPlan;
      readonly variables: Record<string, unknown>;
    };

interface Parsed {
  readonly document: DocumentNode;
  /** Only for documents with a subscription; queries and mutations are validated where they are run. */
  readonly errors: readonly GraphQLError[];
  /** By operation name; only for operations that fold the same way whatever their variables. */
  readonly plans: Map<string, SubscriptionPlan>;
}

/** Longer documents are read anew each time, which keeps the cache bounded in bytes too. */
const maxCachedLength = 20_000;

/** Reads requests: parse, validate, fold, plan. Each step's outcome is kept for the next request that says the same. */
export function createPrepare(
  { maxTokens, rules, guard }: { maxTokens: number; rules: readonly ValidationRule[]; guard: OperationGuardConfig },
  { supergraph, metrics }: { supergraph: Supergraph; metrics: GatewayMetrics },
): (request: OperationRequest) => Prepared {
  const documents = createLru<string, Parsed>(500);
  const plans = createLru<DocumentNode | string, SubscriptionPlan>(500);
  // The rule of one root field is applied after folding instead: graphql-js throws at a condition there.
  const validationRules = [...specifiedRules.filter((rule) => rule !== SingleFieldSubscriptionsRule), ...rules];

  const read = (query: string): Parsed => {
    const cached = documents.get(query);
    if (cached) return cached;
    const document = parse(query, { maxTokens });
    const subscribes = document.definitions.some(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription',
    );
    const parsed = {
      document,
      errors: subscribes
        ? validate(supergraph.schema, document, validationRules).map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'))
        : [],
      plans: new Map(),
    };
    if (query.length <= maxCachedLength) documents.set(query, parsed);
    return parsed;
  };

  const planOf = (parsed: Parsed, operation: OperationDefinitionNode, variables: Record<string, unknown>): SubscriptionPlan => {
    const name = operation.name?.value ?? '';
    const known = parsed.plans.get(name);
    metrics.planCache(known !== undefined);
    if (known) return known;
    const folded = foldOperation(parsed.document, operation, variables);
    const planned = planSubscription(folded, supergraph);
    // The same operation written in another way has the same plan.
    const plan = plans.get(planned.key) ?? planned;
    plans.set(plan.key, plan);
    if (!hasRootConditions(operation.selectionSet.selections, fragmentsOf(parsed.document))) parsed.plans.set(name, plan);
    return plan;
  };

  return ({ query, operationName, variables }) => {
    try {
      const parsed = read(query);
      const operation = getOperationAST(parsed.document, operationName);
      if (!operation)
        return faulty(
          new GraphQLError('The document holds no such operation, or several and no name says which', {
            extensions: { code: 'BAD_REQUEST' },
          }),
        );
      if (operation.operation !== 'subscription') return { kind: 'other', document: parsed.document };
      if (parsed.errors.length > 0) return { kind: 'faulty', errors: parsed.errors };
      const coerced = getVariableValues(supergraph.schema, operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 20 });
      if (coerced.errors) return { kind: 'faulty', errors: coerced.errors.map((error) => withCode(error, 'BAD_USER_INPUT')) };
      const refusal = checkOperation(
        { schema: supergraph.schema, document: parsed.document, operation, variables: variables ?? {} },
        guard,
      );
      if (refusal) return faulty(refusal);
      const plan = planOf(parsed, operation, coerced.coerced);
      const used = (plan.operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
      return {
        kind: 'subscription',
        document: parsed.document,
        plan,
        variables: Object.fromEntries(used.flatMap((name) => (name in coerced.coerced ? [[name, coerced.coerced[name]]] : []))),
      };
    } catch (error) {
      // Parser, validator and planner throw for operations they cannot cope with: that is this operation's fault and nobody else's.
      return faulty(
        error instanceof GraphQLError
          ? withCode(error, 'BAD_REQUEST')
          : new GraphQLError('The operation cannot be planned', { originalError: error as Error }),
      );
    }
  };
}

function faulty(error: GraphQLError): Prepared {
  return { kind: 'faulty', errors: [error] };
}

/** The error with this code, unless it has one. */
function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions.code !== undefined) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    originalError: error,
    extensions: { code },
  });
}

function fragmentsOf(document: DocumentNode) {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}
