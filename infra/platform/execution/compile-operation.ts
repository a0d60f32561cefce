import {
  BREAK,
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  visit,
} from 'graphql';
import { createPlanner } from './plan.ts';
import { isPromise, note, type Run } from './run.ts';
import { runFields, runFieldsInTurn } from './run-fields.ts';

export interface OperationInput {
  readonly rootValue?: unknown;
  readonly contextValue: unknown;
  readonly variableValues?: { readonly [variable: string]: unknown } | null | undefined;
}

/** Answers as `execute` of graphql-js does with the same document, at once where no resolver made it wait. */
export type RunOperation = (input: OperationInput) => ExecutionResult | Promise<ExecutionResult>;

/** As many as graphql-js tells. */
const maxErrorsOfVariables = 50;

/**
 * Prepares a validated operation: what its selections come to is found out once for each type, and not for each object of each answer. null for what is left to graphql-js:
 * a document of several operations, @skip and @include, introspection, and what is answered as `__proto__`.
 */
export function compileOperation(schema: GraphQLSchema, document: DocumentNode): RunOperation | null {
  const operations = document.definitions.filter((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  const rootType = operation && schema.getRootType(operation.operation);
  if (!operation || !rootType || operations.length > 1 || needsCare(document)) return null;

  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const each of document.definitions) if (each.kind === Kind.FRAGMENT_DEFINITION) fragments[each.name.value] = each;
  const plan = createPlanner(schema, fragments)(rootType, [operation]);
  const runRoot = operation.operation === 'mutation' ? runFieldsInTurn : runFields;
  const common = { schema, fragments, operation };

  return ({ rootValue, contextValue, variableValues }) => {
    const variables = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, {
      maxErrors: maxErrorsOfVariables,
    });
    if (variables.errors) return { errors: variables.errors };
    const run: Run = { ...common, rootValue, contextValue, variableValues: variables.coerced, errors: [], nulled: new Set() };
    const failed = (error: unknown): ExecutionResult => {
      note(run, error as GraphQLError, undefined);
      return answer(run, null);
    };
    try {
      const data = runRoot(run, plan, rootValue, undefined);
      return isPromise(data) ? data.then((done) => answer(run, done), failed) : answer(run, data);
    } catch (error) {
      return failed(error);
    }
  };
}

function answer({ errors }: Run, data: Record<string, unknown> | null): ExecutionResult {
  return errors.length === 0 ? { data } : { errors, data };
}

function needsCare(document: DocumentNode): boolean {
  let found = false;
  const careful = () => {
    found = true;
    return BREAK;
  };
  visit(document, {
    Field({ name, alias }) {
      if (name.value === SchemaMetaFieldDef.name || name.value === TypeMetaFieldDef.name || alias?.value === '__proto__') return careful();
    },
    Directive({ name }) {
      if (name.value === 'skip' || name.value === 'include') return careful();
    },
  });
  return found;
}
