import { hash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
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
import { checkOperation, type OperationGuardConfig } from '../guards/check-operation.ts';
import { namesLimitedField } from '../guards/limit-fields.ts';
import { limitsOnly } from '../guards/tell-limits-only.ts';
import type { FieldLimiter } from '../limits/field-limiter.ts';
import { createLru } from '../lru.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { OperationRequest } from '../subscriptions/prepare.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { CompiledOperation } from './compile-operation.ts';
import type { CompiledOperations } from './compiled-operations.ts';
import type { JsonObject } from './json.ts';
import type { Sources, Variables } from './run.ts';

/** An operation that there is nothing to find wrong with. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Names the text, as Apollo Server does. */
  readonly queryHash: string;
  readonly run: CompiledOperation;
}

export interface OperationAnswer {
  /** Left out where nothing was run to its end. */
  readonly data?: JsonObject | null | undefined;
  readonly errors?: readonly GraphQLFormattedError[] | undefined;
  readonly extensions?: object | undefined;
  /** The execution itself failed, and not a part of the answer. */
  readonly broke?: boolean | undefined;
}

/** Queries and mutations that are read, judged and compiled once, and then run without Apollo Server. */
export interface PreparedOperations {
  /** Null: Apollo Server has to answer it: it says what is wrong with it, counts limited fields, and runs what is not compiled. */
  find(request: OperationRequest): Promise<PreparedOperation | null>;
  /** Runs it, removes what a mutation changes from the cache, masks errors and counts it. */
  run(prepared: PreparedOperation, variables: Variables, context: GatewayContext): Promise<OperationAnswer>;
}

export interface PreparedOperationsDeps {
  readonly supergraph: Supergraph;
  readonly operations: CompiledOperations;
  readonly sources: Sources;
  readonly fields: Pick<FieldLimiter, 'isLimited'>;
  readonly cache: Pick<ResponseCache, 'remove'>;
  readonly metrics: Pick<GatewayMetrics, 'operation' | 'queryPlanCache'>;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

const operationsAtMost = 500;
/** Texts that are longer would make a bounded number of them an unbounded memory. */
const maxLength = 20_000;
/** The first fault decides: Apollo Server tells of all. */
const untilFirstFault = { maxErrors: 0 };

export function createPreparedOperations(
  { rules, guard }: { rules: readonly ValidationRule[]; guard: OperationGuardConfig },
  { supergraph, operations, sources, fields, cache, metrics, formatError }: PreparedOperationsDeps,
): PreparedOperations {
  const { schema } = supergraph;
  const cacheRules = cacheRulesOf(supergraph);
  const allRules = [...specifiedRules, ...rules];
  const known = createLru<string, { readonly prepared: PreparedOperation | null }>(operationsAtMost);

  async function prepare(query: string): Promise<PreparedOperation | null> {
    const document = parse(query, { maxTokens: guard.limits.tokens });
    const [operation, ...others] = document.definitions.filter(
      ({ kind }) => kind === Kind.OPERATION_DEFINITION,
    ) as OperationDefinitionNode[];
    if (!operation || others.length > 0 || operation.operation === 'subscription') return null;
    if (validate(schema, document, allRules, untilFirstFault).length > 0) return null;
    // Each use of those is counted, by whom the client is.
    if (namesLimitedField(document, schema, fields)) return null;
    const queryHash = hash('sha256', query);
    const run = await operations.of({ key: queryHash, document, operation, operationName: undefined });
    return run && { document, operation, queryHash, run };
  }

  async function preparedOnce(query: string): Promise<PreparedOperation | null> {
    const found = known.get(query);
    if (found) {
      if (found.prepared) metrics.queryPlanCache(true);
      return found.prepared;
    }
    // Whatever cannot be read or planned is refused in the words that clients get.
    const prepared = await prepare(query).catch(() => null);
    known.set(query, { prepared });
    return prepared;
  }

  return {
    async find({ query, operationName, variables: given }) {
      const prepared = query.length <= maxLength ? await preparedOnce(query) : null;
      if (!prepared) return null;
      const { document, operation } = prepared;
      if (operationName !== undefined && operationName !== null && operationName !== operation.name?.value) return null;
      const variables = given ?? {};
      if (checkOperation({ schema, document, operation, variables }, guard)) return null;
      return getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors ? null : prepared;
    },

    async run({ document, operation, run }, variables, context) {
      const startedAt = performance.now();
      const { data, errors, extensions, broke } = await run({ sources, context, variables }).then(
        (answer) => ({ ...answer, broke: false }),
        (error: Error) => ({
          data: undefined,
          errors: [error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error })],
          extensions: undefined,
          broke: true,
        }),
      );
      if (operation.operation === 'mutation') await cache.remove(cacheRules.removedBy(document, operation, variables));
      const seconds = (performance.now() - startedAt) / 1_000;
      metrics.operation({ name: operation.name?.value ?? null, type: operation.operation, failed: errors !== undefined, seconds });
      return { data, errors: errors && limitsOnly(errors.map((error) => formatError(error.toJSON(), error))), extensions, broke };
    },
  };
}
