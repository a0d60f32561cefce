import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import type { ResponseCache } from '../cache/response-cache.ts';
import { cacheRulesOf } from '../cache/rules.ts';
import type { GatewayContext } from '../context.ts';
import type { GraphResult } from '../graph.ts';
import { checkOperation, type OperationGuardConfig } from '../guards/check-operation.ts';
import { namesLimitedField } from '../guards/limit-fields.ts';
import type { FieldLimiter } from '../limits/field-limiter.ts';
import { createLru } from '../lru.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { planKey } from '../plan-cache.ts';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { CompiledOperation } from './compile-operation.ts';
import type { CompiledOperations } from './compiled-operations.ts';
import type { Sources } from './run.ts';

/** Operations that parts of the gateway itself ask, with the same text every time: read and judged once. */
export interface OwnOperations {
  /** Null: it has to go the way that operations of clients go, which also says what is wrong with it. */
  run(request: OperationRequest, context: GatewayContext): Promise<GraphResult | null>;
}

export interface OwnOperationsDeps {
  readonly supergraph: Supergraph;
  readonly operations: CompiledOperations;
  readonly sources: Sources;
  readonly fields: Pick<FieldLimiter, 'isLimited'>;
  readonly cache: Pick<ResponseCache, 'remove'>;
  readonly metrics: GatewayMetrics;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

interface Own {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
}

const operationsAtMost = 500;

export function createOwnOperations(
  { rules, guard }: { rules: readonly ValidationRule[]; guard: OperationGuardConfig },
  { supergraph, operations, sources, fields, cache, metrics, formatError }: OwnOperationsDeps,
): OwnOperations {
  const { schema } = supergraph;
  const cacheRules = cacheRulesOf(supergraph);
  const known = createLru<string, { readonly own: Own | null }>(operationsAtMost);

  async function read({ query, operationName }: OperationRequest): Promise<Own | null> {
    const document = parse(query);
    const operation = getOperationAST(document, operationName);
    if (!operation || operation.operation === 'subscription' || validate(schema, document, [...specifiedRules, ...rules]).length > 0)
      return null;
    // Each use of those is counted, by whom the client is.
    if (namesLimitedField(document, schema, fields)) return null;
    const name = operationName ?? undefined;
    const compiled = await operations.of({ key: planKey(query, name), document, operation, operationName: name });
    return compiled && { document, operation, compiled };
  }

  async function execute(own: Own, variables: Readonly<Record<string, unknown>>, context: GatewayContext): Promise<GraphResult> {
    const { document, operation, compiled } = own;
    const startedAt = performance.now();
    const { data, errors } = await compiled({ sources, context, variables }).catch((error: Error) => ({
      data: null,
      errors: [new GraphQLError(error.message, { originalError: error })],
    }));
    if (operation.operation === 'mutation') await cache.remove(cacheRules.removedBy(document, operation, variables));
    const seconds = (performance.now() - startedAt) / 1_000;
    metrics.operation({ name: operation.name?.value ?? null, type: operation.operation, failed: errors !== undefined, seconds });
    return { data: data ?? null, errors: errors?.map((error) => formatError(error.toJSON(), error)) };
  }

  return {
    async run(request, context) {
      const key = `${request.operationName ?? ''}\n${request.query}`;
      let found = known.get(key);
      if (!found) {
        // Whatever cannot be read or planned is refused in the words that clients get.
        found = { own: await read(request).catch(() => null) };
        known.set(key, found);
      }
      const { own } = found;
      if (!own) return null;
      const { document, operation } = own;
      const variables = request.variables ?? {};
      const isFaulty = getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors !== undefined;
      if (isFaulty || checkOperation({ schema, document, operation, variables }, guard)) return null;
      return execute(own, variables, context);
    },
  };
}
