import { type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import { compileOperation } from './compile-operation.ts';

/** Runs a validated operation as often as it is called, with a context of its own each time: compiled, where it can be. */
export function runnerOf(
  args: Omit<ExecutionArgs, 'contextValue' | 'rootValue'>,
): (contextValue: unknown, rootValue?: unknown) => ExecutionResult | Promise<ExecutionResult> {
  const { schema, document, variableValues } = args;
  const run = compileOperation(schema, document);
  return (contextValue, rootValue) =>
    run ? run({ rootValue, contextValue, variableValues }) : (execute({ ...args, rootValue, contextValue }) as Promise<ExecutionResult>);
}
