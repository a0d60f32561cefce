import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse, type ValidationRule, validate } from 'graphql';
import { compileOperation, type RunOperation } from './compile-operation.ts';

export interface PreparedOperation {
  readonly type: 'query' | 'mutation';
  readonly name: string | null;
  readonly run: RunOperation;
}

export interface PreparedOperations {
  /** null for what has to be answered in another way: what is faulty, what cannot be compiled, what is no query or mutation of that name. */
  find(source: string, operationName: string | null | undefined): PreparedOperation | null;
}

/** What is kept of a document takes some dozens of bytes for each of its characters. */
const mostCharacters = 500_000;

/** Parses, validates and compiles what is asked often once. What was not asked for longest makes room. */
export function createPreparedOperations(schema: GraphQLSchema, rules: readonly ValidationRule[]): PreparedOperations {
  const known = new Map<string, PreparedOperation | null>();
  let characters = 0;

  function keep(source: string, operation: PreparedOperation | null): void {
    known.set(source, operation);
    characters += source.length;
    for (const oldest of known.keys()) {
      if (characters <= mostCharacters) return;
      known.delete(oldest);
      characters -= oldest.length;
    }
  }

  return {
    find(source, operationName) {
      let operation = known.get(source);
      if (operation === undefined) {
        operation = prepare(schema, rules, source);
        keep(source, operation);
      } else {
        // Put last, so that the first is the one that was not asked for longest.
        known.delete(source);
        known.set(source, operation);
      }
      return operation && (operationName === undefined || operationName === null || operationName === operation.name) ? operation : null;
    },
  };
}

function prepare(schema: GraphQLSchema, rules: readonly ValidationRule[], source: string): PreparedOperation | null {
  try {
    const document = parse(source);
    if (validate(schema, document, rules).length > 0) return null;
    const operation = document.definitions.find((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION);
    const run = operation && operation.operation !== 'subscription' ? compileOperation(schema, document) : null;
    return run && operation ? { type: operation.operation as PreparedOperation['type'], name: operation.name?.value ?? null, run } : null;
  } catch {
    return null; // whoever answers it in the other way tells what is wrong with it
  }
}
