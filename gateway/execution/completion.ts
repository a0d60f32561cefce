import { ERRORS } from '@apollo/federation-internals';
import {
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLLeafType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type CollectedField, type CollectScope, collectFields, type Selected } from './collect-fields.ts';
import type { JsonObject } from './json.ts';
import { leafCheck } from './leaves.ts';

/** What is wrong with the answers of subgraphs, and where the completion is. */
interface Progress {
  readonly faults: GraphQLError[];
  readonly path: (string | number)[];
}

/** There is no value where there has to be one: what holds it has none either. */
const absent = Symbol('absent');

/** Null: there is no value, and that may be. Undefined: there is none because of something that was told of already. */
type Completed = NonNullable<unknown> | null | undefined;
type Complete = (value: unknown, progress: Progress) => Completed | typeof absent;

export interface Completion {
  readonly data: JsonObject | null;
  readonly faults: readonly GraphQLError[];
}

/**
 * Makes the selections of an operation into the function that makes the answer of what subgraphs said: what was asked for and nothing else, in the order it
 * was asked for, held to the types that clients see. It throws where a subgraph answered another shape than its schema has.
 */
export function compileCompletion(selected: Selected, scope: CollectScope): (data: JsonObject) => Completion {
  const complete = compileObject([selected], selected.on, undefined, scope);
  return (data) => {
    const progress: Progress = { faults: [], path: [] };
    return { data: complete(data, progress) ?? null, faults: progress.faults };
  };
}

function compileType(type: GraphQLOutputType, field: Pick<CollectedField, 'parent' | 'selected'>, scope: CollectScope): Complete {
  if (isNonNullType(type)) return neverNull(compileType(type.ofType, field, scope), placeIn(field.parent, type.ofType));
  if (isListType(type)) return eachOf(compileType(type.ofType, field, scope), type);
  const place = placeIn(field.parent, type);
  return isLeafType(type) ? leaf(type, place) : anyObject(type, field.selected, { place, scope });
}

/** How people are told of the value that the completion is at. */
type Place = (path: Progress['path']) => string;

function placeIn(parent: string, type: GraphQLOutputType): Place {
  return (path) => {
    const last = path.at(-1);
    return typeof last === 'number' ? `array element of type ${type} at index ${last}` : `field ${parent}.${last}`;
  };
}

function tell({ faults, path }: Progress, message: string): void {
  faults.push(ERRORS.INVALID_GRAPHQL.err(message, { path: [...path] }));
}

function neverNull(complete: Complete, place: Place): Complete {
  return (value, progress) => {
    const completed = complete(value, progress);
    if (completed !== null && completed !== undefined) return completed;
    if (completed === null) tell(progress, `Cannot return null for non-nullable ${place(progress.path)}.`);
    return absent;
  };
}

function eachOf(complete: Complete, type: GraphQLOutputType): Complete {
  return (list, progress) => {
    if (list === null || list === undefined) return null;
    if (!Array.isArray(list)) throw new Error(`A subgraph answered no list at ${progress.path.join('.')} of type ${type}`);
    const { path } = progress;
    const completed = new Array<unknown>(list.length);
    let isWhole = true;
    path.push(0);
    for (let index = 0; index < list.length; index++) {
      path[path.length - 1] = index;
      const element = complete(list[index], progress);
      if (element === absent) isWhole = false;
      else completed[index] = element ?? null;
    }
    path.pop();
    return isWhole ? completed : undefined;
  };
}

function leaf(type: GraphQLLeafType, place: Place): Complete {
  const isValid = leafCheck(type);
  return (value, progress) => {
    if (value === null || value === undefined) return null;
    if (isValid(value)) return value;
    tell(progress, `Invalid value found for ${place(progress.path)}.`);
    return undefined;
  };
}

/** An object whose type the subgraph says, or the field does. */
function anyObject(
  type: GraphQLCompositeType,
  selected: readonly Selected[],
  { place, scope }: { place: Place; scope: CollectScope },
): Complete {
  /** By the name that the subgraph says; undefined where it says none. */
  const byName = new Map<unknown, Complete>();

  function compileFor(name: unknown): Complete {
    if (name === undefined || name === '') return compileObject(selected, type, undefined, scope) as Complete;
    if (typeof name !== 'string') throw new Error(`A subgraph answered a __typename that is no text, of type ${type}`);
    const said = scope.schema.getType(name);
    if (isCompositeType(said)) return compileObject(selected, said, name, scope) as Complete;
    return (_value, progress) => void tell(progress, `Invalid __typename found for object at ${place(progress.path)}.`);
  }

  return (value, progress) => {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object') throw new Error(`A subgraph answered no object at ${progress.path.join('.')} of type ${type}`);
    const name = (value as JsonObject).__typename;
    let complete = byName.get(name);
    if (!complete) {
      complete = compileFor(name);
      byName.set(name, complete);
    }
    return complete(value, progress);
  };
}

interface CompiledField {
  readonly key: string;
  readonly complete: Complete;
}

/** @param typeName what a subgraph said; undefined: nothing */
function compileObject(
  selected: readonly Selected[],
  type: GraphQLNamedType,
  typeName: string | undefined,
  scope: CollectScope,
): (value: JsonObject, progress: Progress) => JsonObject | undefined {
  let fields: CompiledField[] | undefined;
  const compileField = (collected: CollectedField): CompiledField => {
    const { key, field, parent } = collected;
    if (field) return { key, complete: compileType(field.type, collected, scope) };
    return { key, complete: typeNameOf(typeName ? type : scope.schema.getType(parent), scope) };
  };

  return (value, progress) => {
    // When the first one comes: of an interface's types few are ever seen.
    fields ??= collectFields(selected, typeName, scope).map(compileField);
    const completed: JsonObject = {};
    const { path } = progress;
    for (const { key, complete } of fields) {
      path.push(key);
      const field = complete(value[key], progress);
      path.pop();
      if (field === absent) return undefined;
      completed[key] = field ?? null;
    }
    return completed;
  };
}

/** The name of an object's type, which the subgraph says under the key that was asked for; an object of an interface of which nobody says more is not answered. */
function typeNameOf(known: GraphQLNamedType | undefined, { schema }: CollectScope): Complete {
  return (said) => {
    const type = (typeof said === 'string' && schema.getType(said)) || known;
    return isObjectType(type) ? type.name : absent;
  };
}
