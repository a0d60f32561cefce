import { fieldRights } from '@comptoir/schema/rights.ts';
import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';

/**
 * The roles any one of which suffices for a document, read from the SDL so that the rule stands in one place; null where every caller may.
 * A document of several restricted fields, at whatever depth, needs a role of each, so the roles common to all are given. Of root fields that are asked for only
 * sometimes (@include) a request asks for one, so any of their roles may do; the graph then refuses those that the one it asks for does not admit.
 */
export function allowedRoles(document: string): ReadonlySet<string> | null {
  const parsed = parse(document);
  let allowed: ReadonlySet<string> | null = null;
  let sometimes: ReadonlySet<string> | null = null;
  for (const definition of parsed.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = definition.operation === 'mutation' ? 'Mutation' : 'Query';
    for (const selection of definition.selectionSet.selections) {
      const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [selection] };
      const roles = rolesWithin(root, selectionSet, parsed);
      if (!roles) continue;
      if (selection.directives?.some(({ name }) => name.value === 'include')) sometimes = sometimes ? sometimes.union(roles) : roles;
      else allowed = both(allowed, roles);
    }
  }
  return both(allowed, sometimes);
}

/** The roles that may read everything selected; null: all may. */
function rolesWithin(type: string, { selections }: SelectionSetNode, document: DocumentNode): ReadonlySet<string> | null {
  const rights = fieldRights();
  return selections.reduce<ReadonlySet<string> | null>((roles, selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return both(roles, rolesWithin(selection.typeCondition?.name.value ?? type, selection.selectionSet, document));
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = document.definitions.find(
        (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION
        ? both(roles, rolesWithin(fragment.typeCondition.name.value, fragment.selectionSet, document))
        : roles;
    }
    const field = rights.get(`${type}.${selection.name.value}`);
    if (!field) return roles;
    const within = selection.selectionSet ? rolesWithin(field.type, selection.selectionSet, document) : null;
    return both(both(roles, field.roles), within);
  }, null);
}

function both(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null): ReadonlySet<string> | null {
  return one && other ? one.intersection(other) : (one ?? other);
}
