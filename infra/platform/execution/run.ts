import {
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  locatedError,
  type OperationDefinitionNode,
  type ResponsePath,
  responsePathAsArray,
} from 'graphql';
import type { FieldPlan } from './plan.ts';

/** One execution of an operation. */
export interface Run {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly operation: OperationDefinitionNode;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  readonly variableValues: { readonly [variable: string]: unknown };
  readonly errors: GraphQLError[];
  /** Where an error has left nothing; undefined is the whole answer. */
  readonly nulled: Set<ResponsePath | undefined>;
}

/** Whether there is something to wait for. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';

/** What is answered in place of what failed: null, or nothing at all where that may not be, so that it fails what is around it. */
export function fail(run: Run, error: unknown, { nodes }: Pick<FieldPlan, 'nodes'>, nullable: boolean, path: ResponsePath): null {
  const located = locatedError(error, nodes, responsePathAsArray(path));
  if (!nullable) throw located;
  note(run, located, path);
  return null;
}

/** Keeps an error, unless it belongs to what is not answered any more. */
export function note({ errors, nulled }: Run, error: GraphQLError, path: ResponsePath | undefined): void {
  if (nulled.has(undefined)) return;
  for (let place = path; place !== undefined; place = place.prev) if (nulled.has(place)) return;
  nulled.add(path);
  errors.push(error);
}

/** Puts what is waited for in its place, and then gives the whole. */
export function whenThere<Whole>(
  whole: Whole,
  pending: readonly PromiseLike<unknown>[],
  put: (value: unknown, index: number) => void,
): Promise<Whole> {
  return Promise.all(pending).then((values) => {
    values.forEach(put);
    return whole;
  });
}

/** Throws what one of several was failed by. The others may fail too: somebody has to hear of it, or it would end the process. */
export function throwWhenThere(error: unknown, pending: readonly PromiseLike<unknown>[]): Promise<never> {
  if (pending.length === 0) throw error;
  return Promise.all(pending).then(
    () => Promise.reject(error),
    () => Promise.reject(error),
  );
}
