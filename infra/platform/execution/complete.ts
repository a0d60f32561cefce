import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type ResponsePath,
} from 'graphql';
import { inspect } from 'graphql/jsutils/inspect.js';
import type { FieldPlan, FindPlan, ObjectPlan } from './plan.ts';
import { fail, isPromise, type Run, throwWhenThere, whenThere } from './run.ts';
import { infoOf, runFields } from './run-fields.ts';

/** Makes an answer of what was resolved. `path` is left out where nothing is answered below. */
export type Complete = (run: Run, path: ResponsePath | undefined, value: unknown) => unknown;

type Place = Pick<FieldPlan, 'type' | 'field' | 'nodes'> & { readonly planOf: FindPlan };

/** Completes values of the type, at the place of a field, as graphql-js does. */
export function completerOf(type: GraphQLOutputType, place: Place): Complete {
  if (!isNonNullType(type)) {
    const complete = innerCompleter(type, place);
    return (run, path, value) => {
      if (value instanceof Error) throw value;
      return value === null || value === undefined ? null : complete(run, path, value);
    };
  }
  const complete = innerCompleter(type.ofType, place);
  return (run, path, value) => {
    if (value instanceof Error) throw value;
    const completed = value === null || value === undefined ? null : complete(run, path, value);
    if (completed === null) throw new Error(`Cannot return null for non-nullable field ${place.type.name}.${place.field.name}.`);
    return completed;
  };
}

function innerCompleter(type: GraphQLOutputType, place: Place): Complete {
  if (isListType(type)) return listCompleter(type.ofType, place);
  if (isLeafType(type)) return leafCompleter(type);
  if (isAbstractType(type)) return abstractCompleter(type, place);
  return objectCompleter(type as GraphQLObjectType, place);
}

function leafCompleter(type: GraphQLLeafType): Complete {
  return (_run, _path, value) => {
    const serialized = type.serialize(value);
    if (serialized === null || serialized === undefined) {
      throw new Error(
        `Expected \`${inspect(type)}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${inspect(serialized)}`,
      );
    }
    return serialized;
  };
}

function listCompleter(itemType: GraphQLOutputType, place: Place): Complete {
  const complete = completerOf(itemType, place);
  const nullable = !isNonNullType(itemType);

  const item = (run: Run, path: ResponsePath, value: unknown): unknown => {
    const failed = (error: unknown) => fail(run, error, place, nullable, path);
    try {
      const completed = isPromise(value) ? value.then((awaited) => complete(run, path, awaited)) : complete(run, path, value);
      return isPromise(completed) ? completed.then(undefined, failed) : completed;
    } catch (error) {
      return failed(error);
    }
  };

  return (run, path, value) => {
    if (typeof value !== 'object' || typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function') {
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${place.type.name}.${place.field.name}".`);
    }
    const items: unknown[] = [];
    const pending: PromiseLike<unknown>[] = [];
    const indices: number[] = [];
    try {
      for (const each of value as Iterable<unknown>) {
        const index = items.length;
        const completed = item(run, { prev: path, key: index, typename: undefined }, each);
        items.push(completed);
        if (!isPromise(completed)) continue;
        pending.push(completed);
        indices.push(index);
      }
    } catch (error) {
      return throwWhenThere(error, pending);
    }
    if (pending.length === 0) return items;
    return whenThere(items, pending, (done, index) => {
      items[indices[index] as number] = done;
    });
  };
}

function objectCompleter(type: GraphQLObjectType, { nodes, planOf, ...place }: Place): Complete {
  let plan: ObjectPlan | undefined;
  const complete: Complete = (run, path, value) => {
    plan ??= planOf(type, nodes);
    return runFields(run, plan, value, path);
  };
  const { isTypeOf } = type;
  if (!isTypeOf) return complete;
  return (run, path, value) => {
    const completeIf = (itIs: boolean) => {
      if (!itIs) throw new GraphQLError(`Expected value of type "${type.name}" but got: ${inspect(value)}.`, { nodes });
      return complete(run, path, value);
    };
    const itIs = isTypeOf(value, run.contextValue, infoOf(run, { nodes, ...place }, path as ResponsePath));
    return isPromise(itIs) ? itIs.then(completeIf) : completeIf(itIs);
  };
}

function abstractCompleter(type: GraphQLAbstractType, place: Place): Complete {
  const completers = new Map<string, Complete>();
  const resolveType = type.resolveType ?? defaultTypeResolver;

  function completerOfName(run: Run, name: unknown, value: unknown): Complete {
    const known = completers.get(name as string);
    if (known) return known;
    const completer = objectCompleter(possibleType(run, name, value), place);
    completers.set(name as string, completer);
    return completer;
  }

  function possibleType({ schema }: Run, name: unknown, value: unknown): GraphQLObjectType {
    const { nodes } = place;
    const at = `"${place.type.name}.${place.field.name}"`;
    if (name === null || name === undefined) {
      throw new GraphQLError(
        `Abstract type "${type.name}" must resolve to an Object type at runtime for field ${at}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
        { nodes },
      );
    }
    if (isObjectType(name)) {
      throw new GraphQLError(
        'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
      );
    }
    if (typeof name !== 'string') {
      throw new GraphQLError(
        `Abstract type "${type.name}" must resolve to an Object type at runtime for field ${at} with value ${inspect(value)}, received "${inspect(name)}".`,
      );
    }
    const found = schema.getType(name);
    if (!found) {
      throw new GraphQLError(`Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`, {
        nodes,
      });
    }
    if (!isObjectType(found))
      throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, { nodes });
    if (!schema.isSubType(type, found)) {
      throw new GraphQLError(`Runtime Object type "${found.name}" is not a possible type for "${type.name}".`, { nodes });
    }
    return found;
  }

  return (run, path, value) => {
    const complete = (name: unknown) => completerOfName(run, name, value)(run, path, value);
    const name = resolveType(value, run.contextValue, infoOf(run, place, path as ResponsePath), type);
    return isPromise(name) ? name.then(complete) : complete(name);
  };
}
