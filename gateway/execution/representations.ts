import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isJsonObject, type JsonObject, merge } from './json.ts';
import { namesWithin } from './types.ts';

/** What a subgraph is told of an entity to know it by; null where the entity is not of its types, or something is missing that it needs. */
export type Represent = (entity: JsonObject) => JsonObject | null;

export function compileRepresentation(requires: readonly QueryPlanSelectionNode[], supergraph: GraphQLSchema): Represent {
  const select = compileSelections(requires, supergraph);
  return (entity) => {
    const representation = select(entity);
    return representation?.__typename ? representation : null;
  };
}

/** Puts into the representation; false where there is none. */
type Put = (from: JsonObject, into: JsonObject) => boolean;

function compileSelections(selections: readonly QueryPlanSelectionNode[], supergraph: GraphQLSchema): Represent {
  const puts = selections.map((selection) => compileSelection(selection, supergraph));
  return (from) => {
    const into: JsonObject = {};
    for (const put of puts) if (!put(from, into)) return null;
    return into;
  };
}

function compileSelection(selection: QueryPlanSelectionNode, supergraph: GraphQLSchema): Put {
  if (selection.kind === 'InlineFragment') {
    if (!selection.typeCondition) return () => true;
    const names = namesWithin(selection.typeCondition, supergraph);
    const select = compileSelections(selection.selections, supergraph);
    return (from, into) => {
      const part = names.has(from.__typename) ? select(from) : null;
      if (part) merge(into, part);
      return true;
    };
  }
  const key = selection.alias ?? selection.name;
  const inner = selection.selections && compileSelections(selection.selections, supergraph);
  const shown = (value: unknown): unknown => (inner ? (isJsonObject(value) ? inner(value) : null) : value);
  return (from, into) => {
    const value = Object.hasOwn(from, key) ? from[key] : undefined;
    if (value === undefined) return false;
    into[key] = Array.isArray(value) ? value.map(shown) : shown(value);
    return true;
  };
}
